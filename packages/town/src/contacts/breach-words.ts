/** What happened to personal data (PIPL Art. 57). */
export const BREACHES = ['leak', 'change', 'loss'] as const;
export type Breach = (typeof BREACHES)[number];

/** Which kinds of data it is about, as the notices have to say (PIPL Art. 57 no. 1; `sensitive`: Art. 28). */
export const BREACH_DATA = ['name', 'reach', 'home', 'words', 'media', 'account', 'sensitive'] as const;
export type BreachData = (typeof BREACH_DATA)[number];

const zh = {
  what: { leak: '个人信息泄露', change: '被篡改', loss: '丢失' } satisfies Record<Breach, string>,
  data: {
    name: '姓名',
    reach: '电话、邮箱等联系方式',
    home: '住址',
    words: '说过的话',
    media: '照片、录音',
    account: '账号、证件号码',
    sensitive: '敏感个人信息（健康、财产、行踪、生物识别、不满十四周岁等）',
  } satisfies Record<BreachData, string>,
  dataLine: (kinds: string) => `信息种类：${kinds}`,
  peopleLine: (n: string) => `涉及人数：${n}`,
  unknown: '尚不清楚',
  doneLine: (done: string) => `已采取的措施：${done}`,
  join: '、',
};

export type BreachWords = typeof zh;

const en: BreachWords = {
  what: { leak: 'Personal data leaked', change: 'They were changed', loss: 'They were lost' },
  data: {
    name: 'names',
    reach: 'telephone numbers, mail addresses and other ways to reach people',
    home: 'where people live',
    words: 'what people said',
    media: 'photos and recordings',
    account: 'accounts and numbers of papers',
    sensitive: 'sensitive data (health, finance, whereabouts, biometrics, children under 14 …)',
  },
  dataLine: (kinds) => `Kinds of data: ${kinds}`,
  peopleLine: (n) => `People concerned: ${n}`,
  unknown: 'not known yet',
  doneLine: (done) => `Done so far: ${done}`,
  join: '; ',
};

/** How a breach is told, in its case and on its form. */
export const BREACH_WORDS: Readonly<Record<'zh' | 'en', BreachWords>> = { zh, en };
