import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { Fault, type Instant, isRefusal } from '@gezhi/basis';
import { isOrdersFile, readOrders, type Town, takeOrders } from '@gezhi/town';

/** A file that was written to less than this ago may not be whole. */
const SETTLED_MS = 2_000;

/**
 * Takes the order files of a folder in, the first name first, and moves each to `done` beside it; one that cannot be read, or of which rows were
 * refused, goes to `refused` with a text that says which and why. A process that dies in between takes the file again, which is harmless.
 */
export async function takeFolder(
  town: Town,
  folder: string,
  system: string,
  now: () => Instant,
): Promise<number> {
  const names = (await readdir(folder)).filter(isOrdersFile).sort();
  let files = 0;
  for (const name of names) {
    const path = join(folder, name);
    if (Date.now() - (await stat(path)).mtimeMs < SETTLED_MS) continue;
    const problems = await takeFile(town, path, system, now());
    const to = join(folder, problems.length > 0 ? 'refused' : 'done');
    await mkdir(to, { recursive: true });
    if (problems.length > 0) await writeFile(join(to, `${name}.txt`), `${problems.join('\n')}\n`);
    await rename(path, join(to, basename(path)));
    files += 1;
  }
  return files;
}

/** One file; answers what is wrong with it, a line each. */
async function takeFile(town: Town, path: string, system: string, now: Instant): Promise<readonly string[]> {
  try {
    const { rows, refused } = await readOrders(path, now);
    const unread = refused.map(({ row, because }) => `${row}: ${because.zh}`);
    const taken = await takeOrders(town, system, rows, now);
    if (isRefusal(taken)) return [taken.because];
    const no = taken.filter(({ outcome }) => outcome === 'refused');
    return [...unread, ...no.map(({ number, reason }) => `${number}: ${reason}`)];
  } catch (error) {
    if (error instanceof Fault) return [error.message];
    throw error;
  }
}
