import { Fault } from '@gezhi/basis';
import pg from 'pg';
import type { MajorVersion } from './embedded/binaries.ts';
import { DATABASE, type EmbeddedServer, launchPostgres } from './embedded/launch.ts';
import type { UserRole } from './embedded/users.ts';
import { MIGRATIONS_DIR, migrate } from './migrate.ts';
import { ensureDatabase, ensureRoles, SERVICE_ROLE } from './roles.ts';
import { goBy, knowClients } from './sealed-columns.ts';
import { SESSION_SETTINGS, valueTypes } from './values.ts';

/** An open database, migrated. */
export type Db = {
  /** Connections of the service's role: on `fact` they may INSERT and SELECT, and nothing else. */
  readonly pool: pg.Pool;
  /** As PostgreSQL counts: 180004 is 18.4. */
  readonly serverVersion: number;
  /** How to reach the same database as the user who migrates it; for backups and the shell, never for requests. */
  readonly admin: pg.ClientConfig;
  /** The server in the data folder; `undefined` where `url` names another one. */
  readonly embedded: EmbeddedServer | undefined;
  /** Ends all connections; the last user of an embedded server stops it. Calling it twice is harmless. */
  close(): Promise<void>;
};

export type OpenOptions = ({ readonly dataDir: string } | { readonly url: string }) & {
  /** Of an embedded server: the service, or a command beside it. */
  readonly as?: UserRole;
  readonly version?: MajorVersion;
  readonly migrationsDir?: string;
  /** How many connections at most (default 16): two cores are busy with fewer. */
  readonly connectionsMax?: number;
  /** How long one statement of the pool may run, in milliseconds; without end where left out (commands, migrations). */
  readonly statementMs?: number;
  readonly log?: (line: string) => void;
};

const VERSION_MIN = 150_000;

/**
 * Opens the database of an installation: the embedded server in `dataDir`, or the server and database that `url` names. Makes database
 * and roles where they are absent and brings the schema up to date.
 *
 * @throws Fault of `launchPostgres`, `ensureRoles` and `migrate`; `database-too-old` below PostgreSQL 15; `no-database` where nobody
 *   answers at `url`
 */
export async function openDatabase(options: OpenOptions): Promise<Db> {
  if ('url' in options) return await openAt(urlConfig(options.url), options, undefined);
  const server = await launchPostgres(options);
  try {
    return await openAt({ ...server.connection }, options, server);
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function openAt(
  admin: pg.ClientConfig,
  options: OpenOptions,
  embedded: EmbeddedServer | undefined,
): Promise<Db> {
  const serverVersion = await prepare(admin, embedded !== undefined);
  await withClient(admin, (client) => migrate(client, options.migrationsDir ?? MIGRATIONS_DIR));
  const pool = openPool(admin, embedded !== undefined, options);
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    await pool.end();
    await embedded?.stop();
  };
  const close = (): Promise<void> => {
    closing ??= end();
    return closing;
  };
  return { pool, serverVersion, admin, embedded, close };
}

/**
 * Connections of the service's role. On our own server they log in as it, so that no SQL leads out of it; elsewhere they log in as the
 * given user and take the role on.
 */
export function openPool(
  admin: pg.ClientConfig,
  ownServer: boolean,
  options: Pick<OpenOptions, 'connectionsMax' | 'log' | 'statementMs'> = {},
): pg.Pool {
  const pool = new pg.Pool({
    ...admin,
    ...(ownServer ? { user: SERVICE_ROLE } : {}),
    options: [admin.options, SESSION_SETTINGS, ownServer ? '' : `-c role=${SERVICE_ROLE}`].join(' ').trim(),
    types: valueTypes,
    max: options.connectionsMax ?? 16,
    ...(options.statementMs ? { statement_timeout: options.statementMs } : {}),
    application_name: 'gezhi',
    connectionTimeoutMillis: 10_000,
  });
  knowClients(pool);
  // An idle connection that breaks (the server restarts) is replaced at the next use.
  pool.on('error', (error) => options.log?.(`A connection to the database broke: ${error.message}`));
  // One that breaks in somebody's hands, between two of their queries, fails the next of them; that one tells.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

/** Opens a connection with our value types for one piece of work, and ends it. */
export async function withClient<T>(
  config: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const options = [config.options, SESSION_SETTINGS].join(' ').trim();
  const client = new pg.Client({ ...config, options, types: valueTypes });
  client.on('error', () => undefined); // A connection that breaks fails the query that runs on it; that one tells.
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * The same as the user who migrates: for what the service's role may not do. What it reads and writes is opened and sealed as over the pool.
 */
export async function withAdmin<T>(
  { admin, pool }: Pick<Db, 'admin' | 'pool'>,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  return await withClient(admin, (client) => {
    goBy(client, pool);
    return work(client);
  });
}

/** Roles and database; answers the version of the server. */
async function prepare(admin: pg.ClientConfig, ownServer: boolean): Promise<number> {
  const database = admin.database ?? DATABASE;
  const maintenance = ownServer || !(await isThere(admin)) ? { ...admin, database: 'postgres' } : admin;
  return await withClient(maintenance, async (client) => {
    const version = await requireVersion(client);
    await ensureRoles(client, ownServer);
    await ensureDatabase(client, database);
    return version;
  });
}

async function requireVersion(client: pg.Client): Promise<number> {
  const { rows } = await client.query<{ version: number; said: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS said`,
  );
  const { version = 0, said } = rows[0] ?? {};
  if (version >= VERSION_MIN) return version;
  throw new Fault('database-too-old', `The server is PostgreSQL ${said}; Gezhi needs 15 or newer.`, {
    hint: 'Upgrade it, or leave DATABASE_URL out to use the server that comes with Gezhi.',
  });
}

/** Whether the database that `url` names exists. @throws Fault `no-database` where nobody answers or lets us in */
async function isThere(admin: pg.ClientConfig): Promise<boolean> {
  try {
    return await withClient(admin, async () => true);
  } catch (cause) {
    if (cause instanceof pg.DatabaseError && cause.code === '3D000') return false;
    throw new Fault(
      'no-database',
      `No connection to ${admin.host}:${admin.port}: ${(cause as Error).message}.`,
      {
        cause,
        hint: 'Check DATABASE_URL: host, port, user, password, database.',
      },
    );
  }
}

/** What `pg` needs to reach the server that a url names. @throws Fault `bad-database-url` */
export function urlConfig(url: string): pg.ClientConfig {
  const { protocol } = new URL(url);
  if (protocol !== 'postgres:' && protocol !== 'postgresql:') {
    throw new Fault('bad-database-url', `DATABASE_URL begins with "${protocol}".`, {
      hint: 'Write postgres://user:password@host:5432/gezhi.',
    });
  }
  // `pg` reads the url itself (sockets, TLS, escapes, PGUSER…); we only take what it read.
  const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
  const options = new URL(url).searchParams.get('options') ?? undefined;
  return { host, port, user, password: password ?? undefined, database: database ?? DATABASE, ssl, options };
}
