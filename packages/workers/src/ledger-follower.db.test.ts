import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  addLedgerEvent,
  inTransaction,
  logInFolder,
  type OpenLog,
  openLog,
  openLogKey,
  type ReadLog,
  withClient,
} from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import { acceptLoss, auditLedger, followLedger } from './ledger-follower.ts';
import { lampSignal, takeInAll, tinyTown } from './testing/tiny-town.ts';

type Kept = { readonly town: Town; readonly log: OpenLog; readonly read: ReadLog; readonly folder: string };

const codes = (audit: Awaited<ReturnType<typeof auditLedger>>): string[] =>
  audit.findings.map(({ code }) => code);

/** Two reports and one look, in the ledger. */
async function kept(t: TestContext): Promise<Kept> {
  const { town } = await tinyTown(t);
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-ledger-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const log = await openLog(folder, await openLogKey(folder, 'ledger.example/stone'));
  await takeInAll(town, [lampSignal('1'), lampSignal('2', { found: true })]);
  await look(town);
  await followLedger(town, log);
  return { town, log, read: logInFolder(join(folder, 'public')), folder };
}

async function look(town: Town): Promise<void> {
  await inTransaction(town.db.pool, (client) =>
    addLedgerEvent(client, town.district, {
      kind: 'look',
      at: 1_700_000_000_000,
      body: { post: 'P1', purpose: 'handle' },
    }),
  );
}

/** The town's own service may not do this; whoever holds the database may. */
function asOwner(town: Town): (sql: string) => Promise<unknown> {
  return (sql) => withClient(town.db.admin, (client) => client.query(sql));
}

test('every fact and every look becomes a leaf, once, and what is told now is what was written', async (t) => {
  const { town, log, read } = await kept(t);
  const { rows } = await town.db.pool.query<{ facts: number }>('SELECT count(*)::int AS facts FROM fact');
  assert.equal(log.size(), rows[0]!.facts + 1);
  assert.equal(await followLedger(town, log), 0);
  assert.deepEqual(await auditLedger(town, read), { leaves: log.size(), erased: 0, findings: [] });
  await takeInAll(town, [lampSignal('3', { found: true })]);
  assert.ok((await followLedger(town, log)) > 0);
  assert.deepEqual(codes(await auditLedger(town, read)), []);
  await log.close();
});

test('a kill between the rows and the leaves costs nothing: the same leaves are written anew', async (t) => {
  const { town, log, read, folder } = await kept(t);
  const root = log.checkpoint().split('\n')[2];
  await log.close();
  await rm(join(folder, 'journal'));
  await rm(join(folder, 'public'), { recursive: true });
  const again = await openLog(folder, await openLogKey(folder, 'ledger.example/stone'));
  await followLedger(town, again);
  assert.equal(again.checkpoint().split('\n')[2], root);
  assert.deepEqual(codes(await auditLedger(town, read)), []);
  await again.close();
});

test('a changed fact, a re-dated case, a dropped look are each found, and said which', async (t) => {
  const { town, log, read } = await kept(t);
  const admin = asOwner(town);
  await admin(
    `UPDATE fact SET data = jsonb_set(data::jsonb, '{kind}', '"road.water"')::json WHERE position = 1`,
  );
  const changed = await auditLedger(town, read);
  assert.deepEqual(codes(changed), ['changed']);
  const held = changed.findings[0]?.held;
  assert.equal(held?.kind === 'fact' && held.position, 1);
  await admin(`UPDATE fact SET occurred_at = occurred_at + interval '1 day' WHERE position = 2`);
  assert.deepEqual(codes(await auditLedger(town, read)), ['changed', 'redated']);
  await admin('DELETE FROM ledger_event');
  const dropped = await auditLedger(town, read);
  assert.deepEqual(codes(dropped), ['changed', 'redated', 'dropped']);
  assert.equal(dropped.findings[2]!.held?.kind, 'look');
  await log.close();
});

test('a backup restored from yesterday is found, stops the ledger, and can be gone on from in the open', async (t) => {
  const { town, log, read } = await kept(t);
  const admin = asOwner(town);
  const { rows } = await town.db.pool.query<{ position: number }>('SELECT position FROM log_head');
  await takeInAll(town, [lampSignal('9', { found: true })]);
  await followLedger(town, log);
  const today = log.size();
  // Yesterday's database: without the last facts and what was computed from them.
  const then = rows[0]!.position;
  await admin(`DELETE FROM fact WHERE position > ${then}`);
  await admin(`UPDATE log_head SET position = ${then}`);
  await admin(`DELETE FROM ledger_leaf WHERE fact > ${then}`);
  await admin(`UPDATE follower SET position = ${then} WHERE name = 'ledger'`);
  await assert.rejects(followLedger(town, log), { code: 'database-behind' });
  const audit = await auditLedger(town, read);
  assert.ok(audit.findings.length > 0 && codes(audit).every((code) => code === 'database-behind'));
  assert.equal(await acceptLoss(town, log, 1_700_000_000_000), audit.findings.length);
  assert.equal(await followLedger(town, log), 1);
  assert.equal(log.size(), today + 1);
  assert.ok(codes(await auditLedger(town, read)).every((code) => code === 'lost'));
  await log.close();
});

test('erasing a salt leaves the proof and takes the comparison away', async (t) => {
  const { town, log, read } = await kept(t);
  await town.db.pool.query('UPDATE ledger_leaf SET salt = NULL WHERE leaf = 0');
  assert.deepEqual(await auditLedger(town, read), { leaves: log.size(), erased: 1, findings: [] });
  await log.close();
});

test('changed tiles are found', async (t) => {
  const { town, log, folder } = await kept(t);
  const other = await mkdtemp(join(tmpdir(), 'gezhi-ledger-'));
  t.after(() => rm(other, { recursive: true, force: true }));
  await cp(join(folder, 'public'), other, { recursive: true });
  const read = logInFolder(other);
  const cut: ReadLog = async (path) => {
    const bytes = await read(path);
    if (!path.startsWith('tile/entries') || !bytes) return bytes;
    return Buffer.from(
      Buffer.from(bytes).toString('latin1').replace('"type":"opened"', '"type":"oqened"'),
      'latin1',
    );
  };
  assert.deepEqual(codes(await auditLedger(town, cut)), ['changed', 'tiles-changed']);
  await log.close();
});
