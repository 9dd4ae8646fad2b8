import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { isRefusal } from '@gezhi/basis';
import { testDatabase } from '@gezhi/storage/testing';
import type pg from 'pg';
import { type MasterKeys, masterKeysIn } from './master-keys.ts';
import { type Look, openVault, type Purpose, type Vault } from './vault.ts';

const TOWN = '990009';
const NOW = 1_700_000_000_000;
const DAY = 86_400_000;
const PURPOSES: readonly Purpose[] = [
  { id: 'handle', basis: 'made up', fields: ['name', 'phone'] },
  { id: 'own', basis: 'made up', fields: ['phone'], finds: true },
  { id: 'court', basis: 'made up', fields: ['name', 'phone'], readsStored: true },
];
const reading = (purpose: string): { purpose: string; by: { post: string }; at: number } => ({
  purpose,
  by: { post: 'P1' },
  at: NOW,
});

type Kept = {
  readonly vault: Vault;
  readonly pool: pg.Pool;
  readonly keys: MasterKeys;
  readonly path: string;
  readonly looks: Look[];
};

async function kept(t: TestContext, suite: 'aes' | 'sm' = 'aes'): Promise<Kept> {
  const folder = await mkdtemp(join(tmpdir(), 'gezhi-vault-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, 'keys.json');
  const { pool } = await testDatabase(t);
  const keys = await masterKeysIn(path, suite);
  const looks: Look[] = [];
  const vault = openVault({
    keys,
    purposes: PURPOSES,
    suite,
    looked: async (_, look) => void looks.push(look),
  });
  const put = await vault.putFields(pool, TOWN, [
    { person: 'a', field: 'name', value: '赵某（虚构）' },
    { person: 'a', field: 'phone', value: '138 0000 0000', phone: '138 0000 0000' },
    { person: 'a', field: 'address', value: '三组水井旁' },
    { person: 'b', field: 'phone', value: '+86 13800000000', phone: '+86 13800000000' },
  ]);
  assert.equal(put, undefined);
  return { vault, pool, keys, path, looks };
}

for (const suite of ['aes', 'sm'] as const) {
  test(`fields are read for a purpose, those it names and no others, and each look is told (${suite})`, async (t) => {
    const { vault, pool, looks } = await kept(t, suite);
    const fields = await vault.getFields(pool, TOWN, 'a', reading('handle'));
    assert.deepEqual(fields, { name: '赵某（虚构）', phone: '138 0000 0000' });
    assert.deepEqual(looks, [
      { district: TOWN, person: 'a', fields: ['name', 'phone'], ...reading('handle') },
    ]);
    const refusal = await vault.getFields(pool, TOWN, 'a', reading('curiosity'));
    assert.ok(isRefusal(refusal) && refusal.code === 'no-purpose');
    assert.deepEqual(await vault.getFields(pool, TOWN, 'nobody', reading('handle')), {});
  });
}

test('people are found by their number however it was written, by who may, and nothing of them lies in clear', async (t) => {
  const { vault, pool } = await kept(t);
  assert.deepEqual(await vault.findByPhone(pool, TOWN, '(0086)138-0000-0000', reading('own')), ['a', 'b']);
  assert.deepEqual(await vault.findByPhone(pool, '990010', '13800000000', reading('own')), []);
  assert.ok(isRefusal(await vault.findByPhone(pool, TOWN, '13800000000', reading('handle'))));
  assert.ok(isRefusal(await vault.findByPhone(pool, TOWN, 'none', reading('own'))));
  const { rows } = await pool.query<{ sealed: Buffer; lookup: Buffer | null }>(
    'SELECT sealed, lookup FROM vault_field',
  );
  for (const { sealed, lookup } of rows) {
    const text = sealed.toString('latin1') + (lookup ?? '').toString();
    assert.doesNotMatch(text, /1380|赵|水井/);
  }
});

test('a field moved to another person, or to another field, does not open', async (t) => {
  const { vault, pool } = await kept(t);
  await pool.query(`UPDATE vault_field SET field = 'name' WHERE person = 'b'`);
  await assert.rejects(vault.getFields(pool, TOWN, 'b', reading('handle')), { code: 'seal-broken' });
  await pool.query(
    `UPDATE vault_person SET sealed_key = (SELECT sealed_key FROM vault_person WHERE person = 'b') WHERE person = 'a'`,
  );
  await assert.rejects(vault.getFields(pool, TOWN, 'a', reading('handle')), { code: 'seal-broken' });
});

test('where a look cannot be written down, nothing is told', async (t) => {
  const { pool, keys } = await kept(t);
  const looked = async (): Promise<void> => {
    throw new Error('the ledger is away');
  };
  const strict = openVault({ keys, purposes: PURPOSES, looked });
  await assert.rejects(strict.getFields(pool, TOWN, 'a', reading('handle')), /ledger is away/);
});

test('a new master key wraps everybody while they are read, stops anywhere and goes on, and the old one can go', async (t) => {
  const { vault, pool, keys, path } = await kept(t);
  const before = await keys.current();
  const other = await masterKeysIn(path);
  await keys.renew();
  assert.equal(await vault.rewrap(pool, TOWN, 1, () => true), 1);
  assert.deepEqual(Object.keys((await vault.getFields(pool, TOWN, 'a', reading('handle'))) as object), [
    'name',
    'phone',
  ]);
  assert.equal(await vault.rewrap(pool, TOWN, 1), 1);
  assert.equal(await vault.rewrap(pool, TOWN), 0);
  assert.deepEqual(await keys.dropOld(), [before]);
  // A process that was running meanwhile reads the file anew.
  const late = openVault({ keys: other, purposes: PURPOSES, looked: async () => undefined });
  assert.deepEqual(await late.getFields(pool, TOWN, 'b', reading('handle')), { phone: '+86 13800000000' });
});

test('erasing destroys the key; while a term runs, only the law’s own purpose reads, and it is said why', async (t) => {
  const { vault, pool } = await kept(t);
  const term = { until: NOW + DAY, reason: 'a case in court' };
  assert.deepEqual(await vault.erase(pool, TOWN, 'a', { now: NOW, term }), { erased: false, ...term });
  const refusal = await vault.getFields(pool, TOWN, 'a', reading('handle'));
  assert.ok(isRefusal(refusal) && refusal.code === 'storage-only');
  assert.equal(refusal.details?.reason, 'a case in court');
  assert.deepEqual(await vault.findByPhone(pool, TOWN, '13800000000', reading('own')), ['b']);
  assert.ok(!isRefusal(await vault.getFields(pool, TOWN, 'a', reading('court'))));
  assert.deepEqual(await vault.erase(pool, TOWN, 'a', { now: term.until, term }), { erased: true });
  assert.deepEqual(await vault.getFields(pool, TOWN, 'a', reading('court')), {});
  const { rows } = await pool.query(`SELECT sealed_key, erased_at FROM vault_person WHERE person = 'a'`);
  assert.equal(rows[0].sealed_key, null);
  assert.equal(rows[0].erased_at, term.until);
  const again = await vault.putFields(pool, TOWN, [{ person: 'a', field: 'name', value: 'x' }]);
  assert.ok(isRefusal(again) && again.code === 'person-erased');
});

test('the file of master keys is for its owner alone', { skip: process.platform === 'win32' }, async (t) => {
  const { path } = await kept(t);
  assert.equal((await stat(path)).mode & 0o777, 0o600);
  await chmod(path, 0o644);
  await assert.rejects(masterKeysIn(path), { code: 'keys-exposed' });
  assert.match(await readFile(path, 'utf8'), /"current"/);
});
