import { createHash, randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Fault } from '@gezhi/basis';
import type pg from 'pg';
import { type Db, openPool, urlConfig, withClient } from './connect.ts';
import { hasBinaries, type MajorVersion } from './embedded/binaries.ts';
import { type EmbeddedServer, launchPostgres } from './embedded/launch.ts';
import { MIGRATIONS_DIR, migrate, readMigrations } from './migrate.ts';
import { ensureRoles, OWNER_ROLE } from './roles.ts';
import { keepTestServer } from './testing-watch.ts';

export type TestDatabaseOptions = {
  readonly version?: MajorVersion;
  readonly migrationsDir?: string;
  /** How many connections at most (default 8). */
  readonly connectionsMax?: number;
};

/**
 * A database of its own for one test, with the newest schema and no rows; dropped when the test ends. It lies on one throw-away server
 * that all test processes of this checkout share, or on the server that `DATABASE_URL` names.
 * `GEZHI_TEST_POSTGRES=15` chooses the oldest version that Gezhi supports.
 *
 * The first call on a machine takes about 1.5 s (making the server and the template), each further one about 0.05 s. The server stops
 * itself and removes its files a minute after its last user is gone.
 *
 * @param t the test's context, or anything with an `after` that runs when the database is to go
 */
export async function testDatabase(
  t: Pick<TestContext, 'after'>,
  options: TestDatabaseOptions = {},
): Promise<Db> {
  const server = await testServer(options.version ?? chosenVersion());
  const template = await ensureTemplate(server, options.migrationsDir ?? MIGRATIONS_DIR);
  const database = `gezhi_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await withClient(server.maintenance, async (client) => {
    await client.query(`CREATE DATABASE ${database} TEMPLATE ${template} OWNER ${OWNER_ROLE}`);
  });
  const admin = { ...server.maintenance, database };
  const pool = openPool(admin, server.embedded !== undefined, {
    connectionsMax: options.connectionsMax ?? 8,
  });
  let closed = false;
  const close = async (): Promise<void> => {
    if (closed) return;
    closed = true;
    await pool.end();
    await withClient(server.maintenance, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`));
  };
  t.after(close);
  return { pool, admin, serverVersion: server.serverVersion, embedded: server.embedded, close };
}

/**
 * Runs a test on the newest and on the oldest PostgreSQL that Gezhi supports. Where npm brought no binaries of one for this platform, or
 * `DATABASE_URL` names a server, that one is skipped with a line saying so.
 */
export function onBothVersions(
  name: string,
  work: (t: TestContext, version: MajorVersion) => Promise<void>,
): void {
  for (const version of [18, 15] as const) {
    test(`${name} (PostgreSQL ${version})`, { skip: reasonToSkip(version) }, (t) => work(t, version));
  }
}

function reasonToSkip(version: MajorVersion): string | false {
  if (process.env.DATABASE_URL && version !== 18) return 'DATABASE_URL names the one server to test on';
  if (process.env.DATABASE_URL || hasBinaries(version)) return false;
  return `npm brought no PostgreSQL ${version} for ${process.platform}-${process.arch}`;
}

function chosenVersion(): MajorVersion {
  const wanted = process.env.GEZHI_TEST_POSTGRES ?? '18';
  if (wanted === '18' || wanted === '15') return Number(wanted) as MajorVersion;
  throw new Fault('bad-test-version', `GEZHI_TEST_POSTGRES is "${wanted}".`, { hint: 'Write 18 or 15.' });
}

type TestServer = {
  /** Reaches the database `postgres`, from which others are made. */
  readonly maintenance: pg.ClientConfig;
  readonly embedded: EmbeddedServer | undefined;
  readonly serverVersion: number;
  readonly templates: Map<string, Promise<string>>;
};

const servers = new Map<MajorVersion, Promise<TestServer>>();

function testServer(version: MajorVersion): Promise<TestServer> {
  const known = servers.get(version);
  if (known) return known;
  const opening = openServer(version);
  servers.set(version, opening);
  return opening;
}

async function openServer(version: MajorVersion): Promise<TestServer> {
  const url = process.env.DATABASE_URL;
  const embedded = url ? undefined : await launchTestServer(version);
  const maintenance = url ? urlConfig(url) : { ...embedded!.connection, database: 'postgres' };
  const serverVersion = await withClient(maintenance, async (client) => {
    await ensureRoles(client, embedded !== undefined);
    const { rows } = await client.query<{ version: number }>(
      `SELECT current_setting('server_version_num')::int AS version`,
    );
    return rows[0]!.version;
  });
  return { maintenance, embedded, serverVersion, templates: new Map() };
}

/**
 * The server of this checkout's tests. Nobody stops it: a test process that ends is gone from its users, and its watcher sees when all
 * are.
 */
async function launchTestServer(version: MajorVersion): Promise<EmbeddedServer> {
  const checkout = createHash('sha256')
    .update(`${import.meta.dirname} ${process.geteuid?.()}`)
    .digest('hex');
  const dataDir = join(tmpdir(), `gezhi-test-${checkout.slice(0, 10)}-${version}`);
  const server = await launchPostgres({ dataDir, version, as: 'guest', durable: false });
  await keepTestServer(dataDir);
  return server;
}

function ensureTemplate(server: TestServer, migrationsDir: string): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of readMigrations(migrationsDir))
    hash.update(`${migration.file} ${migration.sha256}\n`);
  const name = `gezhi_template_${hash.digest('hex').slice(0, 16)}`;
  const known = server.templates.get(name);
  if (known) return known;
  const making = makeTemplate(server, name, migrationsDir).then(() => name);
  server.templates.set(name, making);
  return making;
}

/** Made by one process while the others wait; half a template, whose maker died, is thrown away. */
async function makeTemplate(server: TestServer, name: string, migrationsDir: string): Promise<void> {
  await withClient(server.maintenance, async (client) => {
    await client.query('SELECT pg_advisory_lock(hashtext($1))', [name]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1 AND datistemplate', [
      name,
    ]);
    if (rowCount === 1) return;
    await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    await client.query(`CREATE DATABASE ${name} OWNER ${OWNER_ROLE}`);
    await withClient({ ...server.maintenance, database: name }, (inside) => migrate(inside, migrationsDir));
    await client.query(`ALTER DATABASE ${name} IS_TEMPLATE true`);
  });
}
