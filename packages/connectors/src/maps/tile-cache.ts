import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '@gezhi/basis';

/** Tiles that were fetched, on disk, up to so many bytes; the oldest go first. */
export type TileCache = {
  find(key: string): Promise<{ readonly bytes: Buffer; readonly keptAt: Instant } | undefined>;
  keep(key: string, bytes: Buffer, now: Instant): Promise<void>;
};

type Kept = { readonly bytes: number; readonly at: Instant };

/**
 * Opens the cache in a folder of its own, with what an earlier process left there. A file that somebody removes meanwhile is as good as never
 * kept. Cost: one look at each file at the start.
 */
export async function openTileCache(folder: string, bytesMax: number): Promise<TileCache> {
  await mkdir(folder, { recursive: true });
  const kept = await readKept(folder);
  let total = 0;
  for (const { bytes } of kept.values()) total += bytes;
  const forget = async (name: string): Promise<void> => {
    total -= kept.get(name)?.bytes ?? 0;
    kept.delete(name);
    await rm(join(folder, name), { force: true });
  };
  return {
    find: async (key) => {
      const name = nameOf(key);
      const known = kept.get(name);
      if (!known) return undefined;
      try {
        return { bytes: await readFile(join(folder, name)), keptAt: known.at };
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
        await forget(name);
        return undefined;
      }
    },
    keep: async (key, bytes, now) => {
      if (bytes.length > bytesMax) return;
      const name = nameOf(key);
      const draft = join(folder, `${randomUUID()}.draft`);
      await writeFile(draft, bytes);
      await rename(draft, join(folder, name));
      total += bytes.length - (kept.get(name)?.bytes ?? 0);
      kept.delete(name);
      kept.set(name, { bytes: bytes.length, at: now });
      for (const old of kept.keys()) {
        if (total <= bytesMax) break;
        await forget(old);
      }
    },
  };
}

async function readKept(folder: string): Promise<Map<string, Kept>> {
  const found: [string, Kept][] = [];
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    if (!/^[0-9a-f]{32}$/.test(name)) {
      if (name.endsWith('.draft')) await rm(path, { force: true });
      continue;
    }
    const { size, mtimeMs } = await stat(path);
    found.push([name, { bytes: size, at: mtimeMs }]);
  }
  return new Map(found.sort(([, a], [, b]) => a.at - b.at));
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 32);
}
