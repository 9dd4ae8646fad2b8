import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  bundlePath,
  type Checkpoint,
  decodeBundle,
  formatProof,
  type ProofPlan,
  parseCheckpoint,
  planConsistency,
  planInclusion,
  proofOf,
  type Sha256,
  TILE_WIDTH,
  type TreeHash,
  tilePath,
  tileWidth,
} from '@gezhi/ledger';

/** Reads the files of a log, wherever they lie: `undefined` where there is no such file. */
export type ReadLog = (path: string) => Promise<Uint8Array | undefined>;

/** The public files of a log in a folder. */
export function logInFolder(folder: string): ReadLog {
  return async (path) => {
    try {
      return await readFile(join(folder, path));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  };
}

/** The checkpoint that a log shows now, with its note. @throws Fault `no-checkpoint` where there is none */
export async function shownCheckpoint(read: ReadLog): Promise<Checkpoint & { readonly note: string }> {
  const bytes = await read('checkpoint');
  const note = bytes === undefined ? '' : new TextDecoder().decode(bytes);
  const checkpoint = parseCheckpoint(note);
  if (!isRefusal(checkpoint)) return { ...checkpoint, note };
  throw new Fault('no-checkpoint', 'There is no checkpoint here.', {
    hint: 'Name the folder or address that holds "checkpoint" and "tile".',
  });
}

/** The hashes of a proof, reading only the tiles it needs. @throws Fault `tile-missing` */
export async function readProof(
  sha256: Sha256,
  read: ReadLog,
  plan: ProofPlan,
): Promise<readonly TreeHash[]> {
  const tiles = new Map<string, Uint8Array>();
  await Promise.all(
    plan.tiles.map(async (tile) => {
      const path = tilePath(tile);
      const bytes = (await read(path)) ?? (await read(tilePath({ ...tile, width: TILE_WIDTH })));
      if (!bytes) throw new Fault('tile-missing', `The log has no ${path}.`);
      tiles.set(path, bytes);
    }),
  );
  return proofOf(sha256, plan, (tile) => tiles.get(tilePath(tile))!);
}

/** The proof that the leaf at `index` lies in the log, as text. Six reads at 10 M leaves. */
export async function proveInclusion(
  sha256: Sha256,
  read: ReadLog,
  index: number,
  shown: Checkpoint & { readonly note: string },
): Promise<string> {
  const hashes = await readProof(sha256, read, planInclusion(index, shown.size));
  return formatProof({ index, hashes, checkpoint: shown.note });
}

/** The hashes that lead from the tree of `oldSize` to that of `newSize`; none where they are the same or the old one is empty. */
export async function proveConsistency(
  sha256: Sha256,
  read: ReadLog,
  oldSize: number,
  newSize: number,
): Promise<readonly TreeHash[]> {
  if (oldSize === 0 || oldSize >= newSize) return [];
  return await readProof(sha256, read, planConsistency(oldSize, newSize));
}

/** All entries of a log of this size, a bundle at a time. @throws Fault `tile-missing`, `tile-broken` */
export async function* readEntries(read: ReadLog, size: number): AsyncGenerator<readonly Uint8Array[]> {
  for (let index = 0; index * TILE_WIDTH < size; index += 1) {
    const width = tileWidth(size, 0, index);
    const path = bundlePath(index, width);
    const bytes = (await read(path)) ?? (await read(bundlePath(index, TILE_WIDTH)));
    if (!bytes) throw new Fault('tile-missing', `The log has no ${path}.`);
    const entries = decodeBundle(bytes);
    if (!entries || entries.length < width) throw new Fault('tile-broken', `${path} is not whole.`);
    yield entries.slice(0, width);
  }
}
