import { Fault } from '@gezhi/basis';
import type { Sha256 } from '../edition/edition-case.ts';

/** So many, or such a share (0 … 1, rounded up). */
export type SampleSize = { readonly n: number } | { readonly share: number };

const SEED = /^[0-9a-f]{32,128}$/;

/**
 * What is published before anything is drawn: SHA-256 over `gezhi.sample.1`, a line break and the seed. Who holds the seed cannot change
 * it any more, and nobody can learn it from the hash.
 *
 * @param seed 16 to 64 random bytes in lower-case hex
 * @throws Fault `bad-seed`
 */
export function commitSeed(seed: string, sha256: Sha256): string {
  checkSeed(seed);
  return sha256(`gezhi.sample.1\n${seed}`);
}

/**
 * The sample of a population under a seed: each id is hashed with the seed, and those with the smallest hashes are drawn, in that order.
 * So the order of `ids` changes nothing, an id's chance does not depend on the others, and a smaller sample is the beginning of a
 * larger one. n hashes and one sort.
 *
 * @throws Fault `bad-seed`, `bad-sample-size`; `id-twice` where an id stands twice, which would double its chance
 */
export function drawSample(ids: readonly string[], size: SampleSize, seed: string, sha256: Sha256): string[] {
  checkSeed(seed);
  if (new Set(ids).size !== ids.length) {
    throw new Fault('id-twice', 'An id stands twice in the population.', { hint: 'List each once.' });
  }
  const keyed = ids.map((id) => ({ id, key: sha256(`${seed}\n${id}`) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : 1));
  return keyed.slice(0, countOf(size, ids.length)).map(({ id }) => id);
}

/** A drawing as it is published afterwards. Moments are epoch milliseconds. */
export type Drawing = {
  readonly commit: string;
  readonly committedAt: number;
  readonly seed: string;
  readonly drawnAt: number;
  readonly size: SampleSize;
  /** The first moment at which anything of the population could have happened. */
  readonly populationFrom: number;
  readonly population: readonly string[];
  readonly drawn: readonly string[];
};

export type SampleFinding =
  | 'seed-not-committed'
  | 'committed-after-drawing'
  | 'committed-after-population-began'
  | 'other-sample';

/**
 * What anybody can compute again: is it the seed that was promised, was it promised before the population began, and are these the ones
 * that it draws? Empty where all is right.
 *
 * @throws Fault as `drawSample`
 */
export function proveSample(drawing: Drawing, sha256: Sha256): SampleFinding[] {
  const { commit, committedAt, seed, drawnAt, size, populationFrom, population, drawn } = drawing;
  const findings: SampleFinding[] = [];
  if (commitSeed(seed, sha256) !== commit) findings.push('seed-not-committed');
  if (committedAt >= drawnAt) findings.push('committed-after-drawing');
  if (committedAt > populationFrom) findings.push('committed-after-population-began');
  const again = drawSample(population, size, seed, sha256);
  if (again.length !== drawn.length || again.some((id, at) => id !== drawn[at]))
    findings.push('other-sample');
  return findings;
}

function checkSeed(seed: string): void {
  if (SEED.test(seed)) return;
  throw new Fault('bad-seed', 'A seed is 32 to 128 lower-case hexadecimal digits.', {
    hint: 'Make one from a source of random bytes: openssl rand -hex 32.',
  });
}

function countOf(size: SampleSize, population: number): number {
  const isShare = 'share' in size;
  const wanted = isShare ? size.share : size.n;
  const isGood = isShare ? wanted > 0 && wanted <= 1 : Number.isSafeInteger(wanted) && wanted > 0;
  if (!isGood) {
    throw new Fault('bad-sample-size', `A sample of ${wanted} cannot be drawn.`, {
      hint: 'Name a whole number from 1 on, or a share above 0 and up to 1.',
    });
  }
  return isShare ? Math.ceil(wanted * population) : Math.min(wanted, population);
}
