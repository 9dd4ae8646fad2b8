import assert from 'node:assert/strict';
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { withClient } from '../connect.ts';
import { onBothVersions } from '../testing.ts';
import { isReachable } from './binaries.ts';
import { type EmbeddedServer, type LaunchOptions, launchPostgres, usersOf } from './launch.ts';
import { serverPaths } from './paths.ts';
import { findPostmaster, stopPostmaster } from './postmaster.ts';
import { isAlive } from './process-identity.ts';

const linux = process.platform === 'linux' ? false : 'reads /proc';
const root = process.geteuid?.() === 0 ? false : 'only root lends its server another account';

/** Where nothing is said about power cuts, the disk need not be waited for: a killed process leaves what it wrote to the system. */
const quick = { durable: false } as const;

function dataFolder(t: TestContext, within = ''): string {
  const top = mkdtempSync(join(tmpdir(), 'gezhi-launch-'));
  chmodSync(top, 0o755);
  const dataDir = join(top, within, 'data');
  t.after(async () => {
    for (const server of open.splice(0)) await server.stop();
    await stopPostmaster(serverPaths(dataDir).cluster);
    rmSync(top, { recursive: true, force: true });
    rmSync(serverPaths(dataDir).shortSocketDir, { recursive: true, force: true });
  });
  return dataDir;
}

/** What is stopped before the folder of the test is removed. */
const open: EmbeddedServer[] = [];

async function launch(options: LaunchOptions): Promise<EmbeddedServer> {
  const server = await launchPostgres(options);
  open.push(server);
  return server;
}

async function ask<Row extends object>(server: EmbeddedServer, sql: string): Promise<Row[]> {
  const config = { ...server.connection, database: 'postgres' };
  return await withClient(config, async (client) => (await client.query<Row>(sql)).rows);
}

/** A service in a process of its own, which says "ready" and then works until it is killed. */
async function startService(t: TestContext, dataDir: string): Promise<ChildProcess> {
  const code = `
    import { launchPostgres } from ${JSON.stringify(join(import.meta.dirname, 'launch.ts'))};
    await launchPostgres({ dataDir: process.argv[1], durable: false });
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  t.after(() => child.kill('SIGKILL'));
  await once(child.stdout!, 'data');
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  child.kill('SIGKILL');
  await once(child, 'exit');
}

onBothVersions('a first start makes a durable, checksummed cluster without a port', async (t, version) => {
  const server = await launch({ dataDir: dataFolder(t), version });
  const [settings] = await ask(
    server,
    `SELECT current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
       current_setting('full_page_writes') AS pages, current_setting('data_checksums') AS checksums,
       current_setting('listen_addresses') AS addresses, current_setting('jit') AS jit,
       current_setting('server_encoding') AS encoding, 'Z' < 'a' AND 'z' < 'é' AND '一' < '丁' AS by_code_point`,
  );
  assert.deepEqual(settings, {
    fsync: 'on',
    commit: 'on',
    pages: 'on',
    checksums: 'on',
    addresses: '',
    jit: 'off',
    encoding: 'UTF8',
    by_code_point: true,
  });
  assert.equal(
    statSync(server.connection.host).mode & 0o777,
    0o700,
    'only its account enters the socket folder',
  );
});

test('the server of a root service runs as somebody else', { skip: root || linux }, async (t) => {
  const server = await launch({ ...quick, dataDir: dataFolder(t) });
  const uid = /^Uid:\s+(\d+)/m.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8'))?.[1];
  assert.notEqual(uid, '0');
});

test('an ordinary user runs the server as themselves', { skip: root || linux }, async (t) => {
  const dataDir = dataFolder(t);
  const nobody = { uid: 65_534, gid: 65_534 };
  if (!isReachable(import.meta.dirname, { ...nobody, name: 'nobody', switched: true })) {
    t.skip('this checkout is closed to other users');
    return;
  }
  mkdirSync(dataDir);
  chownSync(dataDir, nobody.uid, nobody.gid);
  const code = `
    import { launchPostgres } from ${JSON.stringify(join(import.meta.dirname, 'launch.ts'))};
    const server = await launchPostgres({ dataDir: process.argv[1], durable: false });
    console.log(server.pid > 0, await server.stop());`;
  const options = { ...nobody, cwd: '/', encoding: 'utf8' } as const;
  const said = execFileSync(process.execPath, ['--input-type=module', '-e', code, dataDir], options);
  assert.equal(said, 'true stopped\n');
});

test('a stop is clean, and a later start finds what was written', async (t) => {
  const dataDir = dataFolder(t);
  const first = await launchPostgres({ ...quick, dataDir });
  await ask(first, 'CREATE TABLE t AS SELECT 7 AS n');
  assert.equal(await first.stop(), 'stopped');
  assert.equal(await first.stop(), 'stopped', 'a second stop is harmless');
  const second = await launch({ ...quick, dataDir });
  assert.deepEqual(await ask(second, 'SELECT n FROM t'), [{ n: 7 }]);
});

test('when the server is killed under its owner, it comes back with every acknowledged row', {
  skip: linux,
}, async (t) => {
  const server = await launch({ dataDir: dataFolder(t) });
  await ask(server, 'CREATE TABLE t (n int)');
  let acknowledged = 0;
  const before = server.pid;
  const writing = withClient({ ...server.connection, database: 'postgres' }, async (client) => {
    for (;;) {
      await client.query('INSERT INTO t VALUES ($1)', [acknowledged + 1]);
      acknowledged += 1;
    }
  });
  const broken = assert.rejects(writing);
  while (acknowledged < 50) await sleep(5);
  process.kill(before, 'SIGKILL');
  await broken;
  while (server.pid === before) await sleep(20);
  const [{ kept } = { kept: 0 }] = await ask<{ kept: number }>(server, 'SELECT count(*)::int AS kept FROM t');
  assert.ok(
    kept === acknowledged || kept === acknowledged + 1,
    `${kept} kept of ${acknowledged} acknowledged`,
  );
});

test('a server that a killed service left is adopted', { skip: linux }, async (t) => {
  const dataDir = dataFolder(t);
  const service = await startService(t, dataDir);
  const left = findPostmaster(serverPaths(dataDir).cluster);
  await kill(service);
  const next = await launch({ ...quick, dataDir });
  assert.ok(next.adopted);
  assert.equal(next.pid, left?.process.pid);
  assert.equal(await next.stop(), 'stopped');
  assert.ok(left && !isAlive(left.process));
});

test('a second service is refused and told who is first; a command works beside it', {
  skip: linux,
}, async (t) => {
  const dataDir = dataFolder(t);
  const service = await startService(t, dataDir);
  await assert.rejects(launchPostgres({ ...quick, dataDir }), (error: Error) => {
    assert.match(error.message, new RegExp(`Process ${service.pid} already serves .*kill ${service.pid}`));
    return true;
  });
  const command = await launch({ ...quick, dataDir, as: 'guest' });
  assert.equal(command.ownsServer, false);
  assert.deepEqual(await ask(command, 'SELECT 1 AS n'), [{ n: 1 }]);
  assert.equal(await command.stop(), 'left-running');
  assert.deepEqual(await ask(command, 'SELECT 2 AS n'), [{ n: 2 }], 'the service keeps its server');
});

test('a command without a service starts the server and stops it, and who leaves last stops it', async (t) => {
  const dataDir = dataFolder(t);
  const command = await launchPostgres({ ...quick, dataDir, as: 'guest' });
  const service = await launchPostgres({ ...quick, dataDir });
  assert.equal(usersOf(dataDir).length, 2);
  assert.equal(await command.stop(), 'left-running');
  assert.equal(await service.stop(), 'stopped');
  assert.equal(findPostmaster(service.cluster), undefined);
});

test('a stale postmaster.pid keeps nobody out, even when its number is a living process', async (t) => {
  const dataDir = dataFolder(t);
  const first = await launchPostgres({ ...quick, dataDir });
  const pidFile = join(first.cluster, 'postmaster.pid');
  const lines = readFileSync(pidFile, 'utf8').split('\n');
  await first.stop();
  // Of the server's own account: the only stranger that PostgreSQL itself would take for a server.
  const { uid } = statSync(first.cluster);
  const stranger = spawn('sleep', ['60'], root ? {} : { uid });
  t.after(() => stranger.kill());
  for (const pid of [stranger.pid, 4_000_000]) {
    writeFileSync(pidFile, [pid, ...lines.slice(1)].join('\n'));
    const again = await launchPostgres({ ...quick, dataDir });
    assert.equal(again.adopted, false);
    await again.stop();
  }
});

test('several starts at once meet on one server', async (t) => {
  const dataDir = dataFolder(t);
  const commands = await Promise.all([1, 2, 3].map(() => launchPostgres({ ...quick, dataDir, as: 'guest' })));
  assert.equal(new Set(commands.map((command) => command.pid)).size, 1);
  const ends = await Promise.all(commands.map((command) => command.stop()));
  assert.deepEqual(ends.sort(), ['left-running', 'left-running', 'stopped']);
});

test('a data folder with a long path gets a socket with a short one', async (t) => {
  const server = await launch({ ...quick, dataDir: dataFolder(t, '很长的路径'.repeat(8)) });
  assert.ok(Buffer.byteLength(join(server.connection.host, '.s.PGSQL.5432')) < 104);
  assert.deepEqual(await ask(server, 'SELECT 1 AS n'), [{ n: 1 }]);
});

test('root may keep its data in a folder that is closed to everybody else', {
  skip: root || linux,
}, async (t) => {
  const dataDir = dataFolder(t, 'closed');
  const closed = join(dataDir, '..');
  mkdirSync(closed, { recursive: true });
  chmodSync(closed, 0o700);
  const server = await launch({ ...quick, dataDir });
  await ask(server, 'CREATE DATABASE other');
  assert.deepEqual(await ask(server, 'SELECT 1 AS n'), [{ n: 1 }]);
  assert.equal(isReachable(dataDir, { uid: 65_534, gid: 65_534, name: 'nobody', switched: true }), false);
  await server.stop();
});

test('another major version is refused, and told what to do', async (t) => {
  const dataDir = dataFolder(t);
  const { cluster } = serverPaths(dataDir);
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'PG_VERSION'), '15\n');
  await assert.rejects(
    launchPostgres({ ...quick, dataDir }),
    /made by PostgreSQL 15, this is PostgreSQL 18.*export/,
  );
  assert.deepEqual(usersOf(dataDir), [], 'a refused start leaves no note behind');
});

test('a folder with other things in it is not taken for a cluster', async (t) => {
  const dataDir = dataFolder(t);
  const { cluster } = serverPaths(dataDir);
  mkdirSync(cluster, { recursive: true });
  writeFileSync(join(cluster, 'letter.txt'), '你好');
  await assert.rejects(launchPostgres({ ...quick, dataDir }), { code: 'not-a-cluster' });
});

test('a server that cannot start says why', async (t) => {
  const dataDir = dataFolder(t);
  const server = await launchPostgres({ ...quick, dataDir });
  await server.stop();
  writeFileSync(join(server.cluster, 'postgresql.conf'), 'shared_buffers = plenty\n');
  await assert.rejects(launchPostgres({ ...quick, dataDir }), /shared_buffers.*plenty/s);
});
