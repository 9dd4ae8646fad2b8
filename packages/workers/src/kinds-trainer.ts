import { createHash } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { DAY, HOUR, type Instant } from '@gezhi/basis';
import {
  addKindModel,
  adoptedKindModel,
  confirmedCases,
  countConfirmed,
  headOf,
  kindModelFile,
  kindModels,
} from '@gezhi/storage';
import {
  compareModels,
  type KindModel,
  type KindSample,
  modelCard,
  modelHash,
  readModel,
  samplesOfPack,
  trainKinds,
  wordingOf,
  writeModel,
} from '@gezhi/text';
import { adoptedHash, adoptedModel, adoptModel, secretKinds, type Town } from '@gezhi/town';

export type TrainingOptions = {
  /** A training begins at once with so many kinds confirmed since the last. */
  readonly newMin?: number;
  /** Below so many confirmed cases none is begun. */
  readonly casesMin?: number;
  readonly stopping?: () => boolean;
};

export type Training = {
  readonly state: 'adopted' | 'kept';
  readonly hash: string;
  readonly samples: number;
};

/** So many of the newest confirmed cases are learned from: what fits into memory and half a minute of one core. */
const CASES_MAX = 20_000;
/** So many of the newest facts are looked through for them. */
const FACTS_MAX = 1_000_000;
/** At most so many of those held back are read by both models at once: a quarter of a second without a pause. */
const HELD_BACK_MAX = 1_000;

/**
 * Brings the model by which a town proposes kinds up to date: takes up what another process adopted, and trains a new one where enough
 * was confirmed since the last, or once a night. The new one is adopted only where it reads cases better that neither has learned
 * (`compareModels`), and then in one step for all who read. Works in slices of some milliseconds; answers what it trained.
 */
export async function trainTown(
  town: Town,
  now: Instant,
  options: TrainingOptions = {},
): Promise<Training | undefined> {
  await takeUpAdopted(town);
  const { newMin = 200, casesMin = 150, stopping = () => false } = options;
  const { pool } = town.db;
  const [last] = await kindModels(pool, town.district, 1);
  const position = await headOf(pool, town.district);
  const fresh = await freshSince(town, last?.position ?? 0, position);
  if (!isDue(town, fresh, last?.trainedAt, now, newMin)) return undefined;
  const from = position - FACTS_MAX;
  const cases = await confirmedCases(pool, town.district, from, secretKinds(town), CASES_MAX);
  if (cases.length < casesMin) return undefined;
  const learned: KindSample[] = [...samplesOfPack(town.pack.kinds)];
  const heldBack: KindSample[] = [];
  for (const { kind, said } of cases) (isHeldBack(said) ? heldBack : learned).push({ text: said, kind });
  const model = await trainInSlices(learned, now, stopping);
  if (!model) return undefined;
  const comparison = compareModels(adoptedModel(town), model, heldBack.slice(0, HELD_BACK_MAX));
  const file = writeModel(model);
  const hash = modelHash(file);
  const state = comparison.verdict === 'adopt' ? 'adopted' : 'kept';
  const card = modelCard(model, comparison.after);
  await addKindModel(
    pool,
    town.district,
    { hash, trainedAt: now, state, position, bytes: file.length, card, report: comparison },
    file,
  );
  if (state === 'adopted') adoptModel(town, hash, model);
  return { state, hash, samples: learned.length };
}

/** Takes up the model that the district adopted, where this process has another or none: at its start, and when another process trained. */
export async function takeUpAdopted(town: Town): Promise<void> {
  const hash = await adoptedKindModel(town.db.pool, town.district);
  if (hash === undefined || hash === adoptedHash(town)) return;
  const file = await kindModelFile(town.db.pool, town.district, hash);
  if (file) adoptModel(town, hash, readModel(file));
}

const COUNTED = new WeakMap<Town['db']['pool'], Map<string, { from: number; upTo: number; n: number }>>();

/** How many kinds were confirmed since the last training; each look reads what happened since the look before. */
async function freshSince(town: Town, last: number, head: number): Promise<number> {
  const { pool } = town.db;
  const counts = COUNTED.get(pool) ?? new Map();
  COUNTED.set(pool, counts);
  const before = counts.get(town.district);
  const known = before?.from === last ? before : { from: last, upTo: Math.max(last, head - FACTS_MAX), n: 0 };
  const more = head > known.upTo ? await countConfirmed(pool, town.district, known.upTo) : 0;
  counts.set(town.district, { from: last, upTo: head, n: known.n + more });
  return known.n + more;
}

const NIGHT_FROM = 2;
const NIGHT_TO = 5;

function isDue(town: Town, fresh: number, last: Instant | undefined, now: Instant, newMin: number): boolean {
  if (fresh === 0) return false;
  if (fresh >= newMin) return true;
  const { zone } = town.calendar;
  const hour = ((now + zone.offsetAt(now)) % DAY) / HOUR;
  const isNight = hour >= NIGHT_FROM && hour < NIGHT_TO;
  return isNight && (last === undefined || now - last > DAY / 2);
}

/** One wording in five is never learned by any model, so that all are judged by what none has seen; equal wordings go together. */
function isHeldBack(said: string): boolean {
  return createHash('sha256').update(wordingOf(said)).digest()[0]! % 5 === 0;
}

const SLICE_MS = 15;
/** Any; the same for all, so that the same cases give the same model. */
const SEED = 1;

async function trainInSlices(
  samples: readonly KindSample[],
  trainedAt: Instant,
  stopping: () => boolean,
): Promise<KindModel | undefined> {
  const training = trainKinds(samples, { seed: SEED, trainedAt, pathOf: (kind) => kind.split('.') });
  let began = performance.now();
  for (;;) {
    const step = training.next();
    if (step.done) return step.value;
    if (performance.now() - began < SLICE_MS) continue;
    await setImmediate();
    if (stopping()) return undefined;
    began = performance.now();
  }
}
