import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { type ServiceProcess, startServiceProcess } from './service-process.ts';

export type LivelyTown = Pick<ServiceProcess, 'url' | 'log'> & { close(): Promise<void> };

/**
 * The made-up town of the demo with some days of history, in the real service with its workers, on a port and a folder of its own. It stands
 * still afterwards, so that tests know what happens. Twenty days take some ten seconds.
 */
export async function livelyTown(
  t?: Pick<TestContext, 'after'>,
  options: { readonly days?: number; readonly live?: boolean; readonly mapsFile?: string } = {},
): Promise<LivelyTown> {
  const { days = 20, live = false, mapsFile } = options;
  const dataDir = await mkdtemp(join(tmpdir(), 'gezhi-lively-'));
  const flags = ['--demo', '--days', String(days), ...(live ? [] : ['--no-live'])];
  const service = await startServiceProcess({ dataDir, flags, ...(mapsFile ? { mapsFile } : {}) });
  const close = async (): Promise<void> => {
    await service.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
  t?.after(close);
  await service.ready();
  return { url: service.url, log: service.log, close };
}
