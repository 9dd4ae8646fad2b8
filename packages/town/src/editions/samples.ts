import { type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import {
  commitSeed,
  drawSample,
  EDITION_POLICY,
  proveSample,
  requestsIn,
  type SampleFinding,
  type SampleSize,
  type Window,
} from '@gezhi/measures';
import {
  addDrawn,
  addSeed,
  type DrawnRow,
  headOf,
  isConflict,
  listSeeds,
  type SeedRow,
} from '@gezhi/storage';
import type { Town } from '../town.ts';
import { newId, someRandom } from '../words.ts';
import { mayEdition } from './may-edition.ts';
import { readEditionCases } from './read-edition-cases.ts';
import { sha256 } from './sha256.ts';

/** What a sample is drawn for; a closed list, so that no words come in. */
export const SAMPLE_PURPOSES = ['callback', 'check'] as const;
export type SamplePurpose = (typeof SAMPLE_PURPOSES)[number];

/** A promised seed, and what it drew. `seed` is told only with the drawing. */
export type Sample = Omit<SeedRow, 'seed' | 'committed_at' | 'post' | 'person'> & {
  readonly committedAt: Instant;
  readonly drawing?: {
    readonly seed: string;
    readonly drawnAt: Instant;
    readonly window: Window;
    readonly size: SampleSize;
    readonly population: readonly string[];
    readonly drawn: readonly string[];
    /** What anybody finds who draws it again; empty where all is right. */
    readonly findings: readonly SampleFinding[];
  };
};

/** Promises a seed of 32 random bytes that nobody sees before it draws; its hash is public at once. */
export async function promiseSeed(
  town: Town,
  purpose: SamplePurpose,
  by: Actor,
  now: Instant,
): Promise<Sample | Refusal> {
  const holds = mayEdition(town, 'sample.commit', by);
  if (isRefusal(holds)) return holds;
  const seed = someRandom(32).toString('hex');
  const hash = commitSeed(seed, sha256);
  const row: SeedRow = { id: newId(now), purpose, hash, seed, committed_at: now, ...poster(by) };
  await addSeed(town.db.pool, town.district, row);
  return sampleOf({ seed: row, drawn: undefined });
}

/**
 * Draws by a promised seed, once, among the dispatched requests of a window that are not excluded. Refuses a window that began before the
 * promise, because its requests could have been known by whoever made the seed.
 */
export async function drawBySeed(
  town: Town,
  { id, window, size }: { readonly id: string; readonly window: Window; readonly size: SampleSize },
  by: Actor,
  now: Instant,
): Promise<Sample | Refusal> {
  const holds = mayEdition(town, 'sample.draw', by);
  if (isRefusal(holds)) return holds;
  const found = (await listSeeds(town.db.pool, town.district)).find(({ seed }) => seed.id === id);
  if (!found) return refuse('no-such-seed', `There is no seed ${id} here.`);
  if (found.drawn) return refuse('drawn-already', 'A seed draws once.', { drawnAt: found.drawn.drawn_at });
  if (found.seed.committed_at > window.from) {
    return refuse('promised-too-late', 'The seed was promised after the window began.', {
      promisedAt: found.seed.committed_at,
    });
  }
  if (now < window.to) return refuse('period-not-over', 'A sample is drawn when its window has ended.');
  const population = await populationOf(town, window);
  const row: DrawnRow = {
    seed_id: id,
    drawn_at: now,
    ...poster(by),
    population_from: window.from,
    population_to: window.to,
    size,
    population,
    drawn: drawSample(population, size, found.seed.seed, sha256),
  };
  try {
    await addDrawn(town.db.pool, town.district, row);
  } catch (error) {
    if (!isConflict(error)) throw error;
    return refuse('drawn-already', 'A seed draws once.');
  }
  return sampleOf({ seed: found.seed, drawn: row });
}

/** Every promised seed, the newest first; open to everybody. */
export async function listSamples(town: Town): Promise<readonly Sample[]> {
  return (await listSeeds(town.db.pool, town.district)).map(sampleOf);
}

function poster({ post, person }: Actor): Pick<SeedRow, 'post' | 'person'> {
  return { post, person: person ?? null };
}

/** Numbers of the window's dispatched requests, in order. */
async function populationOf(town: Town, window: Window): Promise<string[]> {
  const policy = EDITION_POLICY.rates;
  const position = await headOf(town.db.pool, town.district);
  const cases = await readEditionCases(town, 'unit', policy, window, position);
  return cases
    .filter(({ dispatchedAt }) => dispatchedAt !== undefined)
    .flatMap(({ requests }) => requestsIn(requests, policy, window))
    .filter(({ excluded }) => excluded === undefined)
    .map(({ number }) => number)
    .sort();
}

function sampleOf({ seed: row, drawn }: { seed: SeedRow; drawn: DrawnRow | undefined }): Sample {
  const { id, purpose, hash, seed, committed_at: committedAt } = row;
  const head = { id, purpose, hash, committedAt };
  if (!drawn) return head;
  const size = drawn.size as SampleSize;
  const { population, drawn_at: drawnAt, population_from: from, population_to: to } = drawn;
  const told = {
    commit: hash,
    committedAt,
    seed,
    drawnAt,
    size,
    populationFrom: from,
    population,
    drawn: drawn.drawn,
  };
  const findings = proveSample(told, sha256);
  return {
    ...head,
    drawing: { seed, drawnAt, window: { from, to }, size, population, drawn: drawn.drawn, findings },
  };
}
