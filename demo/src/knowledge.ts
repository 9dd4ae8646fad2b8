import { DAY, type Instant, isoInstant } from '@gezhi/basis';
import { HOTLINE, LAMP_OFFICE } from './town/units.ts';

/** One made-up item of knowledge, in the columns that `gezhi knowledge import` reads. */
export type MadeUpKnowledge = {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly basis: string;
  readonly owner: string;
  readonly validUntil: string;
  readonly kinds: string;
  readonly language: 'zh' | 'en';
  readonly status: 'live' | 'proposed';
};

type Told = Omit<MadeUpKnowledge, 'id' | 'validUntil' | 'language' | 'status' | 'kinds'> & {
  readonly days: number;
  readonly kinds?: string;
  readonly language?: 'en';
  readonly proposed?: true;
};

/** Ten made-up answers of the made-up town: offices, rules and windows are invented. One is to be reviewed soon, two wait for their owners. */
export function makeUpKnowledge(now: Instant): readonly MadeUpKnowledge[] {
  return TOLD.map(({ days, language, proposed, kinds = '', ...told }, i) => ({
    ...told,
    id: `demo-${String(i + 1).padStart(2, '0')}`,
    kinds,
    validUntil: isoInstant(now + days * DAY),
    language: language ?? 'zh',
    status: proposed ? 'proposed' : 'live',
  }));
}

const TOLD: readonly Told[] = [
  {
    question: '老年人优待证在哪里办？',
    answer:
      '年满六十周岁，凭身份证到居住地街道（乡镇）便民服务中心办理，当场领取，不收费。\n行动不便的，可请社区（村）代办。',
    basis: '《青溪市老年人优待办法（示例）》第五条',
    owner: '990000-MZ',
    days: 400,
  },
  {
    question: '路灯坏了多久能修好？',
    answer: '接报后主要道路二十四小时内修复，小区和背街小巷三个工作日内修复；需挖开路面的，另行告知时间。',
    basis: '《青溪市城市照明养护规定（示例）》第十二条',
    owner: LAMP_OFFICE,
    kinds: 'lamp.fault',
    days: 300,
  },
  {
    question: '晚上几点以后不能施工？',
    answer: '居住区内晚十点到次日早六点禁止产生噪声的施工。抢修和经批准连续施工的除外，工地应提前公告。',
    basis: '《青溪市噪声管理办法（示例）》第九条',
    owner: '990000-HB',
    days: 500,
  },
  {
    question: '停水了怎么查原因和恢复时间？',
    answer:
      '计划停水提前二十四小时公告。突发停水可查供水公司公告栏，或向热线报所在小区，由供水公司回电告知恢复时间。',
    basis: '《青溪市供水服务承诺（示例）》第三条',
    owner: '990000-GS',
    days: 20,
  },
  {
    question: '社保卡丢了怎么补办？',
    answer: '先挂失，再凭身份证到任一社保服务窗口补办，十个工作日内领卡。挂失期间看病可用电子凭证。',
    basis: '《青溪市社会保障卡服务指南（示例）》第二部分',
    owner: '990000-RS',
    days: 365,
  },
  {
    question: '小区物业费涨价要经过谁同意？',
    answer:
      '要由业主共同决定：参与表决的业主专有面积和人数都达到规定比例，并且过半数同意。物业公司不能单方面涨价。',
    basis: '《中华人民共和国民法典》第二百七十八条',
    owner: '990000-ZJ',
    days: 700,
  },
  {
    question: '孩子转学需要哪些材料？',
    answer:
      '户口簿或居住证、原学校学籍信息表和转学申请。每学期开学前两周向转入学校申请，学校三个工作日内答复。',
    basis: '《青溪市中小学学籍办理须知（示例）》第四条',
    owner: '990000-JY',
    days: 250,
  },
  {
    question: 'How do I follow what became of my request?',
    answer:
      'Open “My request” with the twelve-digit number and the six-digit code that you were given. You may also call the hotline and say the number.',
    basis: 'Hotline service rules of Qingxi (made up), section 2',
    owner: HOTLINE,
    days: 365,
    language: 'en',
  },
  {
    question: '临时摆摊需要办什么手续？',
    answer: '在划定的便民摊点区内摆摊，到所在街道登记即可，不收费；区外道路上不能摆。摊位按登记先后安排。',
    basis: '—',
    owner: '990000-CG',
    days: 365,
    proposed: true,
  },
  {
    question: '外地车辆能在小区外面路边停吗？',
    answer: '路边划有白色停车位的可以停，按牌示时段和收费；黄线、消防通道和人行道不能停。',
    basis: '—',
    owner: HOTLINE,
    days: 365,
    proposed: true,
  },
];
