/**
 * A stream of chance that a seed decides: the same seed gives the same values on every machine and in every run.
 * Method: sfc32 (Doty-Humphrey, PractRand, 2010), 128 bits of state, filled from the seed's text by FNV-1a and mixed.
 */
export type Random = {
  /** 0 ≤ x < 1, in steps of 2⁻³². */
  next(): number;
  /** A whole number 0 … n − 1. */
  int(n: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  /** @throws RangeError on an empty list */
  pick<T>(list: readonly T[]): T;
  /** Picks by weight, which need not add up to 1. @throws RangeError where no weight is positive */
  weighted<T>(list: readonly (readonly [T, number])[]): T;
  normal(mean: number, deviation: number): number;
  poisson(mean: number): number;
  shuffled<T>(list: readonly T[]): T[];
  /** A stream of its own for one part of the work, so that drawing more in one part moves nothing in another. */
  fork(label: string): Random;
};

export function createRandom(seed: number | string): Random {
  const next = sfc32(String(seed));
  const int = (n: number): number => Math.floor(next() * n);
  return {
    next,
    int,
    between: (low, high) => low + (high - low) * next(),
    chance: (probability) => next() < probability,
    pick: (list) => {
      if (list.length === 0) throw new RangeError('nothing to pick from an empty list');
      return list[int(list.length)]!;
    },
    weighted: (list) => pickWeighted(list, next()),
    normal: (mean, deviation) => mean + deviation * gauss(next),
    poisson: (mean) => poisson(mean, next),
    shuffled: (list) => shuffle([...list], int),
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}

function sfc32(seed: string): () => number {
  let [a, b, c, counter] = [hash(`${seed}a`), hash(`${seed}b`), hash(`${seed}c`), 1];
  const next = (): number => {
    const t = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return (t >>> 0) / 4294967296;
  };
  for (let i = 0; i < 12; i++) next();
  return next;
}

/** FNV-1a over UTF-16 units, with the finishing mix of murmur3. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) | 0;
}

function pickWeighted<T>(list: readonly (readonly [T, number])[], x: number): T {
  let total = 0;
  for (const [, weight] of list) total += weight;
  if (!(total > 0)) throw new RangeError('no weight is positive');
  let left = x * total;
  for (const [value, weight] of list) {
    left -= weight;
    if (left < 0) return value;
  }
  return list.findLast(([, weight]) => weight > 0)![0];
}

/** Box and Muller (1958). */
function gauss(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Knuth's product for small means; above 30 the rounded normal is near enough and costs two draws. */
function poisson(mean: number, next: () => number): number {
  if (mean > 30) return Math.max(0, Math.round(mean + Math.sqrt(mean) * gauss(next)));
  const limit = Math.exp(-mean);
  let product = next();
  let count = 0;
  while (product > limit) {
    product *= next();
    count++;
  }
  return count;
}

/** Fisher and Yates, in place. */
function shuffle<T>(list: T[], int: (n: number) => number): T[] {
  for (let i = list.length - 1; i > 0; i--) {
    const j = int(i + 1);
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
  return list;
}
