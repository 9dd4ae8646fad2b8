/** What the service guide and the entry about the app say. */
export const ZH = {
  title: '办事指南',
  lead: '手机、电脑、自助机同一份内容。',
  near: '按我的位置找最近的地方',
  who: '谁能办',
  papers: '带什么',
  term: '多久办好',
  promised: '本地承诺',
  fee: '收费',
  where: '到哪里办',
  hours: '办公时间',
  basis: '依据',
  print: '打印',
  none: '本地还没有填写办事指南。',
  human: '看不明白？',
  about: {
    title: '对本应用的意见建议',
    lead: '哪里不好用、哪里看不懂，都可以说。和其他诉求一样登记、办理、答复。',
    complaint: '投诉',
    suggestion: '建议',
    words: '您想说的',
    send: '发出',
    short: '请写几个字。',
  },
};

export type Words = typeof ZH;
