import type { Instant } from '@gezhi/basis';
import { chainOf, type PlaceIndex } from './place-index.ts';
import { type Place, type Point, validAt } from './places.ts';

/** A place that a text may mean. Equal `rank` means equally good: a person decides. */
export type NamedPlace = {
  readonly layer: string;
  readonly code: string;
  /** The name under which it was found. */
  readonly name: string;
  /** The point of that name (a landmark's), else of the place. */
  readonly point?: Point;
  /** 1 is best. */
  readonly rank: number;
  readonly because: { readonly zh: string; readonly en: string };
};

/**
 * The places that a text names, best first: “三组水井旁” is a place. Names, landmarks and groups of all places valid at the moment are looked for;
 * of names one within another the longest counts (桑园村 hides 桑园). Numbers match however written (三组 = 3组), and never inside a greater
 * number (三组 is not in 十三组). A candidate explains its own name and the names of places above it; whoever explains most of the text is
 * best, then the more specific. What a better candidate explains already (its town, the 三组 of other villages) is left out;
 * equally good ones all stay, with one rank.
 *
 * Cost: one pass over the text with a hash look-up a character, and a few look-ups a match. The table of names is built at the first
 * question about a moment and kept with the index.
 */
export function findPlacesByName(
  index: PlaceIndex,
  text: string,
  at: Instant = index.at,
): readonly NamedPlace[] {
  const table = tableFor(index, at);
  const words = normalise(text);
  const matches = longestOnly(matchAll(table, words));
  if (matches.length === 0) return [];
  const candidates = candidatesOf(table, matches);
  const kept = withoutExplained(candidates.sort(byMerit));
  let rank = 0;
  return kept.map((candidate, k) => {
    if (k === 0 || merit(kept[k - 1]!, candidate) !== 0) rank = k + 1;
    return answerOf(candidate, rank);
  });
}

type Entry = {
  readonly place: Place;
  readonly name: string;
  readonly point: Point | undefined;
  /** A name of its own (landmark, group) lies in the place and is one step more specific than the place's name. */
  readonly inner: boolean;
};

type NameTable = {
  readonly entries: ReadonlyMap<string, readonly Entry[]>;
  /** By the first two characters: lengths of the names that begin so, longest first. */
  readonly lengths: ReadonlyMap<string, readonly number[]>;
  /** Place and those above it, and how many there are above. */
  readonly chains: ReadonlyMap<Place, readonly Place[]>;
};

type Match = { readonly from: number; readonly to: number; readonly entries: readonly Entry[] };

type Candidate = {
  readonly entry: Entry;
  readonly chain: readonly Place[];
  readonly own: Match;
  /** All names found of the place and of those above it. */
  readonly support: readonly Match[];
  /** The places above it that the text names. */
  readonly named: readonly Place[];
  readonly explained: number;
};

const TABLES = new WeakMap<PlaceIndex, Map<string, NameTable>>();

/** Tables by the set of places valid: a table serves all moments between two changes. */
function tableFor(index: PlaceIndex, at: Instant): NameTable {
  let tables = TABLES.get(index);
  if (!tables) {
    tables = new Map();
    TABLES.set(index, tables);
  }
  const key = periodOf(index, at);
  let table = tables.get(key);
  if (!table) {
    table = buildTable(index, at);
    tables.set(key, table);
  }
  return table;
}

const CHANGES = new WeakMap<PlaceIndex, readonly Instant[]>();

function periodOf(index: PlaceIndex, at: Instant): string {
  let changes = CHANGES.get(index);
  if (!changes) {
    const moments = index.places.flatMap(({ validFrom, validTo }) => [validFrom, validTo]);
    changes = [...new Set(moments.filter((moment) => moment !== undefined))].sort((a, b) => a - b);
    CHANGES.set(index, changes);
  }
  return String(changes.findLast((moment) => moment <= at) ?? 'first');
}

function buildTable(index: PlaceIndex, at: Instant): NameTable {
  const entries = new Map<string, Entry[]>();
  const lengthSets = new Map<string, Set<number>>();
  const chains = new Map<Place, readonly Place[]>();
  const add = (written: string, entry: Entry): void => {
    const key = normalise(written);
    if (key.length < 2) return;
    const list = entries.get(key);
    if (!list) entries.set(key, [entry]);
    else if (!list.some((other) => other.place === entry.place)) list.push(entry);
    const head = key.slice(0, 2);
    const lengths = lengthSets.get(head) ?? new Set();
    lengthSets.set(head, lengths.add(key.length));
  };
  for (const place of index.places) {
    if (!validAt(place, at)) continue;
    chains.set(place, [place, ...chainOf(index, place, at)]);
    for (const written of waysToSay(place.name))
      add(written, { place, name: place.name, point: place.point, inner: false });
    for (const { name, point } of place.names) {
      add(name, { place, name, point: point ?? place.point, inner: name !== place.name });
    }
  }
  const lengths = new Map([...lengthSets].map(([head, set]) => [head, [...set].sort((a, b) => b - a)]));
  return { entries, lengths, chains };
}

/** 桑园村村民委员会, 桑园村委会, 桑园村, 桑园: a committee's name means its area, and people leave the last word out. */
function waysToSay(name: string): ReadonlySet<string> {
  const area = name
    .replace(/村(村民委员会|村委会|委会)$/, '村')
    .replace(/社区(居民委员会|居委会)$/, '社区')
    .replace(/街道办事处$/, '街道');
  const stem = area.replace(/(社区|街道|村|镇|乡|县|区|市)$/, '');
  return new Set([name, area, ...(stem.length >= 2 ? [stem] : [])]);
}

function matchAll(table: NameTable, words: string): readonly Match[] {
  const matches: Match[] = [];
  for (let from = 0; from + 2 <= words.length; from += 1) {
    const lengths = table.lengths.get(words.slice(from, from + 2));
    if (!lengths || (isDigit(words, from) && isDigit(words, from - 1))) continue;
    for (const length of lengths) {
      const to = from + length;
      if (to > words.length || (isDigit(words, to) && isDigit(words, to - 1))) continue;
      const entries = table.entries.get(words.slice(from, to));
      if (entries) matches.push({ from, to, entries });
    }
  }
  return matches;
}

/** Without the matches that lie wholly inside a longer one. */
function longestOnly(matches: readonly Match[]): readonly Match[] {
  // In order of begin, longest first: a match is inside an earlier one exactly where that one reaches as far.
  const sorted = [...matches].sort((a, b) => a.from - b.from || b.to - a.to);
  let reach = -1;
  return sorted.filter((match) => {
    if (match.to <= reach) return false;
    reach = match.to;
    return true;
  });
}

/**
 * One candidate a place and name. Of the places that share a name only those that explain most are made: the others' words are
 * explained by these, so they would be left out later. A group's number is shared by every village, and this keeps the cost down.
 */
function candidatesOf(table: NameTable, matches: readonly Match[]): Candidate[] {
  const mentions = Map.groupBy(matches, ({ entries }) => entries);
  const matchesOf = new Map<Place, Match[]>();
  for (const match of matches) {
    for (const { place } of match.entries) {
      const list = matchesOf.get(place);
      if (list) list.push(match);
      else matchesOf.set(place, [match]);
    }
  }
  return [...mentions].flatMap(([entries, own]) => {
    const alone = lengthOf(own);
    let most = 0;
    let best: Candidate[] = [];
    for (const entry of entries) {
      const chain = table.chains.get(entry.place)!;
      const helped = chain.some(
        (place, k) => (matchesOf.get(place)?.length ?? 0) > (k === 0 ? own.length : 0),
      );
      if (!helped && alone < most) continue;
      const support = helped ? [...new Set(chain.flatMap((place) => matchesOf.get(place) ?? []))] : own;
      const explained = helped ? lengthOf([...own, ...support]) : alone;
      if (explained < most) continue;
      if (explained > most) best = [];
      most = explained;
      const named = helped ? chain.slice(1).filter((place) => matchesOf.has(place)) : [];
      best.push({ entry, chain, own: own[0]!, support, named, explained });
    }
    return best;
  });
}

/** Characters that the matches cover together. */
function lengthOf(matches: readonly Match[]): number {
  let sum = 0;
  let reach = 0;
  for (const { from, to } of [...matches].sort((a, b) => a.from - b.from)) {
    sum += Math.max(0, to - Math.max(from, reach));
    reach = Math.max(reach, to);
  }
  return sum;
}

function merit(a: Candidate, b: Candidate): number {
  return (
    b.explained - a.explained || depthOf(b) - depthOf(a) || b.own.to - b.own.from - (a.own.to - a.own.from)
  );
}

function depthOf({ chain, entry }: Candidate): number {
  return chain.length + (entry.inner ? 1 : 0);
}

function byMerit(a: Candidate, b: Candidate): number {
  const [codeA, codeB] = [a.entry.place.code, b.entry.place.code];
  return merit(a, b) || (codeA < codeB ? -1 : codeA > codeB ? 1 : a.own.from - b.own.from);
}

/** In order of merit: leaves out each candidate whose own words a strictly better one, kept, explains; and a place's second mention. */
function withoutExplained(sorted: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  const places = new Set<Place>();
  const explainedBy = new Map<Match, Candidate>();
  for (const candidate of sorted) {
    const better = explainedBy.get(candidate.own);
    if (places.has(candidate.entry.place) || (better && merit(better, candidate) !== 0)) continue;
    kept.push(candidate);
    places.add(candidate.entry.place);
    for (const match of [candidate.own, ...candidate.support]) {
      if (!explainedBy.has(match)) explainedBy.set(match, candidate);
    }
  }
  return kept;
}

function answerOf({ entry, named }: Candidate, rank: number): NamedPlace {
  const { place, name, point } = entry;
  const within = named.map((above) => above.name);
  const zh = `文中有“${name}”${within.length > 0 ? `，又有其所在的“${within.join('”“')}”` : ''}`;
  const en = `the text has “${name}”${within.length > 0 ? ` and where it lies: ${within.join(', ')}` : ''}`;
  return {
    layer: place.layer,
    code: place.code,
    name,
    ...(point ? { point } : {}),
    rank,
    because: { zh, en },
  };
}

const NUMERALS = '〇一二三四五六七八九';

/** Full-width forms to ASCII (NFKC), lower case, no blanks, 第 before a number dropped, Chinese numerals up to 99 before a counter as digits. */
function normalise(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\s+/g, '')
    .replace(/第?([〇零一二三四五六七八九十百]+)(?=[组社队号栋幢单楼弄巷区期片网])/g, (_, numeral: string) =>
      digitsOf(numeral),
    )
    .replace(/第(?=\d)/g, '');
}

/** 三 → 3, 十二 → 12, 二十 → 20, 一〇三 → 103; anything else unchanged. */
function digitsOf(numeral: string): string {
  const plain = numeral.replaceAll('零', '〇');
  const tens = /^([一二三四五六七八九]?)十([一二三四五六七八九]?)$/.exec(plain);
  if (tens)
    return String(
      (NUMERALS.indexOf(tens[1] || '一') || 1) * 10 + Math.max(0, tens[2] ? NUMERALS.indexOf(tens[2]) : 0),
    );
  if (!/^[〇一二三四五六七八九]+$/.test(plain)) return numeral;
  return [...plain].map((character) => NUMERALS.indexOf(character)).join('');
}

function isDigit(words: string, at: number): boolean {
  const code = words.charCodeAt(at);
  return code >= 48 && code <= 57;
}
