import { HOUR, type Instant } from '@gezhi/basis';
import { happenings, type TownFiles } from '@gezhi/demo';
import { type Batch, type Installation, townOf, writeBatch } from '@gezhi/town';
import { Life } from './demo-life.ts';

export type HistoryOptions = {
  readonly seed: number;
  /** The town's files, as they were imported. */
  readonly town: TownFiles;
  /** How far back history begins. */
  readonly days: number;
  readonly perDay: number;
  readonly now: Instant;
  readonly progress?: (share: number) => void;
  /** What is done with what was decided; it goes to the database where left out. */
  readonly write?: (batch: Batch) => Promise<void>;
};

export type History = {
  readonly cases: number;
  readonly facts: number;
  readonly seconds: number;
  /** Steps beside the plain road that the kernel refused, by action and reason. */
  readonly refused: Readonly<Record<string, number>>;
};

/** Facts held before they are written: a few thousand a transaction, in the order in which they were recorded. */
const FACTS_A_WRITE = 6_000;

/**
 * Lets the made-up town live through the past: every report of the seeded stream is taken in, and every step is decided by the kernel at
 * the moment it was taken, by the post that the power list asks for. What is not due by `now` is left to be done, so that the town
 * is found in the middle of its work. About 10,000 reports in a few seconds.
 */
export async function liveHistory(installation: Installation, options: HistoryOptions): Promise<History> {
  const began = performance.now();
  const { seed, town, days, perDay, now, write = writeBatch } = options;
  const from = now - days * 24 * HOUR;
  const life = new Life(townOf(installation), now);
  let counted = { cases: 0, facts: 0 };
  const flush = async (): Promise<void> => {
    counted = {
      cases: counted.cases + life.batch.opened.size,
      facts: counted.facts + life.batch.facts.length,
    };
    await life.write(write);
  };
  for (const happening of happenings(town, seed, { from, to: now, perDay })) {
    life.liveUntil(happening.at);
    await life.hear(happening);
    if (life.batch.facts.length < FACTS_A_WRITE) continue;
    await flush();
    options.progress?.((happening.at - from) / (now - from));
  }
  life.liveUntil(now);
  await flush();
  await life.written();
  return {
    ...counted,
    seconds: (performance.now() - began) / 1000,
    refused: Object.fromEntries(life.refused),
  };
}
