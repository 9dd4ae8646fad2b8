import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import { type Happening, liveStream, makeTown } from '@gezhi/demo';
import { testDatabase } from '@gezhi/storage/testing';
import { openInstallation } from '@gezhi/town';
import { liveHistory } from './demo-history.ts';
import { liveOn } from './demo-live.ts';
import { importMadeUpTown } from './make-demo.ts';

const NOW = Date.UTC(2026, 4, 20, 1);
const SEED = 1;
const PER_DAY = 24;

test('the made-up town lives on: reports keep coming, and its staff goes on with what was open', async (t) => {
  const { host, port, user, database } = (await testDatabase(t)).admin;
  const url = `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(String(host))}`;
  const keysDir = mkdtempSync(join(tmpdir(), 'gezhi-live-'));
  t.after(() => rmSync(keysDir, { recursive: true, force: true }));
  const installation = await openInstallation({ url, keysDir, connectionsMax: 4 });
  t.after(() => installation.close());
  let now = NOW;
  const told: Happening[] = [];
  const live = liveOn(installation, {
    seed: SEED,
    perDay: PER_DAY,
    now: () => now,
    log: assert.fail,
    tell: async ({ from, to }) => {
      for (const happening of liveStream(town, SEED, from, PER_DAY)) {
        if (happening.at > to) break;
        told.push(happening);
      }
      return told;
    },
  });
  await live.step();
  assert.deepEqual(told, [], 'nothing happens where there is no made-up town');

  const town = makeTown(SEED);
  await importMadeUpTown(installation, town, NOW - 33 * DAY);
  await liveHistory(installation, { seed: SEED, town, days: 2, perDay: PER_DAY, now: NOW });
  const before = await counted();
  for (let i = 0; i < 80; i += 1) {
    now += HOUR / 6;
    await live.step();
  }
  const after = await counted();
  assert.ok(after.cases > before.cases, 'new reports came');
  assert.ok(after.finished > before.finished, 'work went on');

  async function counted(): Promise<{ cases: number; finished: number }> {
    const { rows } = await installation.db.pool.query<{ cases: number; finished: number }>(
      "SELECT count(*) FILTER (WHERE type = 'opened')::int AS cases, count(*) FILTER (WHERE type = 'done')::int AS finished FROM fact",
    );
    return rows[0]!;
  }
});
