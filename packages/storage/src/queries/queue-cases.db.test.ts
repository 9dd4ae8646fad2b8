import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type CaseId, mintCaseId } from '@gezhi/basis';
import type pg from 'pg';
import { testDatabase } from '../testing.ts';
import { type CaseNow, insertCases } from './case-now.ts';
import { countOpenPhases } from './count-phases.ts';
import { listCases } from './list-cases.ts';
import { countQueue, newestPublicCases, type QueueAfter, type QueueOf, queueCases } from './queue-cases.ts';

const NOW = Date.UTC(2026, 4, 6, 2);
const HOUR = 3_600_000;

function caseAt(i: number, over: Partial<CaseNow>): CaseNow {
  const random = new Uint8Array(10).fill(i);
  return {
    caseId: mintCaseId(NOW - (100 - i) * HOUR, random),
    seq: 4,
    kind: 'lamp.fault',
    state: 'dispatched',
    phase: 'dispatched',
    flags: [],
    place: 'p1',
    unit: 'lamps',
    post: null,
    helpers: [],
    openedAt: NOW - (100 - i) * HOUR,
    updatedAt: NOW,
    requests: 1,
    public: false,
    lon: null,
    lat: null,
    nextDue: null,
    nextClock: null,
    scene: 'hotline',
    parties: null,
    against: null,
    finder: null,
    ...over,
  };
}

/** Thirty cases: every fifth is marked late, every third has no term, every seventh is closed, even ones are of the lamps. */
async function thirty(t: TestContext): Promise<{ pool: pg.Pool; cases: readonly CaseNow[] }> {
  const { pool } = await testDatabase(t);
  const cases = Array.from({ length: 30 }, (_, i) =>
    caseAt(i, {
      unit: i % 2 === 0 ? 'lamps' : 'roads',
      helpers: i % 9 === 1 ? ['water "and" \\ drains', 'lamps'] : i % 9 === 2 ? ['police'] : [],
      flags: i % 5 === 0 ? ['late'] : [],
      nextDue: i % 3 === 0 ? null : NOW + (((i * 7) % 11) - 5) * HOUR,
      phase: i % 7 === 0 ? 'closed' : i % 4 === 0 ? 'done' : 'dispatched',
      public: i % 6 === 0,
    }),
  );
  const client = await pool.connect();
  try {
    await insertCases(client, 'd1', cases);
    await insertCases(client, 'd2', [caseAt(99, { public: true })]);
  } finally {
    client.release();
  }
  return { pool, cases };
}

const QUEUES: readonly QueueOf[] = [
  {},
  { unit: 'lamps' },
  { late: true },
  { notUnit: 'roads', phases: ['done'] },
];

for (const of of QUEUES) {
  test(`the queue ${JSON.stringify(of)} page by page has each case once, late ones first, then by what is due`, async (t) => {
    const { pool, cases } = await thirty(t);
    await readThrough(pool, cases, of);
  });
}

async function readThrough(pool: pg.Pool, cases: readonly CaseNow[], of: QueueOf): Promise<void> {
  const seen: { late: boolean; due: number; id: CaseId }[] = [];
  let after: QueueAfter | undefined;
  for (;;) {
    const rows = await queueCases(pool, 'd1', of, { now: NOW, limit: 4, ...(after ? { after } : {}) });
    for (const { flags, next_due, case_id } of rows) {
      seen.push({ late: flags.includes('late'), due: next_due ?? Number.POSITIVE_INFINITY, id: case_id });
    }
    const last = rows.at(-1);
    if (!last) break;
    after = { late: last.flags.includes('late'), due: last.next_due, caseId: last.case_id };
  }
  const open = cases.filter((c) => c.phase !== 'closed' && isIn(c, of)).map((c) => c.caseId);
  assert.deepEqual([...seen.map((s) => s.id)].sort(), [...open].sort());
  const sorted = seen.toSorted(
    (a, b) => Number(b.late) - Number(a.late) || (a.due === b.due ? (a.id < b.id ? -1 : 1) : a.due - b.due),
  );
  assert.deepEqual(seen, sorted);
}

function isIn(c: CaseNow, of: QueueOf): boolean {
  if ('unit' in of)
    return (c.unit === of.unit || c.helpers.includes(of.unit)) && (of.phases?.includes(c.phase) ?? true);
  if (of.late) return c.flags.includes('late') || (c.nextDue !== null && c.nextDue <= NOW);
  return c.unit !== of.notUnit && (of.phases?.includes(c.phase) ?? true);
}

test('a queue is of a unit, or of phases without those that a unit leads; late is marked or passed', async (t) => {
  const { pool, cases } = await thirty(t);
  const open = cases.filter((c) => c.phase !== 'closed');
  const page = { now: NOW, limit: 100 };
  const count = async (of: Parameters<typeof queueCases>[2]): Promise<number> =>
    (await queueCases(pool, 'd1', of, page)).length;
  const with_ = (unit: string): number =>
    open.filter((c) => c.unit === unit || c.helpers.includes(unit)).length;
  for (const unit of ['roads', 'lamps', 'police', 'water "and" \\ drains', 'nobody'])
    assert.equal(await count({ unit }), with_(unit), unit);
  assert.ok(with_('police') > 0 && with_('lamps') > open.filter((c) => c.unit === 'lamps').length);
  const listed = await listCases(pool, 'd1', { unit: 'lamps', isOpen: true }, 100);
  assert.equal(listed.length, with_('lamps'));
  assert.equal(
    await count({ phases: ['done'], notUnit: 'lamps' }),
    open.filter((c) => c.phase === 'done' && c.unit !== 'lamps').length,
  );
  const late = open.filter((c) => c.flags.includes('late') || (c.nextDue !== null && c.nextDue <= NOW));
  assert.equal(await count({ late: true }), late.length);
  assert.equal(await count({ kind: 'waste.dump' }), 0);
  assert.equal(await countQueue(pool, 'd1', { late: true }, NOW, 1000), late.length);
  assert.equal(await countQueue(pool, 'd1', { late: true }, NOW, 2), 2);
  const ofKinds = { kinds: ['lamp.fault'], places: ['p1'], flag: 'late' };
  const marked = open.filter((c) => c.flags.includes('late') && c.kind === 'lamp.fault' && c.place === 'p1');
  assert.equal(await count(ofKinds), marked.length);
  assert.equal(await count({ applied: ['extension'] }), 0);
  const phases = await countOpenPhases(pool, 'd1', NOW);
  assert.equal(
    phases.reduce((sum, row) => sum + row.count, 0),
    open.length,
  );
  assert.equal(
    phases.reduce((sum, row) => sum + row.late, 0),
    late.length,
  );
});

test('the newest public cases are public, newest first, and of one district', async (t) => {
  const { pool, cases } = await thirty(t);
  const rows = await newestPublicCases(pool, 'd1', 3);
  const newest = cases.filter((c) => c.public).map((c) => c.caseId);
  assert.deepEqual(
    rows.map((row) => row.case_id),
    newest.toReversed().slice(0, 3),
  );
});
