import type { ContactField, SaidField } from '@gezhi/scene';
import type { Lang } from './words.ts';

const zh = {
  title: '个人信息处理告知',
  lead: '本系统为哪些目的处理个人信息，依据什么，谁看得到，保存多久，您有哪些权利（《个人信息保护法》第17条、第35条）。',
  who: '处理者',
  purposes: '目的',
  purpose: '目的和依据',
  fields: '信息种类',
  when: '条件',
  kept: '案件办结后保存',
  assessment: '影响评估',
  field: { name: '姓名', reach: '联系方式', words: '原话', photos: '照片、录音' } satisfies Record<
    ContactField | SaidField,
    string
  >,
  open: '办理期间',
  any: '任何时候',
  reason: '须写明事由',
  glass: '须另一人批准，事后告知本人',
  notKept: '不因此保存',
  months: (n: number) => (n % 12 === 0 ? `${n / 12} 年` : `${n} 个月`),
  scenes: '场景的影响评估',
  scene: '场景和依据',
  assessed: (id: string, on: string, until: string) => `${id}，${on}；报告保存至 ${until}`,
  putOff: '依法暂缓告知',
  putOffLead: '每次查看本人都能看到。只有法律另有规定的才可暂缓，并须写明期限；期满后会显示。',
  none: '目前没有。',
  looks: '次数',
  last: '最晚期满',
  rights: '您的权利',
  rightsSay:
    '用诉求编号和查询码打开“我的个人信息”：谁看过、何时、为何；查阅、复制、更正、删除、限制或拒绝处理、申诉；因反映问题受到刁难的，也在那里提出。不满十四周岁的，由监护人接收告知和回访。',
  rightsGo: '打开我的诉求',
  powers: '谁有哪些权力',
  link: '个人信息处理告知',
};

export type NoticeWords = typeof zh;

const en: NoticeWords = {
  title: 'How personal data are used here',
  lead: 'For which purposes, by which law, who sees them, how long they are kept, and what you may ask (PIPL Art. 17 and 35).',
  who: 'Who answers for it',
  purposes: 'Purposes',
  purpose: 'Purpose and legal basis',
  fields: 'Data',
  when: 'When',
  kept: 'Kept after the end of the case',
  assessment: 'Assessment of impact',
  field: { name: 'name', reach: 'ways to reach', words: 'words', photos: 'photos and recordings' },
  open: 'while it is worked on',
  any: 'at any time',
  reason: 'with a reason',
  glass: 'a second person allows it, and you are told afterwards',
  notKept: 'not kept for this',
  months: (n) => {
    const [count, unit] = n % 12 === 0 ? [n / 12, 'year'] : [n, 'month'];
    return `${count} ${unit}${count === 1 ? '' : 's'}`;
  },
  scenes: 'Assessments of the scenes',
  scene: 'Scene and legal basis',
  assessed: (id, on, until) => `${id}, ${on}; the report is kept until ${until}`,
  putOff: 'Put off by law',
  putOffLead:
    'You see each look at your data. Only a law can put that off, and until a day; then the look is shown.',
  none: 'None now.',
  looks: 'Looks',
  last: 'The last is shown after',
  rights: 'What you may ask',
  rightsSay:
    'Open “my data” with the number and code of your request: who looked, when and why; a copy; correct, delete, limit or object, appeal; and say there if you were treated worse because you complained. For a child under 14 the guardian is told and asked.',
  rightsGo: 'Open my request',
  powers: 'Who holds which powers',
  link: 'How personal data are used',
};

export const NOTICE_WORDS: Readonly<Record<Lang, NoticeWords>> = { zh, en };
