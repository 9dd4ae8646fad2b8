import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { DAY, type RequestNumber } from '@gezhi/basis';
import {
  copySearch,
  findPublicCases,
  insertMedia,
  inTransaction,
  keptStates,
  putPublicRelease,
  saidId,
  searchSubjects,
  wordsOfCases,
} from '@gezhi/storage';
import { searchRowOf } from '../search-text.ts';
import type { Town } from '../town.ts';
import { eraseSaid } from './erase-said.ts';
import { rekey } from './rekey.ts';
import { applyRetention, retentionPlan } from './retention.ts';
import { NOW, report, sealedTown, takeAll } from './testing.ts';

const YEAR = 366 * DAY;

async function saidIn(town: Town, caseId: string): Promise<readonly string[]> {
  const rows = await wordsOfCases(town.db.pool, town.district, [caseId as never]);
  return rows.map(({ said }) => said);
}

async function stateOf(town: Town, number: RequestNumber): Promise<object | undefined> {
  const [row] = await keptStates(town.db.pool, town.district, [saidId({ number })]);
  return row && { erased: row.erased_at !== null, until: row.stored_until };
}

async function indexed(town: Town, caseIds: readonly string[]): Promise<string> {
  const { rows } = await town.db.pool.query<{ terms: string }>(
    'SELECT terms::text AS terms FROM search WHERE case_id = ANY($1)',
    [caseIds],
  );
  return rows.map(({ terms }) => terms).join(' ');
}

async function index(town: Town, caseIds: readonly string[]): Promise<void> {
  await inTransaction(town.db.pool, async (client) => {
    const subjects = await searchSubjects(client, town.district, caseIds as never[]);
    const rows = subjects.map((subject) => searchRowOf(town, subject));
    await copySearch(client, town.district, rows);
  });
}

test('what came under a number is destroyed, found no more, on record, and nobody else’s is touched', async (t) => {
  const { town, db } = await sealedTown(t);
  const reports = [report('1', { words: '桂花树倒了压住自行车' }), report('2')];
  const [mine, other] = await takeAll(town, reports);
  const caseIds = [mine!.caseId, other!.caseId] as never[];
  await index(town, caseIds);
  await inTransaction(db.pool, async (client) => {
    await insertMedia(client, town.district, {
      id: '01900000-0000-7000-8000-000000000001',
      caseId: caseIds[0]!,
      number: mine!.number,
      salt: Buffer.alloc(16),
      type: 'image/jpeg',
      contentHash: Buffer.alloc(32, 7),
      bytes: Buffer.from('a picture'),
    });
  });
  assert.match(await indexed(town, caseIds), /行车/);
  assert.deepEqual(await eraseSaid(town, { number: mine!.number }, { now: NOW + 1, cause: 'asked' }), {
    erased: true,
  });
  assert.deepEqual(await saidIn(town, mine!.caseId), []);
  assert.equal((await saidIn(town, other!.caseId)).length, 1);
  assert.doesNotMatch(await indexed(town, caseIds), /行车/);
  assert.match(await indexed(town, caseIds), new RegExp(mine!.number), 'it is still found by its number');
  assert.deepEqual(await stateOf(town, mine!.number), { erased: true, until: null });
  const { rows } = await db.pool.query('SELECT FROM media_content');
  assert.equal(rows.length, 0);
  const events = await db.pool.query<{ body: object }>(
    `SELECT body FROM ledger_event WHERE kind = 'erasure'`,
  );
  assert.deepEqual(
    events.rows.map(({ body }) => body),
    [{ number: mine!.number, role: 'said', cause: 'asked' }],
  );
  assert.deepEqual(await eraseSaid(town, { number: mine!.number }, { now: NOW + 2, cause: 'asked' }), {
    erased: false,
  });
});

test('while a legal term runs words are stored only: shown to nobody, and the record says until when', async (t) => {
  const { town, again } = await sealedTown(t);
  const [mine] = await takeAll(town, [report('1')]);
  const term = { until: Date.now() + YEAR, reason: '法定保存' };
  const done = await eraseSaid(town, { number: mine!.number }, { now: Date.now(), cause: 'asked', term });
  assert.deepEqual(done, { erased: false, ...term });
  assert.deepEqual(await saidIn(town, mine!.caseId), []);
  assert.deepEqual(await stateOf(town, mine!.number), { erased: false, until: term.until });
  await town.db.pool.query('UPDATE words SET stored_until = NULL');
  await town.db.pool.query('UPDATE vault_person SET stored_until = NULL WHERE person = $1', [
    saidId({ number: mine!.number }),
  ]);
  assert.deepEqual(await saidIn(await again(), mine!.caseId), [], 'an older database locks it away again');
});

test('a database from before the erasure erases words again; what was said since is not touched', async (t) => {
  const { town, again, folder } = await sealedTown(t);
  const [one, two] = await takeAll(town, [report('1'), report('2')]);
  await index(town, [one!.caseId, two!.caseId]);
  const list = join(folder, 'ledger', town.district);
  await mkdir(list, { recursive: true });
  await writeFile(join(list, 'erasures'), '{"person":"cut off by a po');
  await town.keeping.erasures.add(town.district, [
    { person: saidId({ number: one!.number }), at: NOW },
    { person: saidId({ caseId: two!.caseId as never }), at: NOW },
  ]);
  const reopened = await again();
  assert.doesNotMatch(await indexed(town, [one!.caseId, two!.caseId]), /银杏/, 'nor is it found any more');
  assert.deepEqual([await saidIn(reopened, one!.caseId), await saidIn(reopened, two!.caseId)], [[], []]);
  const [more] = await takeAll(reopened, [report('3', { follows: one!.number })]);
  assert.ok(more);
  const said = await saidIn(reopened, more.caseId);
  assert.ok(said.length > 0);
  assert.deepEqual(await saidIn(await again(), more.caseId), said);
});

test('words have the term of their kind, beside that of contacts; the plan says both, retention does both', async (t) => {
  const { town, db } = await sealedTown(t);
  const [made] = await takeAll(town, [report('1')]);
  await db.pool.query(`UPDATE case_now SET is_open = false, phase = 'closed'`);
  const { rows } = await db.pool.query<{ at: number }>('SELECT updated_at AS at FROM case_now');
  const ended = rows[0]!.at;
  const codes = async (now: number): Promise<string[]> =>
    (await Array.fromAsync(retentionPlan(town, now))).map(({ of }) => Object.keys(of)[0]!);
  assert.deepEqual(await codes(ended + 360 * DAY), []);
  assert.deepEqual(await codes(ended + YEAR), ['number', 'caseId']);
  assert.equal(await applyRetention(town, ended + YEAR), 2);
  assert.deepEqual(await saidIn(town, made!.caseId), []);
  assert.deepEqual(await codes(ended + YEAR), []);
});

test('what was released to the public lies sealed, outlives a renewed master key, and is taken back with the words', async (t) => {
  const { town, db } = await sealedTown(t);
  const [mine, other] = await takeAll(town, [report('1'), report('2')]);
  await db.pool.query('UPDATE case_now SET public = true');
  const shownTexts = async (): Promise<readonly (string | null | undefined)[]> => {
    const filter = { kinds: [...town.kinds.keys()], endedSince: 0 };
    const rows = await findPublicCases(db.pool, town.district, filter, 10);
    return [mine, other].map((one) => rows.find((row) => row.case_id === one?.caseId)?.said);
  };
  const release = (said: string) => ({ shown: true, said, photos: [], post: 'desk', person: null });
  for (const [i, one] of [mine!, other!].entries())
    await putPublicRelease(
      db.pool,
      town.district,
      one.caseId as never,
      release(`有人说路灯${i + 1}不亮`),
      NOW,
    );
  const { rows } = await db.pool.query<{ row: string }>('SELECT t::text AS row FROM public_release t');
  assert.equal(rows.length, 2);
  assert.ok(
    rows.every(({ row }) => !row.includes('路灯') && !row.includes(Buffer.from('路灯').toString('hex'))),
  );
  await rekey([town], { settleMs: 0 });
  assert.deepEqual(await shownTexts(), ['有人说路灯1不亮', '有人说路灯2不亮']);
  await eraseSaid(town, { number: mine!.number }, { now: Date.now(), cause: 'asked' });
  assert.deepEqual(await shownTexts(), [null, '有人说路灯2不亮']);
  const term = { until: Date.now() + YEAR, reason: '法定保存' };
  await eraseSaid(town, { caseId: other!.caseId as never }, { now: Date.now(), cause: 'asked', term });
  assert.deepEqual(await shownTexts(), [null, null]);
});
