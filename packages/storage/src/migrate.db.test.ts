import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { withClient } from './connect.ts';
import { migrate, readMigrations } from './migrate.ts';
import { testDatabase } from './testing.ts';

/** A folder of migrations, by file name. */
function migrations(t: TestContext, files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'gezhi-migrations-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [file, sql] of Object.entries(files)) writeFileSync(join(folder, file), sql);
  return folder;
}

const NONE = {};
const FIRST = { '0001_make_a.sql': 'CREATE TABLE a (n int);' };
const TWO = { ...FIRST, '0002_make_b.sql': 'CREATE TABLE b (n int);' };

/** A database without a migration, and what runs the migrations of a folder on it. */
async function empty(t: TestContext): Promise<{
  run: (files: Record<string, string>) => Promise<number>;
  tables: () => Promise<readonly string[]>;
}> {
  const { admin } = await testDatabase(t, { migrationsDir: migrations(t, NONE) });
  const tables = `SELECT relname, pg_get_userbyid(relowner) AS owner FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname`;
  return {
    run: (files) => withClient(admin, (client) => migrate(client, migrations(t, files))),
    tables: async () => {
      const { rows } = await withClient(admin, (client) => client.query(tables));
      assert.ok(rows.every((row) => row.owner === 'gezhi_owner'));
      return rows.map((row) => row.relname);
    },
  };
}

test('migrations run once, in order, as the owner', async (t) => {
  const { run, tables } = await empty(t);
  assert.equal(await run(FIRST), 1);
  assert.equal(await run(TWO), 1);
  assert.equal(await run(TWO), 0);
  assert.deepEqual(await tables(), ['a', 'b', 'migration']);
});

test('several services that start at once migrate once', async (t) => {
  const { run } = await empty(t);
  const ran = await Promise.all([run(TWO), run(TWO), run(TWO)]);
  assert.deepEqual(ran.sort(), [0, 0, 2]);
});

test('an applied migration that was edited is refused; other line ends are no edit', async (t) => {
  const { run } = await empty(t);
  await run({ '0001_make_a.sql': 'CREATE TABLE a (\n  n int);' });
  assert.equal(await run({ '0001_make_a.sql': 'CREATE TABLE a (\r\n  n int);' }), 0);
  await assert.rejects(
    run({ '0001_make_a.sql': 'CREATE TABLE a (n text);' }),
    /0001_make_a\.sql .* new migration/,
  );
});

test('a database that is newer than the code is refused', async (t) => {
  const { run } = await empty(t);
  await run(TWO);
  await assert.rejects(run(FIRST), { code: 'database-newer' });
});

test('a migration that fails is named with its line and leaves nothing of itself', async (t) => {
  const { run, tables } = await empty(t);
  const broken = { ...FIRST, '0002_break.sql': 'CREATE TABLE b (n int);\nCREATE TABLE c (n nonsense);' };
  await assert.rejects(run(broken), /0002_break\.sql:2: type "nonsense" does not exist/);
  assert.deepEqual(await tables(), ['a', 'migration']);
  assert.equal(await run(TWO), 1, 'and can be run once it is mended');
});

test('numbers may be left out; what fills a gap later is run all the same', async (t) => {
  const { run, tables } = await empty(t);
  const third = { '0003_make_c.sql': 'CREATE TABLE c (n int);' };
  assert.equal(await run({ ...FIRST, ...third }), 2);
  assert.equal(await run({ ...TWO, ...third }), 1);
  assert.deepEqual(await tables(), ['a', 'b', 'c', 'migration']);
});

test('a beginning other than 0001, a number used twice or a name missing is refused', (t) => {
  const twice = { ...FIRST, '0001_make_b.sql': '' };
  assert.throws(() => readMigrations(migrations(t, twice)), /0002_<verb>\.sql should/);
  for (const file of ['0002_later.sql', '0001.sql', '1_make.sql', '0001_Make.sql']) {
    assert.throws(() => readMigrations(migrations(t, { [file]: '' })), /0001_<verb>\.sql should/, file);
  }
});
