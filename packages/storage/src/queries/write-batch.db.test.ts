import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mintCaseId, type RequestNumber } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type { Db } from '../connect.ts';
import { testDatabase } from '../testing.ts';
import { openMonths } from './append-facts.ts';
import type { CaseNow } from './case-now.ts';
import { saveDistrict } from './registry.ts';
import { inTransaction } from './transaction.ts';
import { type BatchRows, writeByCopy, writeInOne } from './write-batch.ts';

const NOW = Date.UTC(2026, 4, 6, 1, 2, 3, 4);
const idOf = (n: number) => mintCaseId(NOW + n, new Uint8Array(10).fill(n));
const AWKWARD = '一\t二\n三\r"四"\\五\\N {六,七} \u2028\0 end';

function caseNow(n: number, over: Partial<CaseNow> = {}): CaseNow {
  return {
    caseId: idOf(n),
    seq: 1,
    kind: AWKWARD.replaceAll('\0', ''),
    state: 'received',
    phase: 'received',
    flags: n % 2 ? ['late', 'reopened'] : [],
    place: 'p',
    unit: n % 2 ? 'u' : null,
    post: null,
    helpers: n % 2 ? ['x y', 'z"'] : [],
    openedAt: NOW + n,
    updatedAt: NOW + n,
    requests: 1,
    public: n % 2 === 0,
    lon: n % 2 ? 119.123456 : null,
    lat: n % 2 ? -30.5 : null,
    nextDue: n % 2 ? NOW + 5 : null,
    nextClock: n % 2 ? 'accept' : null,
    scene: n % 2 ? 'hotline' : null,
    parties: n % 2 ? ['x y', 'z"'] : null,
    against: n % 2 ? null : ['u'],
    finder: n % 2 ? 'p' : null,
    ...over,
  };
}

function fact(n: number, seq: number): Fact {
  const said = AWKWARD.replaceAll('\0', '');
  return {
    district: 'd',
    caseId: idOf(n),
    seq,
    position: 0,
    occurredAt: NOW,
    recordedAt: NOW + seq,
    v: 1,
    by: n % 2 ? { post: 'a\\b', person: 'P1' } : { post: 'system' },
    cause: 'source/\\id\t1',
    type: 'noted',
    data: { words: { id: idOf(n), hash: said } },
  } as Fact;
}

function batch(ns: readonly number[], changed: readonly CaseNow[], seq = 1): BatchRows {
  const opened = changed.length ? [] : ns.map((n) => caseNow(n));
  return {
    signals: ns.map((n) => ({
      ...{
        source: `s${seq}`,
        id: AWKWARD.replaceAll('\0', '') + n,
        type: 't',
        occurredAt: NOW,
        receivedAt: NOW,
      },
      ...{
        caseId: idOf(n),
        number: n % 2 ? ('120000000014' as RequestNumber) : null,
        attributes: n % 2 ? { a: [1, AWKWARD.slice(0, 8)] } : undefined,
      },
    })),
    words: ns.map((n) => ({
      ...{
        id: idOf(n + seq * 50),
        caseId: idOf(n),
        number: n % 2 ? '12' : null,
        salt: Buffer.from([0, 255, n]),
      },
      said: AWKWARD,
      placeSaid: n % 2 ? AWKWARD : null,
      same: n % 2 ? Buffer.from([n, 0]) : null,
    })),
    persons: ns.map((n) => ({ person: `${seq}${n}/requester`, master: 'm', sealedKey: Buffer.from([n, 0]) })),
    fields: ns.map((n) => ({
      person: `${seq}${n}/requester`,
      field: 'name',
      sealed: Buffer.from([0, 255, n]),
      lookup: n % 2 ? Buffer.from([n]) : null,
    })),
    requests: ns.map((n) => ({ number: `${seq}${n}`, caseId: idOf(n) })),
    opened,
    changed,
    facts: ns.map((n) => fact(n, seq)),
  };
}

async function everything(db: Db): Promise<Record<string, unknown[]>> {
  const tables = [
    'signal',
    'words',
    'vault_person',
    'vault_field',
    'request',
    'case_now',
    'fact',
    'log_head',
  ];
  const found: Record<string, unknown[]> = {};
  for (const table of tables) {
    found[table] = (await db.pool.query(`SELECT t::text FROM ${table} t ORDER BY t::text COLLATE "C"`)).rows;
  }
  return found;
}

test('one statement and COPY write the same rows, awkward ones too', async (t) => {
  const contents: Record<string, unknown[]>[] = [];
  for (const write of [
    (db: Db, rows: BatchRows) => writeInOne(db.pool, 'd', rows),
    (db: Db, rows: BatchRows) => inTransaction(db.pool, (client) => writeByCopy(client, 'd', rows)),
  ]) {
    const db = await testDatabase(t);
    await inTransaction(db.pool, (client) => saveDistrict(client, 'd', {}));
    await openMonths(db.pool, [idOf(1)]);
    await write(db, batch([1, 2, 3, 4], []));
    await write(
      db,
      batch([1, 2], [caseNow(1, { seq: 2, phase: 'closed', nextDue: null }), caseNow(2, { seq: 2 })], 2),
    );
    contents.push(await everything(db));
  }
  assert.deepEqual(contents[0], contents[1]);
  assert.equal(contents[0]!.fact!.length, 6);
});

test('a batch of which one key is taken writes nothing', async (t) => {
  const db = await testDatabase(t);
  await inTransaction(db.pool, (client) => saveDistrict(client, 'd', {}));
  await openMonths(db.pool, [idOf(1)]);
  await writeInOne(db.pool, 'd', batch([1], []));
  const before = await everything(db);
  await assert.rejects(writeInOne(db.pool, 'd', batch([2, 1], [])), { code: '23505' });
  assert.deepEqual(await everything(db), before);
});
