import type { ProblemRow } from './problem-row.ts';

type Words = readonly [status: number, zh: string, en: string, remedyZh: string, remedyEn: string];

const SEE_PURPOSES = [
  '查看 docs/privacy.md 中的目的清单。',
  'See the list of purposes in docs/privacy.md.',
] as const;

/** Refusals to show who is behind a number, as HTTP answers them. */
const WORDS: Readonly<Record<string, Words>> = {
  'no-purpose': [422, '没有这个查看目的', 'There is no such purpose', ...SEE_PURPOSES],
  'no-subscriptions': [
    422,
    '本地不提供消息订阅',
    'This town tells nobody by message',
    '可用任意阅读器订阅（Atom），不需要留地址。',
    'Subscribe with any feed reader instead; it needs no address.',
  ],
  'not-your-address': [
    403,
    '验证码不是发给这个号码的',
    'The code was sent to another address',
    '用这个号码或邮箱重新要一个验证码。',
    'Ask for a code to this address.',
  ],
  'not-public': [
    403,
    '这件事不公开，不能订阅',
    'This case is not public',
    '只能订阅公开的事项和您自己的诉求。',
    'Follow public cases, and your own.',
  ],
  'too-many-subscriptions': [
    409,
    '订阅太多了',
    'These are too many',
    '先退订一些；一个号码最多二十个。',
    'End some first; an address has twenty at most.',
  ],
  'no-such-subscription': [
    404,
    '没有这个订阅',
    'There is no such subscription',
    '它也许已经退订。',
    'It may have ended already.',
  ],
  'exchange-incomplete': [
    400,
    '系统调用须写明系统、用户和目的',
    'A call of a system names its system, user and purpose',
    '补上 X-Road-Client、X-Road-UserId 和 Gezhi-Purpose。',
    'Send X-Road-Client, X-Road-UserId and Gezhi-Purpose.',
  ],
  'reason-missing': [
    422,
    '这个目的须写明事由',
    'This purpose asks for a reason',
    '填写 reason。',
    'Send `reason`.',
  ],
  concerned: [
    403,
    '诉求人身份对被反映单位保密',
    'Who complained is hidden from the unit complained of',
    '由其他单位办理。',
    'Leave it to another unit.',
  ],
  'not-yours': [403, '这件事此刻不由您办理', 'The case is not yours now', ...SEE_PURPOSES],
  'case-ended': [
    409,
    '这件事已经办结',
    'The case has ended',
    '为这个目的只能在办理期间查看。',
    'For this purpose contacts are seen only while the case is open.',
  ],
  'not-allowed-yet': [
    409,
    '紧急查看须另一人批准',
    'A second person has to allow an emergency look',
    '在案件页面提出，由负责人批准。',
    'Ask for it on the page of the case; who heads a unit allows it.',
  ],
  'not-put-off': [
    422,
    '没有暂缓告知的法律依据',
    'Nothing in law puts the telling off',
    '去掉暂缓，或写明依据和期限。',
    'Leave it out, or name basis and end.',
  ],
  'no-data-named': [
    422,
    '没有选择信息种类',
    'No kind of data is named',
    '至少选择一种信息。',
    'Name one kind of data at least.',
  ],
  'bad-count': [
    422,
    '人数须是整数',
    'How many people is a whole number',
    '改为整数；不清楚就不写。',
    'Send a whole number, or leave it out.',
  ],
  'noticed-later': [
    422,
    '发现时间在将来',
    'It was noticed in the future',
    '改为发现的时刻。',
    'Send when it was noticed.',
  ],
  'no-scene': [
    409,
    '本地没有启用这个场景',
    'This town does not have that scene',
    '请系统管理员启用场景 breach。',
    'Have the system administrator switch on the scene `breach`.',
  ],
  'storage-only': [
    409,
    '这些信息仅依法保存',
    'This is stored for the law alone',
    '到期后自动销毁。',
    'It is destroyed when its term has run.',
  ],
};

export const CONTACT_PROBLEM_ROWS: Readonly<Record<string, ProblemRow>> = Object.fromEntries(
  Object.entries(WORDS).map(([code, [status, zh, en, remedyZh, remedyEn]]) => [
    code,
    { status, title: { zh, en }, remedy: { zh: remedyZh, en: remedyEn } },
  ]),
);
