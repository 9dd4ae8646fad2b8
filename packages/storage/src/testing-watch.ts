import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { withMutex } from './embedded/mutex.ts';
import { serverPaths } from './embedded/paths.ts';
import { stopPostmaster } from './embedded/postmaster.ts';
import { identify } from './embedded/process-identity.ts';
import { livingUsers } from './embedded/users.ts';

/**
 * Makes sure that a watcher lives that stops the test server of a folder when its last user is gone: a process of its own, because
 * test processes end in every way there is, and because the next file of the same run wants the server warm.
 */
export async function keepTestServer(dataDir: string): Promise<void> {
  const { mutex } = serverPaths(dataDir);
  await withMutex(mutex, async () => {
    const file = watcherFile(dataDir);
    const [pid, startedAt] = existsSync(file) ? readFileSync(file, 'utf8').split(' ') : [];
    if (pid && identify(Number(pid))?.startedAt === startedAt) return;
    const child = spawn(process.execPath, [import.meta.filename, dataDir], {
      cwd: '/',
      detached: true,
      stdio: 'ignore',
      env: { PATH: process.env.PATH },
    });
    child.unref();
    const watcher = child.pid ? identify(child.pid) : undefined;
    writeFileSync(file, `${watcher?.pid} ${watcher?.startedAt}`);
  });
}

const LINGER_MS = 60_000;
const POLL_MS = 2_000;

function watcherFile(dataDir: string): string {
  return join(dataDir, 'server', 'watcher');
}

async function watch(dataDir: string): Promise<void> {
  const { mutex, users, cluster, log } = serverPaths(dataDir);
  let idleSince = Date.now();
  for (;;) {
    await sleep(POLL_MS);
    if (livingUsers(users).length > 0) idleSince = Date.now();
    if (Date.now() - idleSince < LINGER_MS) continue;
    const done = await withMutex(mutex, async () => {
      if (livingUsers(users).length > 0) return false;
      await stopPostmaster(cluster);
      for (const path of [cluster, log, watcherFile(dataDir)]) rmSync(path, { recursive: true, force: true });
      return true;
    });
    if (done) return;
    idleSince = Date.now();
  }
}

if (process.argv[1] === import.meta.filename && process.argv[2]) await watch(process.argv[2]);
