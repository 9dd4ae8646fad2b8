import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import type { CaseId } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import { follow } from '../follow.ts';
import { rollupFollower } from '../rollup-follower.ts';
import { searchFollower } from '../search-follower.ts';
import { lampSignal, send, takeInAll, tinyTown } from '../testing/tiny-town.ts';
import { rebuild } from './rebuild.ts';

const ANSWERS = ['yes', 'no'] as const;

/** Fifty steps that a seed chooses among all that the posts may try; what the process refuses changes nothing. */
async function liveAtRandom(
  town: Town,
  cases: readonly CaseId[],
  numbers: readonly string[],
  seed: number,
): Promise<void> {
  let state = seed;
  const pick = (n: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * n);
  };
  for (let step = 0; step < 50; step += 1) {
    const at = pick(cases.length);
    const id = cases[at]!;
    const other = cases[pick(cases.length)]!;
    const answer = { contacted: 'yes', solved: ANSWERS[pick(2)], satisfied: 'satisfied' };
    const tries: readonly [string, string, object?][] = [
      ['accept', 'desk1'],
      ['contact', 'desk1', { way: 'phone' }],
      ['finish', 'desk1', { outcome: 'solved', words: '灯泡已换' }],
      ['check', 'check', { passed: pick(3) > 0, unit: 'CK' }],
      ['callBack', 'seat', { number: numbers[pick(numbers.length)], answer, way: 'phone' }],
      ['merge', 'seat', { into: other }],
      ['unmerge', 'seat'],
      ['reopen', 'seat'],
      ['note', 'desk1', { words: `现场情况 ${step}` }],
      ['link', 'seat', { system: '12345', number: `X-${step}` }],
    ];
    const [action, post, input] = tries[pick(tries.length)]!;
    await send(town, id, action, post, { ...input });
  }
}

async function livedTown(t: TestContext, seed: number): Promise<Awaited<ReturnType<typeof tinyTown>>> {
  const tiny = await tinyTown(t);
  const receipts = await takeInAll(
    tiny.town,
    ['1', '2', '3', '4', '5'].map((id) => lampSignal(id)),
  );
  const numbers = receipts.map((receipt) => receipt.number!);
  await liveAtRandom(
    tiny.town,
    receipts.map((receipt) => receipt.caseId),
    numbers,
    seed,
  );
  return tiny;
}

async function tables(town: Town): Promise<unknown> {
  const read = async (sql: string): Promise<unknown> => (await town.db.pool.query(sql)).rows;
  return {
    cases: await read('SELECT * FROM case_now ORDER BY case_id'),
    requests: await read('SELECT * FROM request ORDER BY number'),
    rollup:
      await read(`SELECT basis, hour, place, kind, unit, rtrim(array_to_string(counts, ',', ''), ',') AS counts
      FROM rollup ORDER BY 1, 2, 3, 4, 5`),
    search: await read('SELECT case_id, terms::text FROM search ORDER BY case_id'),
    followers: await read('SELECT name, position FROM follower ORDER BY name'),
  };
}

/** Everything of the tables that a swap could lose: owners, grants, indexes, keys, columns. */
async function shape(town: Town): Promise<unknown> {
  const { rows } = await town.db.pool.query(`
    SELECT c.relname, c.relkind, pg_get_userbyid(c.relowner) AS owner, (SELECT array_agg(a::text ORDER BY a::text) FROM unnest(c.relacl) AS a) AS acl,
      CASE WHEN c.relkind = 'i' THEN pg_get_indexdef(c.oid) END AS definition,
      (SELECT json_agg(json_build_array(attname, attnotnull, atttypid::regtype) ORDER BY attnum) FROM pg_attribute WHERE attrelid = c.oid AND attnum > 0) AS columns
    FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'i') ORDER BY c.relname`);
  return rows;
}

for (const seed of [1, 2, 3]) {
  test(`whatever was done, projections are what the facts say (seed ${seed})`, async (t) => {
    const { installation, town } = await livedTown(t, seed);
    await follow(town, rollupFollower, { batchMax: 3 });
    await follow(town, searchFollower, { batchMax: 4 });
    const before = await tables(town);
    const built = await rebuild(installation);
    assert.deepEqual(built.differences, []);
    assert.deepEqual(built.notCompared, []);
    assert.equal(built.cases, 5);
    assert.ok(built.facts > 40, `the posts did a good deal: ${built.facts} facts`);
    assert.deepEqual(await tables(town), before);
  });
}

test('a rebuild tells what was wrong, and mends it', async (t) => {
  const { installation, town } = await livedTown(t, 4);
  await rebuild(installation);
  const right = await tables(town);
  await town.db.pool.query(
    `UPDATE case_now SET unit = 'nobody' WHERE case_id = (SELECT min(case_id::text)::uuid FROM case_now)`,
  );
  await town.db.pool.query('DELETE FROM rollup WHERE basis = $1', ['opened']);
  await town.db.pool.query(`INSERT INTO request VALUES ($1, '999', (SELECT case_id FROM case_now LIMIT 1))`, [
    town.district,
  ]);
  const { differences } = await rebuild(installation);
  assert.deepEqual(
    differences.map(({ projection, kind }) => `${projection} ${kind}`),
    ['case_now differs', 'request extra', 'rollup missing'],
  );
  assert.equal((differences[0]!.samples[0] as { unit: string[] }).unit[0], 'nobody');
  assert.deepEqual(await tables(town), right);
});

test('tables come back with the same owners, grants, keys and indexes', async (t) => {
  const { installation, town } = await livedTown(t, 5);
  const before = await shape(town);
  await rebuild(installation);
  assert.deepEqual(await shape(town), before);
  await takeInAll(town, [lampSignal('after')]);
});

test('only the projections that are named are rebuilt', async (t) => {
  const { installation, town } = await livedTown(t, 6);
  await town.db.pool.query('DELETE FROM request');
  await rebuild(installation, { only: ['search'] });
  const { rows } = await town.db.pool.query('SELECT FROM request');
  assert.equal(rows.length, 0);
});

test('facts that come while it works are in the rebuilt tables too', async (t) => {
  const { installation, town } = await livedTown(t, 7);
  let going = true;
  const load = (async () => {
    for (let i = 0; going; i += 1) {
      const [receipt] = await takeInAll(town, [lampSignal(`load-${i}`)]);
      await send(town, receipt!.caseId, 'accept', 'desk1');
      await follow(town, rollupFollower);
    }
  })();
  const built = await rebuild(installation);
  await rebuild(installation);
  going = false;
  await load;
  assert.deepEqual(built.differences, []);
  assert.deepEqual((await rebuild(installation)).differences, []);
});

test('two rebuilds do not run at once', async (t) => {
  const { installation } = await livedTown(t, 8);
  const both = await Promise.allSettled([rebuild(installation), rebuild(installation)]);
  assert.deepEqual(both.map((one) => one.status).sort(), ['fulfilled', 'rejected']);
});
