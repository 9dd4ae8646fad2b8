import { findMatches, type Match } from './find-matches.ts';
import { findPatterns, type Pattern } from './find-patterns.ts';
import { foldPlace } from './fold-place.ts';
import type { Gazetteer, GazetteerEntry, GazetteerPlace } from './gazetteer.ts';
import type { Mention, MentionKind } from './mention.ts';

export type WhereReason =
  | { readonly code: 'named'; readonly text: string; readonly name: string }
  | { readonly code: 'within'; readonly names: readonly string[] }
  | { readonly code: 'learned'; readonly text: string; readonly count: number }
  | { readonly code: 'homonyms'; readonly text: string; readonly count: number }
  | { readonly code: 'rivals'; readonly count: number }
  | { readonly code: 'unknownNames'; readonly texts: readonly string[] }
  | { readonly code: 'nothing' };

/** A place that the text may mean; 1 is the best rank, and equal ranks are equally good. */
export type WhereCandidate = {
  readonly place: string;
  readonly rank: number;
  readonly because: readonly WhereReason[];
};

export type WhereReading = {
  readonly mentions: readonly Mention[];
  readonly resolved?: string;
  readonly candidates: readonly WhereCandidate[];
  /** True where a person has to say which place it is. */
  readonly ask: boolean;
  readonly because: readonly WhereReason[];
};

const CANDIDATES_MAX = 20;

/**
 * The places that a text names, and the one it means. Of names one within another the longest counts; a name that is part of another
 * word or name (青溪 in 青溪路) is none. A candidate explains its own name and the names of what it lies in: whoever explains most of the
 * text is best (the community inside the street that is named), then the more specific. Equally good ones, homonyms, are all told, and a
 * person is asked; unless confirmed cases meant one of them at least three times as often as every other.
 *
 * Linear in the text, and in the number of places that share a name that stands in it.
 */
export function readWhere(gazetteer: Gazetteer, text: string): WhereReading {
  const folded = foldPlace(text);
  const matches = findMatches(gazetteer, folded.plain);
  const patterns = findPatterns(folded.plain, matches);
  const mentions = mentionsOf(text, folded, matches, patterns);
  const ranked = rank(gazetteer, matches);
  const first = ranked.filter(({ rank: own }) => own === 1);
  const candidates = ranked.slice(0, CANDIDATES_MAX).map(({ candidate, rank: own }) => ({
    place: candidate.entry.place.id,
    rank: own,
    because: reasonsOf(folded, text, candidate),
  }));
  const chosen =
    first.length === 1 ? first[0]!.candidate : byLearning(first.map(({ candidate }) => candidate));
  if (chosen) {
    const because = reasonsOf(folded, text, chosen);
    return { mentions, resolved: chosen.entry.place.id, candidates, ask: false, because };
  }
  return {
    mentions,
    candidates,
    ask: true,
    because: [
      whyAsk(
        folded,
        text,
        mentions,
        first.map(({ candidate }) => candidate),
      ),
    ],
  };
}

function whyAsk(
  folded: ReturnType<typeof foldPlace>,
  text: string,
  mentions: readonly Mention[],
  first: readonly Candidate[],
): WhereReason {
  const [best] = first;
  if (best) {
    const same = first.every(({ own }) => own === best.own);
    const said = text.slice(folded.from[best.own.from], folded.from[best.own.to]);
    return same
      ? { code: 'homonyms', text: said, count: first.length }
      : { code: 'rivals', count: first.length };
  }
  if (mentions.length === 0) return { code: 'nothing' };
  return { code: 'unknownNames', texts: mentions.slice(0, CANDIDATES_MAX).map((mention) => mention.text) };
}

type Candidate = {
  readonly entry: GazetteerEntry;
  readonly own: Match;
  readonly support: readonly Match[];
  readonly named: readonly GazetteerPlace[];
  readonly explained: number;
  readonly depth: number;
};

function rank(
  gazetteer: Gazetteer,
  matches: readonly Match[],
): readonly { candidate: Candidate; rank: number }[] {
  const kept = withoutExplained(
    candidatesOf(gazetteer, matches).sort((a, b) => merit(a, b) || a.own.from - b.own.from),
  );
  let own = 0;
  return kept.map((candidate, k) => {
    if (k === 0 || merit(kept[k - 1]!, candidate) !== 0) own = k + 1;
    return { candidate, rank: own };
  });
}

/** Of the places that share a name only those that explain most are candidates; each name once, however often it stands. */
function candidatesOf(gazetteer: Gazetteer, matches: readonly Match[]): Candidate[] {
  const matchesOf = new Map<GazetteerPlace, Match[]>();
  const mentions = Map.groupBy(matches, ({ entries }) => entries);
  for (const [entries, own] of mentions)
    for (const { place } of entries) matchesOf.set(place, [...(matchesOf.get(place) ?? []), own[0]!]);
  return [...mentions].flatMap(([entries, [own]]) => {
    let most = 0;
    let best: Candidate[] = [];
    for (const entry of entries) {
      const chain = chainOf(gazetteer, entry.place);
      const support = chain.flatMap((place) => matchesOf.get(place) ?? []);
      const explained = lengthOf([own!, ...support]);
      if (explained < most) continue;
      if (explained > most) best = [];
      most = explained;
      const named = chain.slice(1).filter((place) => matchesOf.get(place)?.some((match) => match !== own));
      best.push({
        entry,
        own: own!,
        support,
        named,
        explained,
        depth: entry.learned > 0 ? DEPTH_MAX : chain.length + (entry.inner ? 1 : 0),
      });
    }
    return best;
  });
}

const DEPTH_MAX = 20;

/** The place and those it lies in; a ring of parents ends where it began. */
function chainOf(gazetteer: Gazetteer, place: GazetteerPlace): readonly GazetteerPlace[] {
  const chain: GazetteerPlace[] = [];
  for (let at: GazetteerPlace | undefined = place; at && chain.length < DEPTH_MAX && !chain.includes(at); ) {
    chain.push(at);
    at = at.parent === undefined ? undefined : gazetteer.places.get(at.parent);
  }
  return chain;
}

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
  return b.explained - a.explained || b.depth - a.depth || b.own.to - b.own.from - (a.own.to - a.own.from);
}

/** Leaves out a candidate whose own words a strictly better one, kept, explains; and a second name of a place. */
function withoutExplained(sorted: readonly Candidate[]): readonly Candidate[] {
  const kept: Candidate[] = [];
  const places = new Set<GazetteerPlace>();
  const explainedBy = new Map<Match, Candidate>();
  for (const candidate of sorted) {
    const better = explainedBy.get(candidate.own);
    if (places.has(candidate.entry.place) || (better && merit(better, candidate) !== 0)) continue;
    kept.push(candidate);
    places.add(candidate.entry.place);
    for (const match of [candidate.own, ...candidate.support])
      if (!explainedBy.has(match)) explainedBy.set(match, candidate);
  }
  return kept;
}

const LEARNED_TIMES = 3;

function byLearning(first: readonly Candidate[]): Candidate | undefined {
  const [best, second] = [...first].sort((a, b) => b.entry.learned - a.entry.learned);
  if (!best || best.entry.learned < LEARNED_TIMES) return undefined;
  return best.entry.learned >= LEARNED_TIMES * (second?.entry.learned ?? 0) ? best : undefined;
}

function reasonsOf(
  folded: ReturnType<typeof foldPlace>,
  text: string,
  { entry, own, named }: Candidate,
): WhereReason[] {
  const said = text.slice(folded.from[own.from], folded.from[own.to]);
  return [
    { code: 'named', text: said, name: entry.place.name },
    ...(named.length > 0 ? [{ code: 'within', names: named.map(({ name }) => name) } as const] : []),
    ...(entry.learned > 0 ? [{ code: 'learned', text: said, count: entry.learned } as const] : []),
  ];
}

/** Known names and patterns in order, each with the house number and the 对面 behind it. */
function mentionsOf(
  text: string,
  { plain, from }: ReturnType<typeof foldPlace>,
  matches: readonly Match[],
  patterns: readonly Pattern[],
): readonly Mention[] {
  const known = matches.map(({ from: start, to, entries }) => ({
    start,
    to,
    kind: entries[0]!.place.sort as MentionKind,
    places: entries.slice(0, CANDIDATES_MAX).map(({ place }) => place.id),
  }));
  return [...known, ...patterns.map((one) => ({ ...one, start: one.from }))]
    .sort((a, b) => a.start - b.start || b.to - a.to)
    .map(({ start, to, kind, places }) => {
      const behind = kind === 'maskedDivision' ? '' : (DETAIL.exec(plain.slice(to, to + 40))?.[0] ?? '');
      const beside = BESIDE.exec(plain.slice(to + behind.length, to + behind.length + 8))?.[0];
      return {
        text: text.slice(from[start], from[to]),
        start: from[start]!,
        end: from[to]!,
        kind,
        places,
        ...(behind === '' ? {} : { detail: text.slice(from[to], from[to + behind.length]) }),
        ...(beside === undefined ? {} : { beside }),
      };
    });
}

/** 12号3栋2单元501, 附3号, 3组, b座12楼. */
const DETAIL =
  /^(?:附?[a-z]?\d{1,5}(?:-\d{1,4}){0,3}(?:号楼|号院|号门|单元|号|栋|幢|座|楼|层|室|户|组|队|弄|期|区|门|#)|[a-z](?:栋|座|区|单元)){1,6}(?:\d{2,4}(?!\d|年|月|元)(?:室|房|号)?)?/;
const BESIDE =
  /^的?(?:对面|附近|旁边|旁|隔壁|门口|门前|楼下|路口|口子|周边|周围|东侧|西侧|南侧|北侧|东边|西边|南边|北边|后面|前面|背后|里面|内|段)/;
