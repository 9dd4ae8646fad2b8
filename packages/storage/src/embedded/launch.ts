import { accessSync, constants, mkdirSync } from 'node:fs';
import { Fault } from '@gezhi/basis';
import type { MajorVersion } from './binaries.ts';
import { SUPERUSER } from './cluster.ts';
import { ensureRunning } from './ensure-running.ts';
import { withMutex } from './mutex.ts';
import { type ServerPaths, serverPaths } from './paths.ts';
import { type Postmaster, stopPostmaster } from './postmaster.ts';
import { superviseServer } from './supervise.ts';
import { livingUsers, registerUser, type ServerUser, type UserRole, unregisterUser } from './users.ts';

/*
 * The embedded PostgreSQL, and its traps:
 *
 * - It refuses to run as root: it gets an account of its own (`account.ts`), to which cluster and socket folder are given.
 * - That account often cannot enter /root, where npm may have put the programs: they are copied out (`binaries.ts`).
 * - The data folder itself may lie in a closed folder: the server is then told to work in its own cwd (`reachableName`).
 * - A socket's path holds 107 bytes: under a long data folder the socket goes to the folder for temporary files (`paths.ts`).
 * - Ctrl-C reaches every process of a terminal: the server gets a session of its own, or it would stop before the service that
 *   is still writing its last facts.
 * - A service killed by -9 leaves its server running, and rightly so: the next start adopts it. A server that is
 *   stopping or recovering is waited for (`start.ts`).
 * - postmaster.pid outlives kill -9, and its number may be somebody else's by now. It is never deleted here: with it goes the key
 *   of the shared memory, by which a new server sees backends of the old one still at work, and two servers on one cluster
 *   destroy it. PostgreSQL is told which number is stale instead (`postmaster.ts`).
 * - Its log repeats what residents wrote, unless told not to (`settings.ts`).
 * - Two services on one data folder would each believe themselves alone: one owner, many guests, and the last to leave
 *   stops the server (`users.ts`), all under one mutex that no dead process holds (`mutex.ts`).
 * - Processes of another container on the same volume cannot be seen from here: never mount one data folder into two.
 */

/** What a client of `pg` needs to reach the server as its superuser. */
export type ServerConnection = {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
};

export type LaunchOptions = {
  readonly dataDir: string;
  readonly version?: MajorVersion;
  /** `owner`: the service, one at a time. `guest`: a command, beside the service or without it. */
  readonly as?: UserRole;
  /** Told one line at a time what takes long or is out of the ordinary. */
  readonly log?: (line: string) => void;
  /** False only for tests that throw the server away: no fsync. */
  readonly durable?: boolean;
  /** Stop this use of the server on SIGINT, SIGTERM and SIGHUP. A service that shuts down by itself leaves this off. */
  readonly stopOnSignals?: boolean;
};

export type EmbeddedServer = {
  readonly connection: ServerConnection;
  readonly version: MajorVersion;
  /** Of the server now: one that died (kill -9, the kernel when memory runs out) is started again while its owner lives. */
  readonly pid: number;
  /** The data directory of PostgreSQL itself, inside the data folder. */
  readonly cluster: string;
  /** Whether this use is the service's, rather than a command's. */
  readonly ownsServer: boolean;
  /** Whether the server was already running: a service works beside us, or one that was killed left it. */
  readonly adopted: boolean;
  /**
   * Ends this use. The last user stops the server and waits until it has: all is then on disk and the next start needs no recovery.
   * Calling it twice is harmless.
   */
  stop(): Promise<'stopped' | 'left-running'>;
};

export const DATABASE = 'gezhi';

/**
 * Makes sure that a PostgreSQL runs on the data folder, and answers how to reach it. The first call makes the cluster (≈ 1 s), later
 * ones start it (≈ 0.2 s, longer after a crash) or find it running.
 *
 * @throws Fault `owner-lives` where another service works on this data folder; `other-version` where another major version of
 *   PostgreSQL made the cluster; `start-failed` with the last lines of the server's log
 */
export async function launchPostgres(options: LaunchOptions): Promise<EmbeddedServer> {
  const paths = serverPaths(options.dataDir);
  const role = options.as ?? 'owner';
  requireUnix();
  makeDataDir(paths.dataDir);
  return await withMutex(paths.mutex, async () => {
    if (role === 'owner') refuseSecondOwner(paths);
    const user = registerUser(paths.users, role);
    try {
      const { postmaster, adopted } = await ensureRunning(paths, options);
      return handleOf(paths, options, user, postmaster, adopted);
    } catch (error) {
      unregisterUser(user);
      throw error;
    }
  });
}

/** The living users of the server on a data folder: who works there, for messages and for commands that must be alone. */
export function usersOf(dataDir: string): readonly ServerUser[] {
  return livingUsers(serverPaths(dataDir).users);
}

function requireUnix(): void {
  if (process.platform !== 'win32') return;
  throw new Fault('no-embedded-server', 'The embedded PostgreSQL runs on Linux and macOS.', {
    hint: 'On Windows start Gezhi in WSL, or set DATABASE_URL to a PostgreSQL server.',
  });
}

function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Fault('data-dir-closed', `${dataDir} cannot be made or written: ${(cause as Error).message}.`, {
      cause,
      hint: 'Choose another data folder, or start Gezhi as the account that owns it.',
    });
  }
}

function refuseSecondOwner(paths: ServerPaths): void {
  const owner = livingUsers(paths.users).find((user) => user.role === 'owner');
  if (!owner) return;
  throw new Fault('owner-lives', `Process ${owner.pid} already serves ${paths.dataDir}.`, {
    hint: `End it first (kill ${owner.pid}) or give this service a data folder of its own.`,
  });
}

function handleOf(
  paths: ServerPaths,
  options: LaunchOptions,
  user: ServerUser,
  postmaster: Postmaster,
  adopted: boolean,
): EmbeddedServer {
  const supervision = user.role === 'owner' ? superviseServer(paths, options, postmaster) : undefined;
  let stopping: Promise<'stopped' | 'left-running'> | undefined;
  const stop = (): Promise<'stopped' | 'left-running'> => {
    supervision?.end();
    stopping ??= leave(paths, user);
    return stopping;
  };
  if (options.stopOnSignals) stopOnSignals(stop);
  return {
    connection: {
      host: postmaster.socketDir,
      port: postmaster.port,
      user: SUPERUSER,
      database: DATABASE,
    },
    version: options.version ?? 18,
    get pid() {
      return supervision?.pid() ?? postmaster.process.pid;
    },
    cluster: paths.cluster,
    ownsServer: user.role === 'owner',
    adopted,
    stop,
  };
}

async function leave(paths: ServerPaths, user: ServerUser): Promise<'stopped' | 'left-running'> {
  return await withMutex(paths.mutex, async () => {
    unregisterUser(user);
    if (livingUsers(paths.users).length > 0) return 'left-running';
    await stopPostmaster(paths.cluster);
    return 'stopped';
  });
}

function stopOnSignals(stop: () => Promise<unknown>): void {
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(name, () => {
      stop().finally(() => process.kill(process.pid, name));
    });
  }
}
