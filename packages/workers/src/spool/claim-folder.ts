import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault } from '@gezhi/basis';
import { identify, isAlive, withMutex } from '@gezhi/storage';
import { replaceFile } from './journal.ts';

/**
 * Makes this process the only one that writes into a folder; answers how to let it go. A process that died holds nothing.
 *
 * @throws Fault `folder-taken` where a living process has it
 */
export async function claimFolder(folder: string): Promise<() => Promise<void>> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, OWNER);
  await withMutex(join(folder, 'mutex'), async () => {
    const holder = await readHolder(path);
    if (holder && isAlive(holder)) {
      throw new Fault('folder-taken', `${folder} is being written by process ${holder.pid}.`, {
        hint: 'Give this process another data folder, or end the other one.',
      });
    }
    await replaceFile(folder, OWNER, JSON.stringify(identify()));
  });
  return () => rm(path, { force: true });
}

const OWNER = 'owner.json';

async function readHolder(path: string): Promise<{ pid: number; startedAt: string } | undefined> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as { pid: number; startedAt: string };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
    throw error;
  }
}
