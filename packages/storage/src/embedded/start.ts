import { spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@gezhi/basis';
import type { Account } from './account.ts';
import { program } from './binaries.ts';
import { reachableName, serverEnv } from './cluster.ts';
import { type ServerPaths, SOCKET_PORT } from './paths.ts';
import { endOrphans, findPostmaster, type Postmaster, stalePid, stopPostmaster } from './postmaster.ts';
import { fixedSettings } from './settings.ts';

export type StartOptions = {
  readonly paths: ServerPaths;
  readonly native: string;
  readonly account: Account;
  readonly socketDir: string;
  readonly durable: boolean;
  /** Nobody else uses the server, so that one that runs with other settings or programs may be replaced. */
  readonly alone: boolean;
  readonly log: (line: string) => void;
};

/** Recovery reads back at most max_wal_size, twice over; on a slow disk that is minutes. */
const START_WAIT_MS = 600_000;
const POLL_MS = 20;

/**
 * Answers with the postmaster that accepts connections on the cluster: the one that runs, once it is ready, else a new one.
 * Call it under the mutex of the data folder.
 */
export async function startPostmaster(
  options: StartOptions,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const { cluster } = options.paths;
  const running = await settle(cluster, options.log);
  if (running && (!options.alone || runsAs(options))) return { postmaster: running, adopted: true };
  if (running) {
    options.log('PostgreSQL was left running by an older Gezhi or with other settings: it is started anew');
    await stopPostmaster(cluster);
  }
  await endOrphans(cluster);
  return { postmaster: await spawnPostmaster(options), adopted: false };
}

/** Waits for a server that is starting or stopping. */
async function settle(cluster: string, log: (line: string) => void): Promise<Postmaster | undefined> {
  let told: string | undefined;
  for (;;) {
    const found = findPostmaster(cluster);
    if (!found || found.status === 'ready') return found;
    if (told !== found.status) log(`PostgreSQL ${found.process.pid} is ${found.status}: waiting for it`);
    told = found.status;
    await sleep(POLL_MS);
  }
}

async function spawnPostmaster(options: StartOptions): Promise<Postmaster> {
  const { paths, native, account, log } = options;
  const stale = stalePid(paths.cluster);
  const env = stale ? { ...serverEnv(), PG_GRANDPARENT_PID: stale } : serverEnv();
  const logFile = openLog(paths.log);
  const child = spawn(program(native, 'postgres'), argumentsOf(options), {
    cwd: paths.cluster,
    env,
    detached: true,
    stdio: ['ignore', logFile.fd, logFile.fd],
    ...(account.switched ? { uid: account.uid, gid: account.gid } : {}),
  });
  closeSync(logFile.fd);
  child.unref();
  const ended = { code: undefined as number | string | undefined };
  child.once('exit', (code, by) => {
    ended.code = code ?? by ?? 'nothing';
  });
  child.once('error', (error) => {
    ended.code = error.message;
  });
  if (stale) log('PostgreSQL was not stopped properly last time: it recovers first');
  return await waitUntilReady(paths, child.pid, () => ended.code, logFile.size);
}

function argumentsOf({ paths, account, socketDir, durable }: StartOptions): string[] {
  const settings = fixedSettings(socketDir, durable);
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', reachableName(paths.cluster, account), '-p', String(SOCKET_PORT), ...flags];
}

/** Whether the server that runs was started as we would start it: postmaster.opts keeps its command line. */
function runsAs(options: StartOptions): boolean {
  const wanted = argumentsOf(options).map((argument) => `"${argument}"`);
  const started = readFileSync(join(options.paths.cluster, 'postmaster.opts'), 'utf8').trim();
  return started === [realpathSync(program(options.native, 'postgres')), ...wanted].join(' ');
}

async function waitUntilReady(
  paths: ServerPaths,
  pid: number | undefined,
  endedWith: () => number | string | undefined,
  logStart: number,
): Promise<Postmaster> {
  const giveUpAt = Date.now() + START_WAIT_MS;
  while (Date.now() < giveUpAt && endedWith() === undefined) {
    const found = findPostmaster(paths.cluster);
    if (found?.process.pid === pid && found?.status === 'ready') return found;
    await sleep(POLL_MS);
  }
  const how = endedWith() === undefined ? 'is not ready after ten minutes' : `ended with ${endedWith()}`;
  const said = readFileSync(paths.log).subarray(logStart).toString().trim().split('\n').slice(-8).join('\n');
  throw new Fault('start-failed', `PostgreSQL on ${paths.cluster} ${how}:\n${said}\n`, {
    hint: `Mend what these lines of ${paths.log} name and start again.`,
  });
}

const LOG_BYTES_MAX = 8 * 2 ** 20;

/** The server appends to one file; at a start a large one is put aside, so that two of them are kept. */
function openLog(file: string): { fd: number; size: number } {
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
  const fd = openSync(file, 'a', 0o600);
  return { fd, size: statSync(file).size };
}
