import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DAY, Fault, type Instant } from '@gezhi/basis';
import { type MadeUpKnowledge, makeTown, makeUpKnowledge, type TownFiles, writeTown } from '@gezhi/demo';
import { type Installation, importKnowledge, importTown, readTownFolder, townOf } from '@gezhi/town';
import { liveHistory } from './demo-history.ts';

export type DemoOptions = {
  readonly seed: number;
  /** How far back its history begins. */
  readonly days: number;
  /** Reports a day, on the mean. */
  readonly perDay: number;
  readonly now: Instant;
  /** @param share of the work that is done, 0 … 1 */
  readonly progress?: (share: number) => void;
};

export type Demo = { readonly cases: number; readonly facts: number; readonly seconds: number };

/** Two years, some 55,000 reports. */
export const DEMO = { seed: 1, days: 730, perDay: 82 } as const;

/** The town is known from a while before its history begins, so that its first report finds who is responsible. */
const KNOWN_BEFORE_DAYS = 30;

/**
 * Makes the demo's town in an installation that has no district yet, and lets it live through its history. The same seed gives the
 * same town and the same reports.
 *
 * @throws Fault `not-empty` where there is a district; whatever `progress` throws ends the work there
 */
export async function makeDemo(installation: Installation, options: DemoOptions): Promise<Demo> {
  if (installation.towns.size > 0) {
    throw new Fault('not-empty', `There is a town already: ${[...installation.towns.keys()].join(', ')}.`, {
      hint: 'Make the demo in a data folder of its own: gezhi demo --data DIR.',
    });
  }
  const began = performance.now();
  const { seed, days, perDay, now, progress } = options;
  const town = makeTown(seed);
  await importMadeUpTown(installation, town, now - (days + KNOWN_BEFORE_DAYS) * DAY);
  await importKnowledge(townOf(installation), tableOf(makeUpKnowledge(now)), { live: true, now });
  const { cases, facts } = await liveHistory(installation, {
    seed,
    town,
    days,
    perDay,
    now,
    ...(progress ? { progress } : {}),
  });
  return { cases, facts, seconds: (performance.now() - began) / 1000 };
}

/** As a table is read: each item with its line. */
export function tableOf(items: readonly MadeUpKnowledge[]): Parameters<typeof importKnowledge>[1] {
  return items.map((row, i) => ({ line: i + 1, row }));
}

/** Imports the town as its folder would be, known from a moment on. @throws Fault `bad-demo` */
export async function importMadeUpTown(
  installation: Installation,
  town: TownFiles,
  knownFrom: Instant,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-demo-'));
  try {
    await writeTown(folder, town);
    const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
    const { imported, problems } = await importTown(installation.db, await readTownFolder(folder), kinds, {
      now: knownFrom,
    });
    if (!imported) {
      const first = problems.find(({ severity }) => severity === 'error');
      throw new Fault('bad-demo', `The made-up town cannot be imported: ${first?.file} ${first?.problem}`, {
        hint: 'Choose another seed.',
      });
    }
    await installation.reload();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
