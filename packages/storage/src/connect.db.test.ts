import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import pg from 'pg';
import { openDatabase, openPool, withClient } from './connect.ts';
import { onBothVersions, testDatabase } from './testing.ts';

function toyMigrations(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-connect-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const sql = 'CREATE TABLE fact (n int); GRANT INSERT, SELECT ON fact TO gezhi_service;';
  writeFileSync(join(folder, '0001_make_fact.sql'), sql);
  return folder;
}

/** A made-up user on the test server, and the url with which they open a database of their own. */
async function userUrl(t: TestContext, may: string, version: 18 | 15): Promise<string> {
  const { admin } = await testDatabase(t, { version, migrationsDir: toyMigrations(t) });
  const name = `gezhi_test_user_${randomBytes(4).toString('hex')}`;
  await withClient(admin, (client) => client.query(`CREATE ROLE ${name} LOGIN PASSWORD 'plain' ${may}`));
  t.after(() =>
    withClient({ ...admin, database: 'postgres' }, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await client.query(`DROP OWNED BY ${name}`);
      await client.query(`DROP ROLE ${name}`);
    }),
  );
  return `postgres://${name}:plain@localhost:${admin.port}/${name}?host=${encodeURIComponent(admin.host ?? '')}`;
}

const denied = { code: '42501' };

for (const table of ['fact', 'migration']) {
  test(`the service can add to the log and read it; it cannot change ${table}`, async (t) => {
    const { pool } = await testDatabase(t);
    await pool.query(`SELECT * FROM ${table}`);
    for (const sql of [
      `DELETE FROM ${table}`,
      `TRUNCATE ${table}`,
      `ALTER TABLE ${table} ADD x int`,
      `DROP TABLE ${table}`,
    ]) {
      await assert.rejects(pool.query(sql), denied, sql);
    }
    const change = table === 'fact' ? 'UPDATE fact SET seq = 2' : 'UPDATE migration SET number = 2';
    await assert.rejects(pool.query(change), denied);
    await assert.rejects(pool.query('SET ROLE gezhi_owner'), denied);
    await assert.rejects(pool.query('SET ROLE postgres'), denied);
  });
}

onBothVersions(
  'at a url, the service works in its role with a user that may make roles',
  async (t, version) => {
    if (process.env.DATABASE_URL) return t.skip('needs the test server of this checkout');
    const migrationsDir = toyMigrations(t);
    const admin = await testDatabase(t, { version, migrationsDir });
    // On a server of its own the roles are the user's; here they are there already and are lent.
    const url = await userUrl(t, 'CREATEDB CREATEROLE IN ROLE gezhi_owner, gezhi_service', version);
    const db = await openDatabase({ url, migrationsDir });
    try {
      assert.equal(Math.floor(db.serverVersion / 10_000), version);
      await db.pool.query('INSERT INTO fact VALUES (1)');
      const { rows } = await db.pool.query('SELECT n, current_user FROM fact');
      assert.deepEqual(rows, [{ n: 1, current_user: 'gezhi_service' }]);
      await assert.rejects(db.pool.query('DELETE FROM fact'), denied);
      assert.equal(db.embedded, undefined);
    } finally {
      await db.close();
      await admin.close();
    }
  },
);

test('at a url, a user who may not make the roles is told what to ask for', async (t) => {
  if (process.env.DATABASE_URL) return t.skip('needs the test server of this checkout');
  const url = await userUrl(t, 'CREATEDB', 18);
  await assert.rejects(
    openDatabase({ url }),
    /Let an administrator run: .*GRANT gezhi_owner, gezhi_service TO gezhi_test_user/,
  );
});

test('a url that leads nowhere says so without its password', async () => {
  await assert.rejects(openDatabase({ url: 'postgres://u:secret@127.0.0.1:1/gezhi' }), (error: Error) => {
    assert.match(error.message, /No connection to 127\.0\.0\.1:1.*Check DATABASE_URL/);
    assert.doesNotMatch(error.message, /secret/);
    return true;
  });
  await assert.rejects(openDatabase({ url: 'mysql://u@h/d' }), { code: 'bad-database-url' });
});

test('the parsers of pg itself stay as they are', () => {
  assert.equal(pg.types.getTypeParser(20)('7'), '7');
});

test('a statement of the pool runs no longer than it may', async (t) => {
  const { admin } = await testDatabase(t);
  const pool = openPool(admin, true, { statementMs: 100, connectionsMax: 1 });
  t.after(() => pool.end());
  await assert.rejects(pool.query('SELECT pg_sleep(30)'), { code: '57014' });
  assert.equal((await pool.query('SELECT 1 AS one')).rows[0].one, 1);
});
