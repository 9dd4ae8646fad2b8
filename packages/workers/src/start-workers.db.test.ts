import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { DAY } from '@gezhi/basis';
import { openInstallation, type Town, townOf } from '@gezhi/town';
import { watchClocks } from './clock-watcher.ts';
import { leaderOn } from './leader.ts';
import { openSpool } from './spool/spool.ts';
import { startWorkers } from './start-workers.ts';
import { lampSignal, send, takeInAll, tinyTown } from './testing/tiny-town.ts';

async function passed(town: Town): Promise<string[]> {
  const { rows } = await town.db.pool.query<{ clock: string }>(
    `SELECT case_id || ' ' || (data->>'clock') || ' ' || (data->>'dueAt') AS clock FROM fact WHERE type = 'deadlinePassed' ORDER BY position`,
  );
  return rows.map((row) => row.clock);
}

async function lateCases(town: Town): Promise<number> {
  const { rows } = await town.db.pool.query<{ n: number }>(
    `SELECT count(*) AS n FROM case_now WHERE 'late' = ANY(flags)`,
  );
  return rows[0]!.n;
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i += 1) {
    if (await holds()) return;
    await sleep(25);
  }
  assert.fail('it did not come about in 5 s');
}

async function manyLamps(town: Town, n: number): Promise<void> {
  await takeInAll(
    town,
    Array.from({ length: n }, (_, i) => lampSignal(String(i))),
  );
}

test('a case is late when its clock passes, and not before', async (t) => {
  const { town } = await tinyTown(t);
  await manyLamps(town, 1);
  assert.equal((await watchClocks(town, Date.now())).facts, 0);
  assert.equal(await lateCases(town), 0);
  const later = await watchClocks(town, Date.now() + 60 * DAY);
  assert.equal(later.cases, 1);
  assert.equal(await lateCases(town), 1);
  const { rows } = await town.db.pool.query('SELECT next_due FROM case_now');
  assert.equal(rows[0]!.next_due, null, 'nothing more is awaited');
});

test('deadlines that passed while the service was down are noted in batches, each once', async (t) => {
  const { town } = await tinyTown(t);
  await manyLamps(town, 12);
  const then = Date.now() + 60 * DAY;
  await watchClocks(town, then, { batch: 5 });
  const first = await passed(town);
  assert.equal(new Set(first).size, first.length);
  assert.equal(await lateCases(town), 12);
  await watchClocks(town, then, { batch: 5 });
  assert.deepEqual(await passed(town), first);
});

test('two services never note the same deadline twice, and commands go on meanwhile', async (t) => {
  const { town, url } = await tinyTown(t);
  await manyLamps(town, 40);
  const other = await openInstallation({ url, connectionsMax: 4 });
  t.after(() => other.close());
  const { rows } = await town.db.pool.query<{ case_id: never }>('SELECT case_id FROM case_now LIMIT 5');
  const then = Date.now() + 60 * DAY;
  await Promise.all([
    watchClocks(town, then, { batch: 7 }),
    watchClocks(townOf(other), then, { batch: 3 }),
    ...rows.map((row) => send(town, row.case_id, 'accept', 'desk1')),
  ]);
  await watchClocks(town, then);
  const all = await passed(town);
  assert.equal(new Set(all).size, all.length);
  assert.equal(await lateCases(town), 40);
});

test('one process leads, and another takes over when it is gone', async (t) => {
  const { installation, url } = await tinyTown(t);
  const other = await openInstallation({ url, connectionsMax: 4 });
  t.after(() => other.close());
  const first = leaderOn(installation.db);
  const second = leaderOn(other.db);
  t.after(() => second.close());
  assert.equal(await first.leads('clocks'), true);
  assert.equal(await first.leads('clocks'), true);
  assert.equal(await second.leads('clocks'), false);
  await first.close();
  await until(() => second.leads('clocks'));
});

async function working(t: TestContext): Promise<Awaited<ReturnType<typeof tinyTown>> & { lines: string[] }> {
  const tiny = await tinyTown(t);
  return { ...tiny, lines: [] };
}

test('workers bring search and roll-ups up by themselves, empty the journal, and stop', async (t) => {
  const { installation, town, lines } = await working(t);
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-workers-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const spool = await openSpool(folder);
  t.after(() => spool.close());
  await spool.attach(installation);
  await spool.append([lampSignal('spooled')], town.district);
  await manyLamps(town, 3);
  const options = {
    log: (line: string) => lines.push(line),
    intervals: { follow: 20, clocks: 20, spool: 20 },
  };
  const today = startWorkers(installation, { ...options, spool });
  await until(async () => {
    const { followers, spooled } = await today.lag();
    return spooled === 0 && followers.every((one) => one.facts === 0);
  });
  await today.stop();
  const later = startWorkers(installation, { ...options, now: () => Date.now() + 60 * DAY });
  await until(async () => (await lateCases(town)) === 4);
  await until(async () => (await later.lag()).clocks.every((one) => one.cases === 0));
  await later.followNow();
  await later.stop();
  const { rows } = await town.db.pool.query('SELECT FROM search');
  assert.equal(rows.length, 4);
  assert.deepEqual(lines, []);
});

test('roll-ups that were reckoned by another calendar are reckoned anew by one of the workers', async (t) => {
  const { installation, town, lines } = await working(t);
  await manyLamps(town, 2);
  await town.db.pool.query(
    `INSERT INTO follower (district, name, position, yardstick) VALUES ($1, 'rollup', 2, 'older')`,
    [town.district],
  );
  const workers = startWorkers(installation, { log: (line) => lines.push(line), intervals: { follow: 20 } });
  await until(async () => (await workers.lag()).followers.every((one) => one.facts === 0));
  await workers.stop();
  const { rows } = await town.db.pool.query('SELECT sum(counts[34]) AS opened FROM rollup');
  assert.equal(Number(rows[0]!.opened), 2);
  assert.equal(lines.length, 2);
});

test('a worker that fails tells it and goes on', async (t) => {
  const { installation, lines } = await working(t);
  let tries = 0;
  const failing = {
    name: 'failing',
    batchMax: 1,
    yardstick: () => {
      tries += 1;
      if (tries === 1) throw new Error('it slipped');
      return '';
    },
    advance: async () => undefined,
  };
  const workers = startWorkers(installation, {
    log: (line) => lines.push(line),
    intervals: { follow: 10 },
    followers: [failing],
  });
  await until(async () => lines.length === 2);
  await workers.stop();
  assert.match(lines[0]!, /Following for failing failed, trying again in 0.5 s: Error: it slipped/);
  assert.equal(lines[1], 'Following for failing goes on.');
});
