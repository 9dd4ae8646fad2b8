import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { TownFiles } from './make-town.ts';

/** Writes the files of a town into a folder, which is made where it is missing; files of the same names are replaced. */
export async function writeTown(dir: string, files: TownFiles): Promise<void> {
  for (const [name, text] of files) {
    const file = join(dir, name);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}
