import { type Gazetteer, type GazetteerEntry, GENERIC } from './gazetteer.ts';
import { matchWords } from './match-words.ts';

/** A known name in the folded text. */
export type Match = {
  readonly from: number;
  readonly to: number;
  readonly entries: readonly GazetteerEntry[];
};

/**
 * Known names that stand in the text as names: the longest of those one within another, none inside a greater number or Latin word, none
 * that is the beginning of another name (青溪 in 青溪路), and names that are also common words only where something says they are names.
 */
export function findMatches(gazetteer: Gazetteer, plain: string): readonly Match[] {
  const found: Match[] = [];
  for (const { matcher, entries } of gazetteer.layers) {
    matchWords(matcher, plain, (word, from, to) => {
      if (!cuts(plain, from) && !cuts(plain, to)) found.push({ from, to, entries: entries[word]! });
    });
  }
  const longest = longestOnly(found);
  const starts = new Set(longest.filter(isSure).map(({ from }) => from));
  const ends = new Set(longest.filter(isSure).map(({ to }) => to));
  return longest.flatMap((match) => {
    const entries = match.entries.filter(({ short }) => !short || standsAsName(plain, match, starts, ends));
    if (entries.length === 0) return [];
    return [
      entries.length === match.entries.length
        ? match
        : { ...match, entries: sameList(match.entries, entries) },
    ];
  });
}

const LISTS = new WeakMap<readonly GazetteerEntry[], readonly GazetteerEntry[]>();

/** One list for one name, so that its mentions are known to be of one name. */
function sameList(
  whole: readonly GazetteerEntry[],
  part: readonly GazetteerEntry[],
): readonly GazetteerEntry[] {
  const known = LISTS.get(whole);
  if (known?.length === part.length) return known;
  LISTS.set(whole, part);
  return part;
}

/** Inside a number or a Latin word. */
function cuts(plain: string, at: number): boolean {
  const [before, after] = [plain[at - 1] ?? '', plain[at] ?? ''];
  return (/\d/.test(before) && /\d/.test(after)) || (/[a-z]/.test(before) && /[a-z]/.test(after));
}

/** Without names inside a longer one, and of two that overlap the earlier, unless only the later is no common word. */
function longestOnly(found: readonly Match[]): readonly Match[] {
  const sorted = [...found].sort((a, b) => a.from - b.from || b.to - a.to);
  const kept: Match[] = [];
  for (const match of sorted) {
    const last = kept.at(-1);
    if (!last || match.from >= last.to) kept.push(match);
    else if (match.from === last.from && match.to === last.to) kept[kept.length - 1] = joined(last, match);
    else if (
      match.to > last.to &&
      !isSure(last) &&
      (isSure(match) || match.to - match.from > last.to - last.from)
    )
      kept[kept.length - 1] = match;
  }
  return kept;
}

function isSure({ entries }: Match): boolean {
  return entries.some(({ short }) => !short);
}

const JOINED = new WeakMap<
  readonly GazetteerEntry[],
  WeakMap<readonly GazetteerEntry[], readonly GazetteerEntry[]>
>();

/** A name that was built in and learned too: what was learned of a place stands for it. */
function joined(one: Match, other: Match): Match {
  let further = JOINED.get(one.entries);
  if (!further) {
    further = new WeakMap();
    JOINED.set(one.entries, further);
  }
  let entries = further.get(other.entries);
  if (!entries) {
    const learned = [one, other].flatMap((match) => match.entries).sort((a, b) => b.learned - a.learned);
    entries = learned.filter(({ place }, i) => learned.findIndex((entry) => entry.place === place) === i);
    further.set(other.entries, entries);
  }
  return { ...one, entries };
}

/** What makes another name of a short one: 青溪路, 青溪大厦, 青溪公司 are not 青溪街道. */
const FURTHER =
  /^(?:大?[路街道巷桥]|[村镇乡县区市山河湖江港湾岭坡岛寺庙园苑府城塘湾站厂场店院馆楼厦]|大[道厦桥学街酒]|小[区学]|中[学心路]|花园|广场|公[司园馆寓]|酒店|超市|学校|医院|银行|集团|宾馆|饭店|国际|新[城村区]|名[城苑都]|佳[园苑]|家园|嘉园|工业园|开发区|[东西南北中][路街区]|[一二三四五六七八九]路|人寿|保险|师范|职业|实验|商[城场贸]|物[业流]|地产|置业|建筑|科技|实业|药业|酒业|方言|话(?!说))/;

/** In front of a place. */
const LEADS = /(?:(?<![存现正所内实好])在|(?<![得达看想收感])到|住|去往|位于|地处|家住|坐落|地址:?|我是)$/;

function standsAsName(
  plain: string,
  { from, to }: Match,
  starts: ReadonlySet<number>,
  ends: ReadonlySet<number>,
): boolean {
  if (FURTHER.test(plain.slice(to, to + 3))) return false;
  const before = plain.slice(Math.max(0, from - 3), from);
  const goesOn = starts.has(to) || /^\d{1,4}[组社队号栋]/.test(plain.slice(to, to + 6));
  if (ends.has(from) || goesOn) return true;
  const isAlone = /^(?:|[\n:：])$/.test(before.slice(-1)) && !/[\u4e00-\u9fff]/.test(plain[to] ?? '');
  if (to - from >= 3 && !GENERIC.test(plain.slice(from, to))) return true;
  return isAlone || LEADS.test(before);
}
