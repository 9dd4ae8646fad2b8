import { setTimeout as sleep } from 'node:timers/promises';
import { rewrapRows } from '@gezhi/storage';
import { apartHead, FRESH_MS, rewrapApart } from '@gezhi/vault';
import type { Town } from '../town.ts';

export type Rekeyed = {
  /** The name of the master key that wraps now. */
  readonly master: string;
  /** Keys, texts and pictures that were wrapped anew. */
  readonly wrapped: number;
  /** Names of the master keys that were destroyed; none where it was stopped, or told to keep them. */
  readonly dropped: readonly string[];
};

/**
 * Renews the master key of an installation while it works: makes a new one (or goes on with one that is not finished), wraps everything of
 * all districts under it, and destroys the old ones once nothing is left under them. Killed anywhere, it goes on where it was.
 *
 * Between making and the last round it waits for other processes to take the new key up, so that none of them wraps under one that goes.
 *
 * @param towns all towns of the installation: what lies in another would be lost
 * @param options.batch told after each batch how many were wrapped so far
 */
export async function rekey(
  towns: readonly Town[],
  options: {
    readonly keepsOld?: boolean;
    readonly settleMs?: number;
    readonly stopping?: () => boolean;
    readonly batch?: (wrapped: number) => void;
  } = {},
): Promise<Rekeyed> {
  const { settleMs = 5 * FRESH_MS, stopping = () => false, batch = () => undefined } = options;
  const keys = towns[0]?.keeping.keys;
  if (!keys) return { master: '', wrapped: 0, dropped: [] };
  const master = (await keys.names()).length > 1 ? await keys.current() : await keys.renew();
  let wrapped = 0;
  const round = async (): Promise<number> => {
    const before = wrapped;
    for (const town of towns)
      await wrapAnew(town, master, stopping, (more) => {
        wrapped += more;
        batch(wrapped);
      });
    return wrapped - before;
  };
  await round();
  if (!stopping()) await sleep(settleMs);
  while (!stopping() && (await round()) > 0);
  const dropped = stopping() || options.keepsOld ? [] : await keys.dropOld();
  return { master, wrapped, dropped };
}

const BATCH = 500;

async function wrapAnew(
  town: Town,
  master: string,
  stopping: () => boolean,
  done: (rows: number) => void,
): Promise<void> {
  const { pool } = town.db;
  const { keys } = town.keeping;
  await town.vault.rewrap(pool, town.district, BATCH, stopping, done);
  const rewrap = {
    head: apartHead(master),
    rewrap: (sealed: Buffer) => rewrapApart(keys, sealed),
  };
  await rewrapRows(pool, town.district, rewrap, { batchMax: BATCH, stopping, done });
}
