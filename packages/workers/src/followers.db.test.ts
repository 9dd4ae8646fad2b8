import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { type Contribution, countsFromVector, recompute } from '@gezhi/measures';
import { factsBetween, headOf, loadFacts } from '@gezhi/storage';
import { queryTerms } from '@gezhi/text';
import type { Town } from '@gezhi/town';
import { follow } from './follow.ts';
import { measuredIn } from './measured.ts';
import { rollupFollower } from './rollup-follower.ts';
import { reindexCases, searchFollower } from './search-follower.ts';
import { lampSignal, send, takeInAll, tinyTown } from './testing/tiny-town.ts';

/** The roll-ups as the table has them, in the order and the shape of the measures room. */
async function storedRows(town: Town): Promise<Contribution[]> {
  const { rows } = await town.db.pool.query<Contribution & { counts: number[] }>(
    'SELECT basis, hour, place, kind, unit, counts FROM rollup WHERE district = $1',
    [town.district],
  );
  const stored = rows.map((row) => ({ ...row, counts: countsFromVector(row.counts) }));
  const key = (row: Contribution): string =>
    JSON.stringify([row.basis, row.hour, row.place, row.kind, row.unit]);
  return stored.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** The same straight from the facts. */
async function trueRows(town: Town): Promise<Contribution[]> {
  const facts = await factsBetween(town.db.pool, town.district, 0, await headOf(town.db.pool, town.district));
  const ids = [...new Set(facts.map((fact) => fact.caseId))];
  const histories = await loadFacts(town.db.pool, town.district, ids);
  const rows = recompute([...histories.values()].map((history) => measuredIn(town, replay(history)!)));
  const key = (row: Contribution): string =>
    JSON.stringify([row.basis, row.hour, row.place, row.kind, row.unit]);
  return rows.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

async function found(town: Town, query: string): Promise<string[]> {
  const { rows } = await town.db.pool.query<{ case_id: string }>(
    `SELECT case_id FROM search WHERE district = $1
     AND terms @@ to_tsquery('simple', $2) ORDER BY case_id`,
    [
      town.district,
      queryTerms(query)
        .map((term) => `'${term}'`)
        .join(' & '),
    ],
  );
  return rows.map((row) => row.case_id);
}

/** Two reports through the whole process, a merge, an un-merge, a reopening. */
async function live(t: TestContext): Promise<{ town: Town; cases: CaseId[]; numbers: string[] }> {
  const { town } = await tinyTown(t);
  const receipts = await takeInAll(town, [
    lampSignal('1'),
    lampSignal('2'),
    lampSignal('3', { found: true }),
  ]);
  const cases = receipts.map((receipt) => receipt.caseId);
  const numbers = receipts.map((receipt) => receipt.number ?? '');
  return { town, cases, numbers };
}

async function workOn(town: Town, caseId: CaseId, number: string, solved: 'yes' | 'no'): Promise<void> {
  assert.ok(await send(town, caseId, 'accept', 'desk1'));
  assert.ok(await send(town, caseId, 'contact', 'desk1', { way: 'phone' }));
  assert.ok(await send(town, caseId, 'finish', 'desk1', { outcome: 'solved', words: '灯泡已换' }));
  assert.ok(await send(town, caseId, 'check', 'check', { passed: true, unit: 'CK' }));
  const answer = { contacted: 'yes', solved, satisfied: 'satisfied' };
  assert.ok(await send(town, caseId, 'callBack', 'seat', { number, answer, way: 'phone' }));
}

test('the roll-ups follow every change of a case exactly, whatever the size of the batches', async (t) => {
  const { town, cases, numbers } = await live(t);
  await follow(town, rollupFollower, { batchMax: 2 });
  assert.deepEqual(await storedRows(town), await trueRows(town));
  await workOn(town, cases[0]!, numbers[0]!, 'no');
  await follow(town, rollupFollower, { batchMax: 1 });
  assert.deepEqual(await storedRows(town), await trueRows(town));
  assert.ok(await send(town, cases[1]!, 'merge', 'seat', { into: cases[0] }));
  await follow(town, rollupFollower);
  assert.deepEqual(await storedRows(town), await trueRows(town));
  assert.ok(await send(town, cases[1]!, 'unmerge', 'seat'));
  await follow(town, rollupFollower, { batchMax: 3 });
  assert.deepEqual(await storedRows(town), await trueRows(town));
});

test('a follower that stops between batches goes on where it was, and nothing counts twice', async (t) => {
  const { town, cases, numbers } = await live(t);
  await workOn(town, cases[0]!, numbers[0]!, 'yes');
  const first = await follow(town, rollupFollower, { batchMax: 4, batchesMax: 1 });
  assert.equal(first.position, 4);
  await follow(town, rollupFollower, { batchMax: 4 });
  assert.deepEqual(await storedRows(town), await trueRows(town));
  assert.deepEqual(await follow(town, rollupFollower), {
    position: await headOf(town.db.pool, town.district),
    facts: 0,
    batches: 0,
  });
});

test('a batch that fails leaves no trace', async (t) => {
  const { town } = await live(t);
  const failing = {
    ...rollupFollower,
    advance: async (...args: Parameters<typeof rollupFollower.advance>) => {
      await rollupFollower.advance(...args);
      throw new Error('the power went');
    },
  };
  await assert.rejects(follow(town, failing), /the power went/);
  assert.deepEqual(await storedRows(town), []);
  await follow(town, rollupFollower);
  assert.deepEqual(await storedRows(town), await trueRows(town));
});

test('two processes that follow at once take every fact once', async (t) => {
  const { town, cases, numbers } = await live(t);
  await workOn(town, cases[0]!, numbers[0]!, 'yes');
  const both = await Promise.all([1, 2, 3].map(() => follow(town, rollupFollower, { batchMax: 2 })));
  const head = await headOf(town.db.pool, town.district);
  assert.equal(
    both.reduce((sum, one) => sum + one.facts, 0),
    head,
  );
  assert.deepEqual(await storedRows(town), await trueRows(town));
});

test('roll-ups that were reckoned by other terms are not mixed with ours', async (t) => {
  const { town } = await live(t);
  await follow(town, rollupFollower, { batchMax: 2, batchesMax: 1 });
  const other = { ...rollupFollower, yardstick: () => 'another calendar' };
  await assert.rejects(follow(town, other), { code: 'other-yardstick' });
});

test('a case is found by words, kind, place, unit and number', async (t) => {
  const { town, cases, numbers } = await live(t);
  await follow(town, searchFollower);
  for (const query of ['梧桐', '路灯故障', 'street', '东溪社区', '石桥街道', numbers[0]!]) {
    assert.ok((await found(town, query)).includes(cases[0]!), query);
  }
  assert.deepEqual(await found(town, '西溪'), []);
});

test('the words of a voice are found where it speaks now, and erased words are found no more', async (t) => {
  const { town, cases } = await live(t);
  await follow(town, searchFollower);
  assert.deepEqual(await found(town, '桂花'), [cases[1]]);
  assert.ok(await send(town, cases[1]!, 'merge', 'seat', { into: cases[0] }));
  await follow(town, searchFollower);
  assert.deepEqual(await found(town, '桂花'), [cases[0]]);
  assert.ok(await send(town, cases[1]!, 'unmerge', 'seat'));
  await follow(town, searchFollower);
  assert.deepEqual(await found(town, '桂花'), [cases[1]]);
  await town.db.pool.query('DELETE FROM words WHERE district = $1 AND case_id = $2', [
    town.district,
    cases[1],
  ]);
  await reindexCases(town, [cases[1]!]);
  assert.deepEqual(await found(town, '桂花'), []);
  assert.deepEqual((await found(town, '路灯')).length, 3, 'it is still found by its kind');
});
