import assert from 'node:assert/strict';
import { test } from 'node:test';
import { topicsIn } from '@gezhi/town';
import { lampSignal, takeInAll, tinyTown } from './testing/tiny-town.ts';

const HOUR = 3_600_000;
const WEEK = 7 * 24 * HOUR;

test('a topic says how its kind stands to the same weeks of the year before, and nothing where nothing is known of them', async (t) => {
  const { town } = await tinyTown(t);
  const now = Date.now();
  const words = [
    '石桥路的路灯不亮了，晚上很黑',
    '石桥路路灯又不亮了，晚上黑',
    '石桥路路灯不亮，晚上很黑看不清',
  ];
  const signals = words.map((said, i) => lampSignal(`lamps-${i}`, { words: said, occurredAt: now - HOUR }));
  await takeInAll(town, signals);
  const window = { from: now - WEEK, to: now, scope: 'staff' } as const;
  const before = await topicsIn(town, window, now);
  assert.deepEqual(
    before.topics.map(({ season }) => season),
    [null],
  );
  const add = (at: number, requests: number): Promise<unknown> =>
    town.db.pool.query(
      `INSERT INTO rollup (district, basis, hour, place, kind, unit, counts)
       VALUES ($1, 'opened', $2, 'C1', 'lamp.fault', 'U1', ARRAY[$3::bigint])`,
      [town.district, Math.floor(at / HOUR), requests],
    );
  await add(now - 56 * WEEK, 1);
  await add(now - 52 * WEEK - 24 * HOUR, 6);
  await add(now - 24 * HOUR, 30);
  const [topic] = (await topicsIn(town, window, now)).topics;
  const { kind, count, expected, unusual, basis } = topic!.season!;
  assert.deepEqual([kind, count, expected, unusual], ['lamp.fault', 30, 2, true]);
  assert.equal(basis, 'sameWeeksOfYear');
});
