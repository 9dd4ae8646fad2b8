import type { CountedRequest } from '@gezhi/measures';

export type ExplainWords = typeof zh;
type Counts = CountedRequest['counts'];

const zh = {
  heldTitle: '时间花在哪里',
  held: (unit: string, minutes: string, still: boolean) => `${unit}：${minutes}${still ? '（仍在办）' : ''}`,
  arbiter: (unit: string, minutes: string, still: boolean) =>
    `等待裁定${unit}的异议：${minutes}${still ? '（尚未裁定）' : ''}`,
  minutes: (n: number) => `${n} 分钟`,
  noHeld: '还没有派给任何单位。',
  promise: (number: string, at: string) => `对诉求 ${number} 承诺的时限 ${at}，从未变动。`,
  promiseMoved: (number: string, at: string) =>
    `对诉求 ${number} 最初承诺的时限是 ${at}，经批准延长，并已告知诉求人。`,
  promiseOther: (number: string, at: string) =>
    `对诉求 ${number} 最初承诺的时限是 ${at}，后来另有承诺，见办理经过。`,
  routedTo: (unit: string, at: string) => `${at} 派给${unit}。`,
  unclear: (at: string) => `${at} 目录未能明确由谁承办，交人工研判。`,
  basis: (basis: string) => `依据：${basis}`,
  reads: (reads: string) => `判断时看了：${reads}。`,
  notRouted: '还没有派单。',
  notExcluded: '没有从比率中剔除，也没有人申请剔除。',
  proposed: (post: string, at: string, reason: string) => `${at} ${post}申请剔除，理由：${reason}。`,
  ruled: (post: string, at: string, granted: boolean) =>
    `${at} ${post}（另一人）裁定：${granted ? '同意剔除' : '不同意剔除'}。`,
  pending: '尚未裁定，仍计入比率。',
  excludedNow: (number: string, reason: string) => `诉求 ${number} 不计入比率：${reason}。`,
  evidence: (hash: string) => `证据的指纹（SHA-256，加盐）：${hash}。证据本身存于案件中，不公开。`,
  listTitle: '每件诉求如何计算',
  countsAs: {
    valid: '计入',
    incomplete: '未答全，不计入',
    unreachable: '未联系上，不计入',
    uncalled: '尚未回访，不计入',
    excluded: '按公开理由剔除，不计入',
  } as Readonly<Record<Counts, string>>,
  earned: (response: string, solve: string, satisfaction: string) =>
    `响应 ${response}、解决 ${solve}、满意 ${satisfaction}`,
  sums: (name: string, n: number) => `${name}：${n} 件`,
  volume: (n: number, valid: number) =>
    `本期共 ${n} 件诉求，其中 ${valid} 件回访有效，是三个比率共同的分母。`,
  response: (share: string) => `响应率：${share}`,
  solve: (share: string) => `解决率：${share}`,
  satisfaction: (share: string) => `满意率：${share}`,
  listHidden: '逐件清单只给被考核单位和热线；任何人可用 /api/editions 核对总数。',
  group: (names: string) => `同组：${names}。`,
  tied: (names: string) => `与${names}在随机误差内分不出先后。`,
  notTied: '与同组其他各处的区间不重叠。',
  policyOf: (id: string, version: number) => `按办法 ${id} 第 ${version} 版计算。`,
  separator: '、',
};

const en: ExplainWords = {
  heldTitle: 'Where the time went',
  held: (unit, minutes, still) => `${unit}: ${minutes}${still ? ' (still has it)' : ''}`,
  arbiter: (unit, minutes, still) =>
    `Before the arbiter, on the objection of ${unit}: ${minutes}${still ? ' (not ruled yet)' : ''}`,
  minutes: (n) => (n === 1 ? '1 minute' : `${n} minutes`),
  noHeld: 'It went to no unit yet.',
  promise: (number, at) => `Request ${number} was promised ${at}, and that never moved.`,
  promiseMoved: (number, at) =>
    `Request ${number} was promised ${at} at first; more time was granted, and whoever asked was told.`,
  promiseOther: (number, at) =>
    `Request ${number} was promised ${at} at first; another moment was promised later: see what happened.`,
  routedTo: (unit, at) => `${at}: sent to ${unit}.`,
  unclear: (at) => `${at}: the catalogue names nobody clearly, and a person decides.`,
  basis: (basis) => `Basis: ${basis}`,
  reads: (reads) => `What was looked at: ${reads}.`,
  notRouted: 'It was dispatched to nobody yet.',
  notExcluded: 'It was not left out of the rates, and nobody asked for that.',
  proposed: (post, at, reason) => `${at}: ${post} asked to leave it out of the rates: ${reason}.`,
  ruled: (post, at, granted) =>
    `${at}: ${post}, another person, ruled: ${granted ? 'left out' : 'it counts'}.`,
  pending: 'Nobody has ruled yet; it counts meanwhile.',
  excludedNow: (number, reason) => `Request ${number} does not count for the rates: ${reason}.`,
  evidence: (hash) =>
    `Fingerprint of the evidence (SHA-256, salted): ${hash}. The evidence lies with the case and is not public.`,
  listTitle: 'How each request counts',
  countsAs: {
    valid: 'counts',
    incomplete: 'a question was left open: does not count',
    unreachable: 'not reached: does not count',
    uncalled: 'not called back yet: does not count',
    excluded: 'excluded for a published reason: does not count',
  },
  earned: (response, solve, satisfaction) =>
    `response ${response}, solved ${solve}, satisfied ${satisfaction}`,
  sums: (name, n) => `${name}: ${n}`,
  volume: (n, valid) =>
    `${n} requests in the period; ${valid} had a valid callback, and they are what all three rates divide by.`,
  response: (share) => `Response: ${share}`,
  solve: (share) => `Solved: ${share}`,
  satisfaction: (share) => `Satisfied: ${share}`,
  listHidden:
    'The list, request by request, is for those measured and the hotline; /api/editions lets anybody check the sums.',
  group: (names) => `Its group: ${names}.`,
  tied: (names) => `Chance alone could put it before or behind ${names}.`,
  notTied: 'Its interval overlaps with none of its group.',
  policyOf: (id, version) => `Computed by policy ${id}, version ${version}.`,
  separator: ', ',
};

/** Words of what is explained, in both languages. */
export const EXPLAIN_WORDS: Readonly<Record<'zh' | 'en', ExplainWords>> = { zh, en };
