export type UpstreamWords = typeof zh;

const zh = {
  title: '上级工单',
  lead: '上级热线派来的工单与我们的回复：哪些未送出，哪些两边说法不同。',
  counts: (orders: number) => `共 ${orders} 件上级工单。`,
  differences: '两边不一致',
  noDifferences: '没有不一致。',
  replies: '回复台账',
  noReplies: '还没有回复。',
  number: '上级工单号',
  theirs: '上级',
  ours: '本地',
  what: '内容',
  state: '状态',
  when: '时间',
  term: (at: string) => `时限 ${at}`,
  attempts: (n: number) => `已试 ${n} 次`,
  retry: '重发',
  retried: '已排入重发。',
  noAddress: '未设置上级接收地址：回复留在本地，可用 gezhi upstream export 导出为文件。',
  replied: { done: '办结', checked: '核查通过', callback: '回访结果' },
  states: {
    waiting: '待发',
    sent: '已送达',
    refused: '对方拒收',
    failed: '多次失败',
    outbox: '待导出',
    exported: '已导出',
  },
  differ: {
    endedHere: '本地已结，上级未结',
    endedThere: '上级已结，本地未结',
    withdrawnThere: '上级已撤单，本地未结',
    termThere: '上级时限更早（以上级为准）',
    termHere: '本地时限更早（以本地为准）',
  },
};

const en: UpstreamWords = {
  title: 'Orders from above',
  lead: 'Work orders of the hotline above and our replies: what was not sent, and where they and we do not say the same.',
  counts: (orders) => (orders === 1 ? 'One order from above.' : `${orders} orders from above.`),
  differences: 'Where we differ',
  noDifferences: 'Nowhere.',
  replies: 'Replies',
  noReplies: 'There are no replies yet.',
  number: 'Their number',
  theirs: 'Theirs',
  ours: 'Ours',
  what: 'What',
  state: 'State',
  when: 'When',
  term: (at) => `term ${at}`,
  attempts: (n) => (n === 1 ? 'tried once' : `tried ${n} times`),
  retry: 'Send again',
  retried: 'It will be sent again.',
  noAddress:
    'No address above is set: replies stay in the house; gezhi upstream export writes them into a file.',
  replied: { done: 'done', checked: 'check passed', callback: 'callback' },
  states: {
    waiting: 'to be sent',
    sent: 'delivered',
    refused: 'refused there',
    failed: 'failed',
    outbox: 'to be exported',
    exported: 'exported',
  },
  differ: {
    endedHere: 'ended here, not there',
    endedThere: 'ended there, not here',
    withdrawnThere: 'withdrawn there, open here',
    termThere: 'their term is earlier, and binds',
    termHere: 'our term is earlier, and binds',
  },
};

/** Words about the system above, in both languages. */
export const UPSTREAM_WORDS: Readonly<Record<'zh' | 'en', UpstreamWords>> = { zh, en };
