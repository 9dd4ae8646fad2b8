import { copyFile, mkdir, open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, type Instant, makeRequestNumber } from '@gezhi/basis';
import { isDatabaseAway, reserveSerials } from '@gezhi/storage';
import { type Installation, openingCode } from '@gezhi/town';
import { replaceAside } from './aside.ts';
import { type Drained, drainSegment, type NotTaken } from './drain-segment.ts';
import { readSegment, segmentsOf } from './journal.ts';
import { addCodes } from './kept-codes.ts';
import { addBlock } from './kept-numbers.ts';
import { giveHouseKey, houseKey, houseSealer } from './outside-box.ts';
import { readEntry } from './sealed-entry.ts';

/*
 * A service on the public network need not reach the database of the house: it writes what it takes into a folder (`OUTSIDE`), and the
 * folder is carried in. It is given a block of numbers with their codes beforehand, so that whoever reports is answered there as
 * everywhere, and the public half of a key, to which it seals what it was told: nothing that lies outside can be read there.
 */

/** How many numbers are given at once; at 200 reports a day a hundred days. */
export const BLOCK = 20_000;

/**
 * Reserves a block of numbers of each district and puts it, with the code of each, into a folder for the service outside.
 * @returns how many numbers were put there
 */
export async function prepareOutside(
  installation: Installation,
  folder: string,
  { keysDir, count = BLOCK }: { readonly keysDir: string; readonly count?: number },
): Promise<number> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await giveHouseKey(folder, await houseKey(keysDir));
  for (const town of installation.towns.values()) {
    const { desk } = town.profile;
    const first = await reserveSerials(town.db.pool, town.district, desk, count);
    const numbers = Array.from({ length: count }, (_, i) => makeRequestNumber(desk, first + i));
    await addCodes(
      folder,
      town.district,
      numbers.map((number) => [number, openingCode(installation.secret, number)] as const),
    );
    await addBlock(folder, town.district, { desk, next: first, end: first + count });
  }
  return installation.towns.size * count;
}

/**
 * Copies what was taken outside, whole segments and the one that is being written, synced to disk. The service outside may run; nothing is
 * taken away there.
 *
 * @returns how many segments were copied
 * @throws Fault `no-spool` where the folder holds no journal and never did
 */
export async function carrySpool(from: string, to: string): Promise<number> {
  if (!(await isThere(from)))
    throw new Fault('no-spool', `There is no folder ${from}.`, {
      hint: 'Name the folder spool in the data folder of the service outside.',
    });
  await mkdir(to, { recursive: true, mode: 0o700 });
  const names = await segmentsOf(from);
  for (const name of names) {
    await copyFile(join(from, name), join(to, name));
    const handle = await open(join(to, name), 'r+');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  return names.length;
}

/** What came in, and what was set aside, with its reason. */
export type Brought = Drained & { readonly aside: readonly NotTaken[]; readonly torn: number };

/**
 * Takes into the town what was carried in, in order. What came in before is known by its source and id, so bringing the same folder twice,
 * or a longer one later, does no harm. What is refused is written beside it into `not-taken.ndjson`. Nothing is removed.
 *
 * @param keysDir where the keys of this installation lie
 * @throws Fault `no-spool`, `no-house-key`, `seal-broken`; what says that the database is away
 */
export async function bringIn(
  installation: Installation,
  folder: string,
  { keysDir, now }: { readonly keysDir: string; readonly now: () => Instant },
): Promise<Brought> {
  const names = await segmentsOf(folder);
  if (names.length === 0)
    throw new Fault('no-spool', `${folder} holds no journal.`, {
      hint: 'Copy it with gezhi spool carry, and name the folder it was copied to.',
    });
  const sealer = await houseSealer(keysDir);
  const total = { taken: 0, known: 0, notTaken: 0 };
  const aside: NotTaken[] = [];
  let cut = 0;
  for (const name of names) {
    const { payloads, torn } = await readSegment(join(folder, name));
    cut += torn;
    await drainSegment(
      installation.towns,
      await Promise.all(payloads.map((payload) => readEntry(sealer, payload))),
      {
        now,
        isAway: isDatabaseAway,
        done: () => undefined,
        keep: async (entries) => void aside.push(...entries),
        total,
      },
    );
  }
  if (aside.length > 0) await replaceAside(folder, sealer, aside);
  return { ...total, aside, torn: cut };
}

async function isThere(folder: string): Promise<boolean> {
  try {
    return (await stat(folder)).isDirectory() && (await readdir(folder)) !== undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
