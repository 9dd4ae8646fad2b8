import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testDatabase } from '../testing.ts';
import { countTry, forgetTries, lockOf } from './wrong-codes.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const HOUR = 3_600_000;

test('of twenty tries at once five are counted, and the fifth locks for an hour', async (t) => {
  const { pool } = await testDatabase(t);
  const limits = { now: NOW, triesMax: 5, lockUntil: NOW + HOUR };
  const tries = await Promise.all(Array.from({ length: 20 }, () => countTry(pool, 'd', '7', limits)));
  const counted = tries.filter((one) => one !== undefined);
  assert.equal(counted.length, 5);
  assert.deepEqual(
    counted.map((one) => one.lockedUntil).filter((until) => until !== undefined),
    [NOW + HOUR],
  );
  assert.equal(await lockOf(pool, 'd', '7', NOW + HOUR - 1), NOW + HOUR);
  assert.equal(await lockOf(pool, 'd', '7', NOW + HOUR), undefined);
  const later = { ...limits, now: NOW + HOUR, lockUntil: NOW + 2 * HOUR };
  for (let i = 0; i < 4; i += 1) assert.deepEqual(await countTry(pool, 'd', '7', later), {});
  await forgetTries(pool, 'd', '7');
  assert.deepEqual(await countTry(pool, 'd', '7', later), {});
  assert.equal(await lockOf(pool, 'd', '7', NOW + HOUR), undefined);
});
