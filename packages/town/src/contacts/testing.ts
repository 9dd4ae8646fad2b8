import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type Instant, isRefusal, type RequestNumber } from '@gezhi/basis';
import { makeTown, writeTown } from '@gezhi/demo';
import type { Db } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { importTown } from '../import-town.ts';
import type { Incoming } from '../incoming.ts';
import { type Installation, installationOn, townOf } from '../installation.ts';
import { takeIn } from '../take-in.ts';
import type { Town } from '../town.ts';
import { readTownFolder } from '../town-folder.ts';

/** 10:00 on a working Wednesday in the made-up town. */
export const NOW = Date.UTC(2026, 4, 6, 2);
export const NAME = '赵测试（虚构）';
export const PHONE = '19900000001';

export type Sealed = {
  readonly installation: Installation;
  readonly town: Town;
  readonly db: Db;
  readonly folder: string;
  /** Opens the same database once more, as after a restart. */
  readonly again: () => Promise<Town>;
};

/** The made-up town with master keys and ledgers in a folder of its own; gone when the test ends. */
export async function sealedTown(t: TestContext, now?: () => Instant): Promise<Sealed> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-contacts-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeTown(join(folder, 'town'), makeTown(7));
  const db = await testDatabase(t);
  const places = { keys: { keysDir: join(folder, 'keys') }, ledgerDir: join(folder, 'ledger'), now };
  const installation = await installationOn(db, undefined, places);
  const kinds = [...installation.packs.values()].flatMap((pack) => pack.kinds.map(({ code }) => code));
  const read = await readTownFolder(join(folder, 'town'));
  const done = await importTown(db, read, kinds, { now: NOW - 1000 });
  assert.ok(done.imported, JSON.stringify(done.problems.slice(0, 3)));
  await installation.reload();
  const again = async (): Promise<Town> =>
    townOf(await installationOn(db, installation.packs, places), '990000');
  return { installation, town: townOf(installation, '990000'), db, folder, again };
}

export const report = (id: string, over: Partial<Incoming> = {}): Incoming => ({
  source: 'test',
  id,
  type: 'gezhi.report.v1',
  occurredAt: NOW,
  channel: 'phone',
  words: `银杏大道第 ${id} 盏路灯不亮`,
  kind: 'lamp.fault',
  point: { lon: 119.39958, lat: 30.309503 },
  requester: { name: NAME, reachMe: [{ way: 'phone', address: PHONE }] },
  ...over,
});

/** Takes reports in and answers their numbers and cases. */
export async function takeAll(
  town: Town,
  signals: readonly Incoming[],
): Promise<{ number: RequestNumber; caseId: string }[]> {
  return (await takeIn(town, signals, NOW)).map((receipt) => {
    assert.ok(!isRefusal(receipt) && receipt.number, JSON.stringify(receipt));
    return { number: receipt.number, caseId: receipt.caseId };
  });
}
