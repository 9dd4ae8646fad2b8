import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { mintCaseId } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { archive, unarchive } from './archive.ts';
import type { Db } from './connect.ts';
import { appendFacts, openMonths } from './queries/append-facts.ts';
import { insertWords } from './queries/intake-rows.ts';
import { factsAfter } from './queries/load-facts.ts';
import { saveDistrict } from './queries/registry.ts';
import { inTransaction } from './queries/transaction.ts';
import { testDatabase } from './testing.ts';

const NOW = Date.UTC(2026, 4, 6);
const ID = mintCaseId(NOW, new Uint8Array(10));

function folder(t: TestContext): string {
  const path = mkdtempSync(join(tmpdir(), 'gezhi-archive-'));
  t.after(() => rmSync(path, { recursive: true }));
  return join(path, 'archive');
}

async function withOneCase(db: Db): Promise<void> {
  const fact = {
    district: 'd',
    caseId: ID,
    seq: 1,
    position: 0,
    occurredAt: NOW,
    recordedAt: NOW,
    by: { post: 'p\\t' },
    cause: 'a/b',
    v: 1,
    type: 'noted',
    data: { words: { id: ID, hash: '路灯\t\\n' } },
  } as Fact;
  await inTransaction(db.pool, (client) => saveDistrict(client, 'd', { name: '青溪' }));
  await openMonths(db.pool, [ID]);
  await inTransaction(db.pool, async (client) => {
    await insertWords(client, 'd', [
      {
        id: ID,
        caseId: ID,
        number: null,
        salt: Buffer.from([0, 255]),
        said: '井盖\n坏了\\N',
        placeSaid: null,
        same: null,
      },
    ]);
    await appendFacts(client, 'd', [fact]);
  });
}

test('an installation leaves PostgreSQL 15 for 18 whole', async (t) => {
  const [old, fresh] = [await testDatabase(t, { version: 15 }), await testDatabase(t, { version: 18 })];
  await withOneCase(old);
  const target = folder(t);
  const written = await archive(old, target, { now: NOW });
  assert.deepEqual(
    [written.tables.fact?.rows, written.tables.words?.rows, written.months],
    [1, 1, ['2026-05']],
  );
  await unarchive(fresh, target);
  assert.deepEqual(await factsAfter(fresh.pool, 'd', 0, 10), await factsAfter(old.pool, 'd', 0, 10));
  const said = await fresh.pool.query('SELECT said, salt FROM words');
  assert.deepEqual(said.rows, [{ said: '井盖\n坏了\\N', salt: Buffer.from([0, 255]) }]);
});

test('every table but the list of migrations is in an archive, the log before what follows from it', async (t) => {
  const db = await testDatabase(t);
  await withOneCase(db);
  const target = folder(t);
  const { tables } = await archive(db, target, { now: NOW });
  const dump = readFileSync(new URL('../schema.sql', import.meta.url), 'utf8');
  const made = [...dump.matchAll(/^CREATE TABLE (\w+)/gm)].map(([, name]) => name!);
  const missing = made.filter((name) => !(name in tables) && name !== 'migration' && !/^fact_\d/.test(name));
  assert.deepEqual(missing, []);
  assert.deepEqual(Object.keys(tables).slice(0, 5), ['district', 'log_head', 'registry', 'secret', 'fact']);
});

test('an archive with one changed byte brings nothing in', async (t) => {
  const db = await testDatabase(t);
  await withOneCase(db);
  const target = folder(t);
  await archive(db, target, { now: NOW });
  const path = join(target, 'archive.json');
  writeFileSync(path, readFileSync(path, 'utf8').replace(/("fact": \{\s+"rows": )1/, '$12'));
  const fresh = await testDatabase(t);
  await assert.rejects(unarchive(fresh, target), { code: 'archive-broken' });
  const { rows } = await fresh.pool.query('SELECT * FROM district');
  assert.deepEqual(rows, []);
  await assert.rejects(archive(db, target, { now: NOW }), { code: 'not-empty' });
});
