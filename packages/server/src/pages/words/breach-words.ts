import type { Lang } from './words.ts';

const zh = {
  title: '报告个人信息安全事件',
  lead: '发现个人信息泄露、被篡改或丢失（包括误发、误传、设备遗失、越权查看），请立即在此报告。系统随即立案，通知热线中心，并开始计算依法应发告知的期限。',
  secret: '案件保密，只有热线或中心负责处置的岗位可见。请勿写任何人的姓名、电话或地址。',
  adminSees: '管理员可以报告，但不能查看案件。',
  what: '发生了什么',
  data: '涉及哪些种类的信息',
  words: '经过、原因、可能造成的危害',
  people: '大约涉及多少人',
  peopleHint: '还不清楚就留空。',
  done: '已采取的措施（如已请对方删除、已停用账号）',
  day: '发现日期',
  time: '发现时刻',
  timeHint: '24 小时制，如 08:30。期限从发现时算起。',
  badTime: '请写发现的日期和时刻，如 08:30。',
  badCount: '请写人数，或留空。',
  go: '报告并立案',
  opened: '已立案',
  known: '这份报告此前已经立案。',
  owes: '依法应做的事和期限',
  step: '事项',
  due: '期限',
  show: '查看案件',
  notices: '告知须写明（《个人信息保护法》第57条）',
  noticesSay: [
    '发生或者可能发生泄露、篡改、丢失的信息种类、原因和可能造成的危害；',
    '已采取的补救措施，个人可以采取的减轻危害的措施；',
    '本单位的联系方式。',
  ],
  link: '报告个人信息安全事件',
};

export type BreachPageWords = typeof zh;

const en: BreachPageWords = {
  title: 'Report a breach of personal data',
  lead: 'Personal data leaked, were changed or were lost (sent to the wrong address, a lost device, somebody looked who may not): report it here at once. A case is opened, the hotline centre is told, and the clocks of the notices that the law asks for begin to run.',
  secret:
    'The case is secret: only those posts of the hotline or the centre see it that handle it. Write nobody’s name, number or address.',
  adminSees: 'An administrator may report it, and does not see the case.',
  what: 'What happened',
  data: 'Which kinds of data it is about',
  words: 'How it came, why, and what harm it may do',
  people: 'About how many people',
  peopleHint: 'Leave it empty where it is not known yet.',
  done: 'What was done already (asked to delete it, closed an account …)',
  day: 'Noticed on',
  time: 'Noticed at',
  timeHint: '24 hours, as 08:30. The clocks run from then on.',
  badTime: 'Write day and time when it was noticed, as 08:30.',
  badCount: 'Write a number, or nothing.',
  go: 'Report it and open a case',
  opened: 'The case is open',
  known: 'This report had opened its case already.',
  owes: 'What has to be done, and by when',
  step: 'What',
  due: 'By',
  show: 'See the case',
  notices: 'What the notices have to say (PIPL Art. 57)',
  noticesSay: [
    'the kinds of data that leaked, were changed or lost, or may have been; why; and what harm it may do;',
    'what was done to mend it, and what people can do themselves;',
    'whom to ask.',
  ],
  link: 'Report a breach of personal data',
};

export const BREACH_PAGE_WORDS: Readonly<Record<Lang, BreachPageWords>> = { zh, en };
