import type { BandSays, EditionAct, EditionPhase, ExclusionReason, NumberChange } from '@gezhi/measures';

export type Lang = 'zh' | 'en';

const zh = {
  title: '考核通报',
  by: { street: '街道（乡镇）', unit: '承办单位' },
  phases: {
    drafted: '已起草',
    shown: '公示申诉中',
    appealed: '有申诉',
    frozen: '已锁定',
    published: '已发布',
    revised: '已修订',
  } satisfies Record<EditionPhase, string>,
  acts: {
    drafted: '起草',
    shown: '向被考核单位出示',
    appealed: '提出申诉',
    voted: '裁定',
    frozen: '锁定',
    published: '发布',
    revised: '修订',
  } satisfies Record<EditionAct['type'], string>,
  reasons: {
    emergency: '紧急事项',
    inLegalProcedure: '已进入法定程序',
    alreadyInProcess: '同一事项正在办理或已办结',
    secretOrPrivacy: '涉密或涉隐私',
    beyondDuty: '不属于政府职责',
    unlawful: '违法或违背公序良俗',
    duplicate: '同一诉求人重复',
    other: '其他',
  } satisfies Record<ExclusionReason, string>,
  figures: {
    volume: '诉求量',
    n: '有效回访',
    response: '响应率',
    solve: '解决率',
    satisfaction: '满意率',
    score: '综合得分',
    unreachable: '回访未联系上',
    excluded: '剔除',
  } satisfies Record<NumberChange['figure'], string>,
  beside: {
    excluded: '剔除占比',
    selfEntered: '自录占比',
    lastHour: '期限最后一小时办结占比',
    mergedVoices: '并案的其余诉求',
    objectedCases: '有派单异议的案件',
  },
  counts: {
    valid: '计入',
    incomplete: '回访未答全，不计入',
    unreachable: '未联系上，不计入',
    uncalled: '尚未回访',
    excluded: '剔除',
  },
  revisionReasons: {
    laterCallbacks: '补充了后来的回访',
    laterRulings: '补充了后来的裁定',
    corrected: '更正错误',
  },
  verdicts: { exclude: '剔除', keep: '保留' },
  band: { tooLow: '偏低', ordinary: '正常', tooHigh: '偏高' } satisfies Record<BandSays, string>,
  settlements: { urban: '城市', rural: '农村', unknown: '未分', any: '全部' },
  peers: (settlement: string, volume: number) => `${settlement}·诉求量第 ${volume} 组`,
  tier: (tier: number, tiers: number) => `第 ${tier} 档（共 ${tiers} 档）`,
  places: (best: number, worst: number, of: number) =>
    best === worst ? `同组 ${of} 个中第 ${best} 位` : `同组 ${of} 个中第 ${best}—${worst} 位之间，分不出高下`,
  belowFloor: '有效回访不足，不排位',
  noPeers: '没有可比的同组，不排位',
  none: '无样本',
  share: (percent: string, count: string, n: number, low: string, high: string) =>
    `${percent}（${count}/${n}，95% 区间 ${low}—${high}）`,
  pooled: '合计（全部诉求作为一个样本）',
  mean: '平均（各行不加权）',
  outside: (n: number) => `另有 ${n} 件不属于任何一行`,
  head: (district: string, period: string, from: string, to: string) =>
    `${district} ${period} 考核期：${from} 至 ${to}（不含）`,
  policy: (id: string, version: number) => `口径 ${id} 第 ${version} 版`,
  position: (position: number) => `事实读到第 ${position} 条`,
  revision: (n: number) => (n === 0 ? '首次发布' : `第 ${n} 次修订`),
  explain: {
    solve: (n: number, solved: string, percent: string) =>
      `回访有效的 ${n} 件诉求中，${solved} 件的诉求人说问题解决了，所以解决率是 ${percent}。`,
    chance: (low: string, high: string) => `样本有限：真实水平大致在 ${low} 到 ${high} 之间。`,
    left: (unreachable: number, excluded: number, uncalled: number) =>
      `没有计入的：未联系上 ${unreachable} 件，按公开理由剔除 ${excluded} 件，尚未回访 ${uncalled} 件。`,
    nothing: '没有有效回访，所以没有比率；这不是零分。',
    peers: (group: string) => `只与同组（${group}）比较。`,
    peersWhy: '诉求量相近、同为城市或农村的地方才可比。',
  },
  conduct: (unit: string, objections: number, cases: number, minutes: number) =>
    `${unit}：派单异议 ${objections} 次；${cases} 件案件在此搁置后转走，平均 ${minutes} 分钟`,
  help: {
    title: (name: string) => `${name}：帮扶方案（草稿）`,
    intro: '先诊断，再治理。以下只是数字，不是评分；做什么由人来写。',
    volume: (now: number, before: number) => `本期 ${now} 件，上期 ${before} 件。`,
    months: '按月',
    seasons: { spring: '春', summer: '夏', autumn: '秋', winter: '冬' },
    peakHours: (hours: string) => `最集中的时段：${hours}`,
    kinds: '按类别',
    points: '按点位',
    repeated: (point: string, kind: string, cases: number) => `${point}：${kind}反复出现，${cases} 件`,
    old: (n: number) => `久拖未决：${n} 件`,
    item: (name: string, now: number, before: number) => `${name}：${now} 件（上期 ${before} 件）`,
    trend: { rose: '明显上升', fell: '明显下降', steady: '' },
  },
};

type Words = typeof zh;

const en: Words = {
  title: 'Edition',
  by: { street: 'street or township', unit: 'unit' },
  phases: {
    drafted: 'drafted',
    shown: 'shown, open to appeals',
    appealed: 'under appeal',
    frozen: 'frozen',
    published: 'published',
    revised: 'revised',
  },
  acts: {
    drafted: 'Drafted',
    shown: 'Shown to those measured',
    appealed: 'Appealed',
    voted: 'Decided on',
    frozen: 'Frozen',
    published: 'Published',
    revised: 'Revised',
  },
  reasons: {
    emergency: 'an emergency',
    inLegalProcedure: 'in a legal procedure already',
    alreadyInProcess: 'the same matter is handled or finished',
    secretOrPrivacy: 'a secret, or privacy',
    beyondDuty: 'beyond public duty',
    unlawful: 'against the law or public order',
    duplicate: 'a duplicate of the requester’s own',
    other: 'another reason',
  },
  figures: {
    volume: 'requests',
    n: 'valid callbacks',
    response: 'response',
    solve: 'solved',
    satisfaction: 'satisfied',
    score: 'score',
    unreachable: 'not reached',
    excluded: 'excluded',
  },
  beside: {
    excluded: 'share excluded',
    selfEntered: 'share entered by the unit itself',
    lastHour: 'share done in the last hour of the term',
    mergedVoices: 'further voices in merged cases',
    objectedCases: 'cases with an objection',
  },
  counts: {
    valid: 'counts',
    incomplete: 'does not count: a question was left open',
    unreachable: 'does not count: not reached',
    uncalled: 'not called back yet',
    excluded: 'excluded',
  },
  revisionReasons: {
    laterCallbacks: 'later callbacks came in',
    laterRulings: 'later rulings came in',
    corrected: 'an error was corrected',
  },
  verdicts: { exclude: 'exclude', keep: 'keep' },
  band: { tooLow: 'too low', ordinary: 'ordinary', tooHigh: 'too high' },
  settlements: { urban: 'urban', rural: 'rural', unknown: 'not classed', any: 'all' },
  peers: (settlement, volume) => `${settlement}, volume group ${volume}`,
  tier: (tier, tiers) => `tier ${tier} of ${tiers}`,
  places: (best, worst, of) =>
    best === worst
      ? `place ${best} of ${of} in its group`
      : `somewhere between places ${best} and ${worst} of ${of} in its group: not told apart`,
  belowFloor: 'too few valid callbacks to be placed',
  noPeers: 'nobody to be compared with',
  none: 'no sample',
  share: (percent, count, n, low, high) => `${percent} (${count}/${n}, 95% interval ${low} to ${high})`,
  pooled: 'Pooled (all requests as one sample)',
  mean: 'Mean (of the rows, unweighted)',
  outside: (n) => `${n} more requests belong to no row`,
  head: (district, period, from, to) => `${district} ${period}, period ${from} to ${to} (not included)`,
  policy: (id, version) => `policy ${id} version ${version}`,
  position: (position) => `facts read up to ${position}`,
  revision: (n) => (n === 0 ? 'first publication' : `revision ${n}`),
  explain: {
    solve: (n, solved, percent) =>
      `Of ${n} requests with a valid callback, ${solved} requesters said the matter was solved: ${percent}.`,
    chance: (low, high) => `The sample is limited: the true level lies about between ${low} and ${high}.`,
    left: (unreachable, excluded, uncalled) =>
      `Not counted: ${unreachable} not reached, ${excluded} excluded for published reasons, ${uncalled} not called back yet.`,
    nothing: 'There was no valid callback, so there is no rate; that is not a zero.',
    peers: (group) => `It is compared within its group only (${group}).`,
    peersWhy: 'Only places of similar volume, urban with urban and rural with rural, can be compared.',
  },
  conduct: (unit, objections, cases, minutes) =>
    `${unit}: ${objections} objections; ${cases} cases lay there before they went elsewhere, ${minutes} minutes on average`,
  help: {
    title: (name) => `${name}: help plan (draft)`,
    intro: 'Diagnose first, then mend. These are numbers only, no mark; what to do is for people to write.',
    volume: (now, before) => `${now} requests in this period, ${before} in the one before.`,
    months: 'By month',
    seasons: { spring: 'spring', summer: 'summer', autumn: 'autumn', winter: 'winter' },
    peakHours: (hours) => `Busiest hours: ${hours}`,
    kinds: 'By kind',
    points: 'By point',
    repeated: (point, kind, cases) => `${point}: ${kind} came back, ${cases} cases`,
    old: (n) => `Open for long: ${n} cases`,
    item: (name, now, before) => `${name}: ${now} (${before} before)`,
    trend: { rose: 'rose clearly', fell: 'fell clearly', steady: '' },
  },
};

/** What people read of editions, in either language; complete by type. */
export const EDITION_WORDS: Readonly<Record<Lang, Words>> = { zh, en };
export type EditionWords = Words;
