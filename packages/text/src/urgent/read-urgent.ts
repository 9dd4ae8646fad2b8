import { matchWords } from '../where/match-words.ts';
import { type ContextSort, foldForUrgent, type Part, type UrgentRules } from './compile-urgent.ts';

export type UrgentLevel = 'handOff' | 'urgent' | 'none';

/** Words of a rule that stand in the text, `start` to before `end` in UTF-16 units. */
export type UrgentReason = {
  readonly rule: string;
  readonly words: string;
  readonly start: number;
  readonly end: number;
  /** What spoke against it and was not enough: a past that the text calls present, a drill that is called real. */
  readonly doubt?: ContextSort;
};

/** Words of a rule that the words around them turn down: `by` what, and by which words. */
export type TurnedDown = UrgentReason & { readonly by: ContextSort; readonly byWords: string };

export type UrgentReading = {
  readonly level: UrgentLevel;
  /** Whom to hand it to, of all rules that speak: 119, 110 … */
  readonly to: readonly string[];
  readonly because: readonly UrgentReason[];
  readonly turnedDown: readonly TurnedDown[];
};

/**
 * Whether a text tells of danger to life or property now, by the rules of its scene. What a rule names stands unless the words that
 * govern it say otherwise: a negation right before it (没有着火), a drill, a past in the same clause, a mere fear, and of these only
 * what the rule gives way to. Each turns down the word that it governs and no other; where the text also says that it is now or real,
 * the word stays, with the doubt told. One pass and a bounded look around each word: linear in the text.
 */
export function readUrgent(rules: UrgentRules, text: string): UrgentReading {
  const plain = foldForUrgent(text);
  const spots = spotsOf(rules, plain);
  const because: UrgentReason[] = [];
  const turnedDown: TurnedDown[] = [];
  let level: UrgentLevel = 'none';
  const to = new Set<string>();
  for (const { part, words } of spoken(rules, plain, spots)) {
    const { rule } = part;
    const start = words[0]!.start;
    const end = Math.max(...words.map((word) => word.end));
    const reason = { rule: rule.id, words: text.slice(start, end), start, end };
    const said = words.map((word) => whatTurnsDown(rules, plain, spots, part, word));
    const against = said.find((one) => one && !one.doubted) ?? said.find((one) => one);
    if (against && !against.doubted) {
      turnedDown.push({ ...reason, by: against.sort, byWords: text.slice(against.start, against.end) });
      continue;
    }
    because.push(against ? { ...reason, doubt: against.sort } : reason);
    if (rule.level === 'handOff' || level === 'none') level = rule.level;
    for (const whom of rule.to) to.add(whom);
  }
  return { level, to: [...to], because, turnedDown };
}

type Spot = { readonly start: number; readonly end: number };
type Spots = {
  readonly parts: ReadonlyMap<Part, readonly Spot[]>;
  readonly contexts: ReadonlyMap<ContextSort | 'now' | 'otherwise', readonly Spot[]>;
};

/** Where each word stands. A word inside a longer one that is excepted (火 in 火锅, 着火 in 防着火) does not count. */
function spotsOf(rules: UrgentRules, plain: string): Spots {
  const parts = new Map<Part, Spot[]>();
  const contexts = new Map<ContextSort | 'now' | 'otherwise', Spot[]>();
  const excepted = new Map<string, Spot[]>();
  const found: { word: number; spot: Spot }[] = [];
  matchWords(rules.matcher, plain, (word, start, end) => {
    if (cutsLatin(plain, start, end)) return;
    const spot = { start, end };
    found.push({ word, spot });
    for (const rule of rules.uses[word]!.exceptOf) push(excepted, rule, spot);
  });
  for (const { word, spot } of found) {
    const { parts: own, contexts: sorts } = rules.uses[word]!;
    for (const part of own) if (!isInside(excepted.get(part.rule.id), spot)) push(parts, part, spot);
    for (const sort of sorts) push(contexts, sort, spot);
  }
  for (const list of parts.values()) list.sort((a, b) => a.start - b.start || b.end - a.end);
  return { parts, contexts };
}

function push<K>(map: Map<K, Spot[]>, key: K, spot: Spot): void {
  const list = map.get(key);
  if (list) list.push(spot);
  else map.set(key, [spot]);
}

function cutsLatin(plain: string, start: number, end: number): boolean {
  const joined = (at: number): boolean =>
    /[a-z0-9]/.test(plain[at - 1] ?? '') && /[a-z0-9]/.test(plain[at] ?? '');
  return joined(start) || joined(end);
}

/** In order of end, as they were found: the ones around a spot end at or after it, and not far off. */
function isInside(spots: readonly Spot[] | undefined, { start, end }: Spot): boolean {
  if (!spots) return false;
  for (let i = firstEndingAt(spots, end); i < spots.length && spots[i]!.end <= end + WORD_MAX; i += 1) {
    if (spots[i]!.start <= start) return true;
  }
  return false;
}

const WORD_MAX = 40;

function firstEndingAt(spots: readonly Spot[], end: number): number {
  let [low, high] = [0, spots.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spots[middle]!.end < end) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Words that stand alone, and pairs of words no farther apart than their rule says, in one sentence. */
function* spoken(
  rules: UrgentRules,
  plain: string,
  spots: Spots,
): Generator<{ readonly part: Part; readonly words: readonly Spot[] }> {
  for (const { first, second, within } of patternsIn(rules, spots)) {
    const ones = spots.parts.get(first) ?? [];
    if (!second) {
      for (const spot of ones) yield { part: first, words: [spot] };
      continue;
    }
    const others = spots.parts.get(second) ?? [];
    let from = 0;
    for (const one of ones) {
      while (from < others.length && others[from]!.start < one.start - within - WORD_MAX) from += 1;
      for (let k = from; k < others.length && others[k]!.start <= one.end + within; k += 1) {
        const other = others[k]!;
        const [left, right] = one.start <= other.start ? [one, other] : [other, one];
        const gap = right.start - left.end;
        if (gap < 0 || gap > within || SENTENCE_END.test(plain.slice(left.end, right.start))) continue;
        yield { part: first, words: [left, right] };
        break;
      }
    }
  }
}

/** The patterns whose first part stands in the text, in the order of the rules: of hundreds most texts have none. */
function patternsIn(rules: UrgentRules, spots: Spots): UrgentRules['patterns'] {
  if (spots.parts.size === 0) return [];
  const asked = [...spots.parts.keys()].flatMap((part) => rules.patternOf.get(part) ?? []);
  return asked.sort((a, b) => a - b).map((index) => rules.patterns[index]!);
}

const SENTENCE_END = /[。!?;\n]/;
const CLAUSE_END = /[。!?;\n,，、:.]/;
/** How far before its word a context stands, in UTF-16 units. */
const REACH: Readonly<Record<ContextSort, number>> = { negated: 24, drill: 12, about: 12, past: 10, fear: 8 };

type Against = Spot & { readonly sort: ContextSort; readonly doubted: boolean };

function whatTurnsDown(
  rules: UrgentRules,
  plain: string,
  spots: Spots,
  part: Part,
  { start, end }: Spot,
): Against | undefined {
  let doubted: Against | undefined;
  for (const sort of part.rule.givesWayTo) {
    const list = spots.contexts.get(sort) ?? [];
    for (let i = firstEndingAt(list, start - REACH[sort]); i < list.length; i += 1) {
      const context = list[i]!;
      if (context.start > end + REACH.drill) break;
      if (!governs(rules, plain, sort, context, start, end)) continue;
      const against = { ...context, sort, doubted: isDoubted(spots, plain, sort, context, start, end) };
      if (!against.doubted) return against;
      doubted = against;
    }
  }
  return doubted;
}

function governs(
  rules: UrgentRules,
  plain: string,
  sort: ContextSort,
  context: Spot,
  start: number,
  end: number,
): boolean {
  if (context.end <= start) {
    const between = plain.slice(context.end, start);
    if (sort === 'negated') return rules.fillers.test(between);
    if (sort === 'drill') return rules.joins.test(between);
    if (sort === 'about') return false;
    return between.length <= REACH[sort] && !CLAUSE_END.test(between) && !rules.stillSo.test(between);
  }
  if (context.start < end) return false;
  const between = plain.slice(end, context.start);
  if (sort === 'past') return between === ' ';
  return (sort === 'drill' || sort === 'about') && rules.joins.test(between);
}

/** Doubted is a context inside a longer word (有没有着火), and any but a negation where the same sentence says now, again or really. */
function isDoubted(
  spots: Spots,
  plain: string,
  sort: ContextSort,
  context: Spot,
  start: number,
  end: number,
): boolean {
  if (isInside(spots.contexts.get('otherwise'), context)) return true;
  if (sort === 'negated') return false;
  const list = spots.contexts.get('now') ?? [];
  const low = Math.min(context.start, start) - 20;
  for (let i = firstEndingAt(list, low); i < list.length && list[i]!.start <= end + 20; i += 1) {
    const now = list[i]!;
    const [left, right] = now.end <= start ? [now.end, start] : [end, now.start];
    if (!SENTENCE_END.test(plain.slice(left, Math.max(left, right)))) return true;
  }
  return false;
}
