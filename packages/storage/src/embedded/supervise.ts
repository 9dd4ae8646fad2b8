import { setTimeout as sleep } from 'node:timers/promises';
import { ensureRunning, type RunOptions } from './ensure-running.ts';
import { withMutex } from './mutex.ts';
import type { ServerPaths } from './paths.ts';
import type { Postmaster } from './postmaster.ts';
import { isAlive } from './process-identity.ts';

const LOOK_MS = 500;
const PAUSE_AFTER_FAILURE_MS = 10_000;

/**
 * Starts the server again when it dies under its owner; whoever was connected connects anew. Backends that die alone are the
 * postmaster's own business. Does not keep the process alive.
 */
export function superviseServer(
  paths: ServerPaths,
  options: RunOptions,
  first: Postmaster,
): { pid(): number; end(): void } {
  let current = first;
  let restarting = false;
  let ended = false;
  const restart = async (): Promise<void> => {
    options.log?.(`PostgreSQL ${current.process.pid} is gone: it is started again`);
    await withMutex(paths.mutex, async () => {
      if (!ended) current = (await ensureRunning(paths, options)).postmaster;
    });
  };
  const look = (): void => {
    if (restarting || isAlive(current.process)) return;
    restarting = true;
    restart()
      .catch(async (error: Error) => {
        options.log?.(`PostgreSQL could not be started again: ${error.message}`);
        await sleep(PAUSE_AFTER_FAILURE_MS, undefined, { ref: false });
      })
      .finally(() => {
        restarting = false;
      });
  };
  const timer = setInterval(look, LOOK_MS).unref();
  const end = (): void => {
    ended = true;
    clearInterval(timer);
  };
  return { pid: () => current.process.pid, end };
}
