import { callerHash, chooseTerms, normOf, type SameCase, type SameIndex } from './same-index.ts';
import { rarestOf } from './same-matter.ts';
import { freshness, nearness, type SameFeatures } from './same-policy.ts';

/**
 * What is alike in two cases, by the rarity of terms in an index in which neither need stand: for pairs that people judged before or
 * elsewhere. The same as a look-up of `asked` finds for `other`.
 */
export function comparePair(index: SameIndex, asked: SameCase, other: SameCase): SameFeatures {
  const terms = chooseTerms(index, asked.signature);
  const others = chooseTerms(index, other.signature);
  const known = new Set(others.map(({ list }) => list));
  const shared = terms.filter(({ list }) => known.has(list));
  const sum = shared.reduce((all, { weight }) => all + weight, 0);
  const rarest = shared.reduce((most, { weight }) => Math.max(most, weight), 0);
  const [a, b] = [normOf(terms), normOf(others)];
  const { wording } = asked.signature;
  const sameWords = wording !== 0 && wording === other.signature.wording;
  const rare = index.counted > 0 ? Math.min(1, Math.sqrt(rarest) / rarestOf(index)) : 0;
  const metres = metresBetween(asked, other);
  return {
    words: rare * (sameWords ? 1 : shareOf(sum, a * b)),
    within: rare * (sameWords ? 1 : shareOf(sum, Math.min(a, b) ** 2)),
    kind: agreement(asked.kind, other.kind),
    near: Number.isNaN(metres) ? 0 : nearness(metres),
    place: agreement(asked.place, other.place),
    fresh: freshness(Math.abs(asked.openedAt - other.openedAt) / 60_000),
    own:
      asked.callerKey && other.callerKey && callerHash(asked.callerKey) === callerHash(other.callerKey)
        ? 1
        : 0,
  };
}

function shareOf(shared: number, whole: number): number {
  return whole > 0 ? Math.min(1, shared / whole) : 0;
}

function agreement(a: string | undefined, b: string | undefined): number {
  return !a || !b ? 0 : a === b ? 1 : -1;
}

const METRES_PER_DEGREE = 111_195;

function metresBetween({ point: a }: SameCase, { point: b }: SameCase): number {
  if (!a || !b) return Number.NaN;
  const east = (a.lon - b.lon) * METRES_PER_DEGREE * Math.cos((a.lat * Math.PI) / 180);
  return Math.hypot((a.lat - b.lat) * METRES_PER_DEGREE, east);
}
