import type { Match } from './find-matches.ts';
import type { MentionKind } from './mention.ts';

/** A stretch that looks like a place and is in no gazetteer, or two known roads that cross. */
export type Pattern = {
  readonly from: number;
  readonly to: number;
  readonly kind: MentionKind;
  readonly places: readonly string[];
};

/**
 * What looks like a place without being known: roads and estates by their last word, divisions under a made-up letter (A市, A7县), and crossings
 * of two roads (X与Y交叉口). Their beginning is where a word that ends a name stands: at most eight characters are looked back.
 */
export function findPatterns(plain: string, matches: readonly Match[]): readonly Pattern[] {
  const taken = matches.map(({ from, to }) => ({ from, to }));
  const single: Pattern[] = [];
  let floor = 0;
  for (const match of plain.matchAll(ENDINGS)) {
    const to = match.index + match[0].length;
    if (isTaken(taken, match.index, to)) continue;
    const isMasked = match.groups!.masked !== undefined;
    const from = isMasked
      ? match.index
      : beginOf(plain, match.index, Math.max(floor, lastEnd(taken, match.index)));
    if (from === undefined) continue;
    floor = to;
    single.push({ from, to, kind: isMasked ? 'maskedDivision' : sortOf(match[0]), places: [] });
  }
  return [...single, ...crossings(plain, matches, single)];
}

function sortOf(ending: string): MentionKind {
  if (/街道|[村镇乡]|社区/.test(ending)) return 'unknownDivision';
  return /[路街巷道速]$|胡同$/.test(ending) ? 'unknownRoad' : 'unknownEstate';
}

const ENDINGS = new RegExp(
  [
    '(?<masked>(?<![a-z0-9])[a-z]\\d{0,2}[市区县]|西地省)',
    '街道(?!上|两)|大道|大街|公路|高速(?!公路)|胡同',
    '(?<![道公马铁水线电网思套半一同上下过走让出门类条十岔新修的])路(?![面灯口过上边人费况基])',
    '(?<![逛上临沿])街(?![道上头坊])|(?<![街小])巷(?!子)',
    '小区|花园|公寓|家园|新村|广场|大厦|佳园|嘉园|国际城|新城|社区|工业园|安置房|苑',
    '中学|(?<!中)小学|幼儿园|医院|菜市场|农贸市场|地铁站|火车站|汽车站|派出所',
    '(?<![农乡本我全各山每同该贵城新])[村镇乡](?![民委干支里镇村])',
  ].join('|'),
  'g',
);

/** Words that stand before a name and are none of it. */
const BREAK =
  /[的了是在有和与及或从到去住于至把被将向给对为由经过让请问说我你他她们这那该各某每整全本此其之以并且但而因就都也还很没无不到家近附旁沿隔等个条座栋间处第几多年号过出入进临靠挨位址即\s\p{P}\p{S}\d]/u;
/** Words that people put before a name, or in its stead; whatever stands before the last of them is cut off too. */
const LAST_WORD =
  /^.*(?:严重|影响|办理|规划|创建|文明|大型|小型|专用|麻烦|村级|交房|加上|取得|选聘|占用|一名|农村|市属|投诉|反映|举报|导致|解决|完善|关于|建设|建议|希望|请求|要求|造成|包括|以及|通过|发生|出现|旁边|附近|对面|隔壁|市民|业主|居民|群众|村民|政府|社会|办好|示范性?|外来|老旧|安置|移民|自然|步行|公立|私立|民办|普惠|一级|所有|沿线|整治|治理|修建|修|扩建|新建|取消|破坏|咨询|强烈|位置|地址|楼下|门口|公司|我市|本市|全市|我区|全区|你们|住宅|封闭|旧|商业|高档|乡村|主干|断头|交通|道路|水泥|施工|正式|最近|尊敬|领导|期间|已经|现在|目前|今年|去年|明年|随着|什么|怎么|如何|为何|何时|学校|孩子|人行天桥|原县|小区|花园|社区|街道)/;
const NAME_MAX = 8;

/** Where the name before its ending begins; nothing where there is none. */
function beginOf(plain: string, ending: number, floor: number): number | undefined {
  let from = ending;
  while (
    from > floor &&
    ending - from < NAME_MAX &&
    /[\u4e00-\u9fff]/.test(plain[from - 1]!) &&
    !BREAK.test(plain[from - 1]!)
  )
    from -= 1;
  const letters = /[a-z]\d{0,2}$/.exec(plain.slice(Math.max(floor, from - 3), from));
  if (from === ending && letters) from -= letters[0].length;
  const cut = LAST_WORD.exec(plain.slice(from, ending))?.[0].length ?? 0;
  return ending - from - cut < 2 ? undefined : from + cut;
}

function lastEnd(taken: readonly { from: number; to: number }[], before: number): number {
  let [low, high] = [0, taken.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.to <= before) low = middle + 1;
    else high = middle;
  }
  return taken[low - 1]?.to ?? 0;
}

function isTaken(taken: readonly { from: number; to: number }[], from: number, to: number): boolean {
  let [low, high] = [0, taken.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (taken[middle]!.to <= from) low = middle + 1;
    else high = middle;
  }
  const next = taken[low];
  return next !== undefined && next.from < to;
}

/** Two roads with 与 between and 交叉口 behind; the first may leave its 路 out. */
function crossings(
  plain: string,
  matches: readonly Match[],
  unknown: readonly Pattern[],
): readonly Pattern[] {
  const roads = [
    ...matches
      .filter(({ entries }) => entries[0]!.place.sort === 'road')
      .map(({ from, to, entries }) => ({ from, to, places: entries.map(({ place }) => place.id) })),
    ...unknown.filter(({ kind }) => kind === 'unknownRoad'),
  ].sort((a, b) => a.from - b.from);
  return roads.flatMap((second, i): Pattern[] => {
    const first = roads[i - 1];
    if (!first || !/^(?:与|和|跟|、|\/|-)$/.test(plain.slice(first.to, second.from))) return [];
    const behind =
      /^(?:的)?(?:十字|丁字|三岔)?(?:交叉口|交叉路口|交汇处|交汇口|交界处|交界|路口|口|交叉处)/.exec(
        plain.slice(second.to, second.to + 8),
      );
    if (!behind) return [];
    return [
      {
        from: first.from,
        to: second.to + behind[0].length,
        kind: 'crossing',
        places: [...first.places, ...second.places],
      },
    ];
  });
}
