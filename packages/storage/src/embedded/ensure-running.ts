import { chmodSync, lstatSync, mkdirSync, statSync } from 'node:fs';
import { Fault } from '@gezhi/basis';
import { type Account, chooseAccount, giveTo, giveTreeTo } from './account.ts';
import { isReachable, locateBinaries, type MajorVersion } from './binaries.ts';
import { clusterVersion, makeCluster, requireVersion } from './cluster.ts';
import type { ServerPaths } from './paths.ts';
import type { Postmaster } from './postmaster.ts';
import { startPostmaster } from './start.ts';
import { livingUsers } from './users.ts';

export type RunOptions = {
  readonly version?: MajorVersion;
  readonly log?: (line: string) => void;
  readonly durable?: boolean;
};

/**
 * Makes the cluster where there is none, and answers with the server that runs on it, now at the latest. Call it under the mutex of the
 * data folder, after registering as a user.
 */
export async function ensureRunning(
  paths: ServerPaths,
  options: RunOptions,
): Promise<{ postmaster: Postmaster; adopted: boolean }> {
  const version = options.version ?? 18;
  const durable = options.durable ?? true;
  const log = options.log ?? (() => undefined);
  requireVersion(paths.cluster, version);
  const account = chooseAccount(paths.cluster);
  const native = locateBinaries(version, account, paths.dataDir);
  if (clusterVersion(paths.cluster) === undefined) {
    log(`Making a PostgreSQL ${version} cluster in ${paths.cluster}`);
    await makeCluster(native, paths.cluster, version, account, durable);
  }
  if (account.switched && statSync(paths.cluster).uid !== account.uid) giveTreeTo(account, paths.cluster);
  const socketDir = makeSocketDir(paths, account);
  const alone = livingUsers(paths.users).length === 1;
  return await startPostmaster({ paths, native, account, socketDir, durable, alone, log });
}

/** The one door to the server: a folder that only its account (and root) may enter, and that nobody else put there before us. */
function makeSocketDir(paths: ServerPaths, account: Account): string {
  const near = !account.switched || isReachable(paths.dataDir, account) ? paths.nearSocketDir : undefined;
  const socketDir = near ?? paths.shortSocketDir;
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  const found = lstatSync(socketDir);
  const ours = [account.uid, process.geteuid?.() ?? account.uid];
  if (!found.isDirectory() || !ours.includes(found.uid)) {
    throw new Fault('socket-dir-not-ours', `${socketDir} belongs to somebody else.`, {
      hint: 'Remove it, or choose a data folder with a shorter path.',
    });
  }
  chmodSync(socketDir, 0o700);
  giveTo(account, socketDir);
  return socketDir;
}
