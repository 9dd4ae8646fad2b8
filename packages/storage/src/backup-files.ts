import { createHash } from 'node:crypto';
import { type Dirent, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** One file of a backup, its path below the backup's folder with `/` between names. */
export type BackupFile = { readonly path: string; readonly bytes: number; readonly sha256: string };

/** The folders and files below a folder, as paths with `/`; what `leaveOut` names is not entered. */
export function walk(
  top: string,
  leaveOut: (path: string, entry: Dirent) => boolean = () => false,
): { readonly folders: readonly string[]; readonly files: readonly string[] } {
  const folders: string[] = [];
  const files: string[] = [];
  const enter = (folder: string): void => {
    for (const entry of entriesOf(join(top, folder))) {
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (leaveOut(path, entry)) continue;
      if (entry.isDirectory()) {
        folders.push(path);
        enter(path);
      } else if (entry.isFile()) files.push(path);
    }
  };
  enter('');
  return { folders, files: files.sort() };
}

/** A folder that is dropped while we walk has no entries. */
function entriesOf(folder: string): Dirent[] {
  return existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : [];
}

const CHUNK_BYTES = 1 << 20;

/**
 * Copies a file, synced to disk, readable by its owner only; answers its size and hash. `undefined` where the source is gone: the server
 * drops files while it is copied, and its log of changes knows.
 */
export async function copyHashed(
  source: string,
  target: string,
): Promise<{ bytes: number; sha256: string } | undefined> {
  const from = await openIfThere(source);
  if (!from) return undefined;
  try {
    mkdirSync(dirname(target), { recursive: true, mode: 0o700 });
    const to = await open(target, 'wx', 0o600);
    try {
      return await pour(from, to);
    } finally {
      await to.close();
    }
  } finally {
    await from.close();
  }
}

async function pour(from: FileHandle, to: FileHandle): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
  let bytes = 0;
  for (;;) {
    const { bytesRead } = await from.read(buffer, 0, CHUNK_BYTES, bytes);
    if (bytesRead === 0) break;
    hash.update(buffer.subarray(0, bytesRead));
    await to.writeFile(buffer.subarray(0, bytesRead));
    bytes += bytesRead;
  }
  await to.sync();
  return { bytes, sha256: hash.digest('hex') };
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Makes the names in these folders as durable as the files. */
export async function syncFolders(folders: readonly string[]): Promise<void> {
  for (const folder of folders) {
    const handle = await open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
}
