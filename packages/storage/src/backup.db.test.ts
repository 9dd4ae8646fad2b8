import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { backup, readManifest, restore } from './backup.ts';
import { type Db, openDatabase } from './connect.ts';
import type { MajorVersion } from './embedded/binaries.ts';
import { onBothVersions } from './testing.ts';

function folders(t: TestContext): {
  top: string;
  dataDir: string;
  target: string;
  restored: string;
  toy: string;
} {
  const top = mkdtempSync(join(tmpdir(), 'gezhi-backup-'));
  chmodSync(top, 0o755);
  t.after(async () => {
    for (const db of open.splice(0)) await db.close();
    rmSync(top, { recursive: true, force: true });
  });
  const toy = join(top, 'migrations');
  mkdirSync(toy);
  writeFileSync(
    join(toy, '0001_make.sql'),
    'CREATE TABLE fact (n int PRIMARY KEY, pad text); GRANT INSERT, SELECT ON fact TO gezhi_service;',
  );
  return {
    top,
    dataDir: join(top, 'data'),
    target: join(top, 'backup'),
    restored: join(top, 'restored'),
    toy,
  };
}

/** What is closed before the folders of the test are removed. */
const open: Db[] = [];

async function opened(dataDir: string, migrationsDir: string, version?: MajorVersion): Promise<Db> {
  const db = await openDatabase({ dataDir, migrationsDir, version });
  open.push(db);
  return db;
}

/** Writes facts one by one until `stop`; `acknowledged` is how many the database has confirmed. */
function writer(db: Db): { acknowledged(): number; stop(): Promise<void> } {
  let n = 0;
  let going = true;
  const work = (async () => {
    while (going) {
      await db.pool.query(
        'INSERT INTO fact SELECT i, repeat(md5(i::text), 40) FROM generate_series($1::int, $2) i',
        [n + 1, n + 20],
      );
      n += 20;
    }
  })();
  return {
    acknowledged: () => n,
    stop: async () => {
      going = false;
      await work;
    },
  };
}

onBothVersions('a backup taken under load restores to what was acknowledged', async (t, version) => {
  const { dataDir, target, restored, toy } = folders(t);
  const db = await opened(dataDir, toy, version);
  writeFileSync(join(dataDir, 'photo.jpg'), 'light');
  const load = writer(db);
  while (load.acknowledged() < 200) await new Promise(setImmediate);
  const before = load.acknowledged();
  let seen = 0;
  const manifest = await backup(db, dataDir, target, {
    progress: ({ files }) => {
      seen = files;
    },
  });
  await load.stop();
  assert.ok(seen > 100);
  assert.equal(manifest.migration, 1);
  await db.close();

  await restore(target, restored, { version });
  const copy = await opened(restored, toy, version);
  const { rows } = await copy.pool.query<{ count: number; max: number; sound: boolean }>(
    'SELECT count(*) AS count, max(n) AS max, bool_and(pad = repeat(md5(n::text), 40)) AS sound FROM fact',
  );
  const [{ count, max, sound } = { count: 0, max: 0, sound: false }] = rows;
  assert.ok(count >= before, `${count} rows restored, ${before} were acknowledged before the backup began`);
  assert.equal(max, count, 'no row is missing in between');
  assert.ok(sound);
  assert.equal(readFileSync(join(restored, 'photo.jpg'), 'utf8'), 'light');
});

test('a backup that was changed by one byte is refused, and so are full folders and other versions', async (t) => {
  const { dataDir, target, restored, toy } = folders(t);
  const db = await opened(dataDir, toy);
  const manifest = await backup(db, dataDir, target);
  await assert.rejects(backup(db, dataDir, target), { code: 'target-not-empty' });
  await assert.rejects(restore(target, dataDir), { code: 'target-not-empty' });
  await assert.rejects(restore(target, restored, { version: 15 }), { code: 'other-version' });
  assert.deepEqual(readManifest(target), manifest);
  appendFileSync(join(target, 'postgres', 'PG_VERSION'), ' ');
  await assert.rejects(restore(target, restored), /postgres\/PG_VERSION has changed/);
  assert.deepEqual(readdirSync(restored), [], 'what was half restored is gone');
  appendFileSync(join(target, 'backup.json'), ' \n');
  await assert.rejects(restore(target, restored), { code: 'not-a-backup' });
});
