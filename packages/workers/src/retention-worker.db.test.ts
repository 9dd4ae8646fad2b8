import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import { retentionPlan } from '@gezhi/town';
import { retentionWorker } from './retention-worker.ts';
import { lampSignal, takeInAll, tinyTown } from './testing/tiny-town.ts';

test('what has no term any more is erased without anybody’s doing, but not within seven days of other terms', async (t) => {
  const { town } = await tinyTown(t);
  const begin = Date.now();
  const clock = { now: begin };
  await takeInAll(town, [lampSignal('1', { requester: { name: '钱测试（虚构）' } })]);
  await town.db.pool.query(
    `UPDATE case_now SET is_open = false, phase = 'closed', updated_at = updated_at - interval '2 years'`,
  );
  const due = async (): Promise<number> => (await Array.fromAsync(retentionPlan(town, clock.now))).length;
  const worker = retentionWorker(
    () => clock.now,
    () => false,
  );
  assert.equal(await due(), 2);
  for (const at of [0, 6 * DAY]) {
    clock.now = begin + at;
    assert.equal(await worker(town), 0);
  }
  clock.now = begin + 7 * DAY + HOUR;
  assert.equal(await worker(town), 2);
  assert.equal(await due(), 0);
});
