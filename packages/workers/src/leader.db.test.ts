import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '@gezhi/storage';
import { testDatabase } from '@gezhi/storage/testing';
import { leaderOn } from './leader.ts';

test('of two leaders one leads a matter; many questions at once take one connection', async (t) => {
  const db = await testDatabase(t);
  const [one, other] = [leaderOn(db), leaderOn(db)];
  t.after(() => Promise.all([one.close(), other.close()]));
  const asked = await Promise.all(['clocks', 'reckoning', 'clocks'].map((matter) => one.leads(matter)));
  assert.deepEqual(asked, [true, true, true]);
  assert.equal(await other.leads('clocks'), false);
  const { rows } = await db.pool.query<{ leaders: number }>(
    `SELECT count(*)::int AS leaders FROM pg_stat_activity
     WHERE application_name = 'gezhi leader' AND datname = current_database()`,
  );
  assert.equal(rows[0]!.leaders, 2);
  await one.close();
  while (!(await other.leads('clocks'))) await sleep(10);
});

test('a leader whose connection was broken leads again by another one', async (t) => {
  const db = await testDatabase(t);
  const leader = leaderOn(db);
  t.after(() => leader.close());
  assert.equal(await leader.leads('clocks'), true);
  await withClient(db.admin, (client) =>
    client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE application_name = 'gezhi leader' AND datname = current_database()`),
  );
  // Whoever asks first is told that the connection broke.
  const leadsNow = async (): Promise<boolean> => {
    const [asked] = await Promise.allSettled([leader.leads('clocks')]);
    return asked.status === 'fulfilled' && asked.value;
  };
  for (let tries = 0; tries < 500 && !(await leadsNow()); tries += 1) await sleep(10);
  assert.equal(await leader.leads('clocks'), true);
});
