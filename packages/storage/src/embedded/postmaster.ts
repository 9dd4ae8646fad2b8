import { existsSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@gezhi/basis';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';

/** A postmaster that lives on a cluster, as its own file postmaster.pid tells it. */
export type Postmaster = {
  readonly process: ProcessIdentity;
  readonly socketDir: string;
  readonly port: number;
  readonly status: 'starting' | 'ready' | 'stopping';
};

/** The lines of postmaster.pid (PostgreSQL src/include/utils/pidfile.h), counted from 0. */
const LINE = { pid: 0, port: 3, socketDir: 4, status: 7 } as const;

/**
 * The postmaster that runs on a cluster; `undefined` where none does, even if postmaster.pid says so: the file outlives a
 * kill -9 and a power cut, and its number may belong to any other program by now.
 *
 * @throws Fault `foreign-server` where a process of another account holds the number, so that we cannot look
 */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const lines = readPidFile(cluster);
  const pid = Number(lines?.[LINE.pid]);
  if (!lines || !pid) return undefined;
  const identity = identify(pid);
  if (!identity || !worksOn(pid, cluster)) return undefined;
  return {
    process: identity,
    socketDir: lines[LINE.socketDir] ?? '',
    port: Number(lines[LINE.port]),
    status: statusOf(lines[LINE.status]),
  };
}

/** The number in a postmaster.pid that names nobody of ours. The server is told it by PG_GRANDPARENT_PID and passes over it. */
export function stalePid(cluster: string): string | undefined {
  return readPidFile(cluster)?.[LINE.pid]?.trim() || undefined;
}

function readPidFile(cluster: string): string[] | undefined {
  const file = join(cluster, 'postmaster.pid');
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n') : undefined;
}

function statusOf(line: string | undefined): Postmaster['status'] {
  const word = line?.trim();
  return word === 'ready' ? 'ready' : word === 'stopping' ? 'stopping' : 'starting';
}

function worksOn(pid: number, cluster: string): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const exe = readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, '');
    return basename(exe) === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return false;
    if (code !== 'EACCES' && code !== 'EPERM') throw error;
    if (!/^postgres/.test(readFileSync(`/proc/${pid}/comm`, 'utf8'))) return false;
    throw new Fault('foreign-server', `Process ${pid} of another account may run on ${cluster}.`, {
      hint: 'Start Gezhi as the account that owns the data folder.',
    });
  }
}

/** Every living process of a server on this cluster, the postmaster among them. Linux only; elsewhere nobody is found. */
export function serverProcesses(cluster: string): ProcessIdentity[] {
  if (process.platform !== 'linux') return [];
  const home = realpathSync(cluster);
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && cwdOf(name) === home)
    .flatMap((name) => identify(Number(name)) ?? []);
}

function cwdOf(pid: string): string | undefined {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('postgres')) return undefined;
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    // The process ended while we looked, or belongs to somebody else: either way none of ours.
    return undefined;
  }
}

/**
 * Ends the backends that a killed postmaster left behind. They write no more than they had promised, but as long as one holds
 * the shared memory no new server may start beside it.
 */
export async function endOrphans(cluster: string, patienceMs = 10_000): Promise<void> {
  const killAt = Date.now() + patienceMs;
  for (let round = 0; ; round += 1) {
    const orphans = serverProcesses(cluster);
    if (orphans.length === 0) return;
    if (round === 4) for (const orphan of orphans) signal(orphan, 'SIGQUIT');
    if (Date.now() > killAt) for (const orphan of orphans) signal(orphan, 'SIGKILL');
    await sleep(50);
  }
}

/** Sends a signal to exactly this process: not to another that has its number by now. */
export function signal(target: ProcessIdentity, name: NodeJS.Signals): void {
  if (!isAlive(target)) return;
  try {
    process.kill(target.pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Waits until a process lives no more. @returns false where it still lives after `waitMs` */
export async function waitForEnd(target: ProcessIdentity, waitMs: number): Promise<boolean> {
  const giveUpAt = Date.now() + waitMs;
  while (isAlive(target)) {
    if (Date.now() > giveUpAt) return false;
    await sleep(20);
  }
  return true;
}

/** A fast shutdown takes as long as its last checkpoint; a slow disk behind 2 GB of changes may need minutes. */
const STOP_WAIT_MS = 300_000;

/** Stops whatever server runs on a cluster: open transactions are rolled back, everything committed is on disk (SIGINT, "fast"). */
export async function stopPostmaster(cluster: string): Promise<void> {
  const postmaster = findPostmaster(cluster);
  if (!postmaster) return;
  signal(postmaster.process, 'SIGINT');
  if (await waitForEnd(postmaster.process, STOP_WAIT_MS)) return;
  throw new Fault('stop-failed', `PostgreSQL ${postmaster.process.pid} on ${cluster} does not stop.`, {
    hint: 'It may still be writing to a slow disk: look at postgres.log in the data folder.',
  });
}
