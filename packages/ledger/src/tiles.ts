import { Fault } from '@gezhi/basis';
import { HASH_BYTES, type Sha256, type TreeHash } from './tree.ts';

/** Hashes across a tile, and entries in a bundle (c2sp.org/tlog-tiles). */
export const TILE_WIDTH = 256;

/** The longest entry that a bundle can hold: its length is a uint16. */
export const ENTRY_BYTES_MAX = 65_535;

/**
 * A tile: up to 256 neighbouring hashes of one height. At level 0 they are the hashes of leaves; above, each is the root of a whole tile
 * of the level below. `width` 256 is a whole tile, which never changes again.
 */
export type Tile = { readonly level: number; readonly index: number; readonly width: number };

/** Where a tile lies: `tile/<L>/<N>[.p/<W>]`; index 1234067 is written `x001/x234/067`. */
export function tilePath({ level, index, width }: Tile): string {
  return `tile/${level}/${pathOf(index, width)}`;
}

/** Where a bundle of entries lies: `tile/entries/<N>[.p/<W>]`. */
export function bundlePath(index: number, width: number): string {
  return `tile/entries/${pathOf(index, width)}`;
}

function pathOf(index: number, width: number): string {
  const digits = String(index);
  const groups = digits.padStart(Math.ceil(digits.length / 3) * 3, '0').match(/.{3}/g)!;
  const path = groups.map((group, i) => (i < groups.length - 1 ? `x${group}` : group)).join('/');
  return width === TILE_WIDTH ? path : `${path}.p/${width}`;
}

const PATH =
  /^tile\/(entries|0|[1-9]|[1-5]\d|6[0-3])\/((?:x\d{3}\/)*\d{3})(?:\.p\/([1-9]\d?|1\d\d|2[0-4]\d|25[0-5]))?$/;

/** Reads a path that `tilePath` or `bundlePath` would write; `undefined` for any other. A server serves these and nothing else. */
export function parseTilePath(
  path: string,
): (Omit<Tile, 'level'> & { level: number | 'entries' }) | undefined {
  const [, level, digits, width] = PATH.exec(path) ?? [];
  if (level === undefined || digits === undefined) return undefined;
  const index = Number(digits.replace(/[x/]/g, ''));
  const tile = {
    level: level === 'entries' ? ('entries' as const) : Number(level),
    index,
    width: width === undefined ? TILE_WIDTH : Number(width),
  };
  const again =
    tile.level === 'entries' ? bundlePath(index, tile.width) : tilePath({ ...tile, level: tile.level });
  return again === path ? tile : undefined;
}

/** How wide the tile is in a tree of this size; 0 where it has none. */
export function tileWidth(size: number, level: number, index: number): number {
  const nodes = Math.floor(size / TILE_WIDTH ** level) - index * TILE_WIDTH;
  return Math.max(0, Math.min(TILE_WIDTH, nodes));
}

/** The tiles that are new or wider in the tree of `newSize` than in that of `oldSize`, lowest level first. */
export function tilesBetween(oldSize: number, newSize: number): readonly Tile[] {
  const tiles: Tile[] = [];
  for (let level = 0; TILE_WIDTH ** level <= newSize; level += 1) {
    const span = TILE_WIDTH ** level;
    const [oldNodes, newNodes] = [Math.floor(oldSize / span), Math.floor(newSize / span)];
    if (oldNodes === newNodes) continue;
    for (let index = Math.floor(oldNodes / TILE_WIDTH); index * TILE_WIDTH < newNodes; index += 1) {
      tiles.push({ level, index, width: Math.min(TILE_WIDTH, newNodes - index * TILE_WIDTH) });
    }
  }
  return tiles;
}

/** The root of a tile's hashes: 255 hashes for a whole one. */
export function tileRoot(sha256: Sha256, tile: Uint8Array): TreeHash {
  return nodeIn(sha256, tile, 8, 0);
}

/** The node of height `height` above the hashes of a tile that begins at the `first` of them. Works in one copy, level by level. */
export function nodeIn(sha256: Sha256, tile: Uint8Array, height: number, first: number): TreeHash {
  const leaves = 2 ** height;
  const nodes = new Uint8Array(tile.subarray(first * HASH_BYTES, (first + leaves) * HASH_BYTES));
  const pair = new Uint8Array(1 + 2 * HASH_BYTES);
  pair[0] = 1;
  for (let width = leaves; width > 1; width /= 2) {
    for (let at = 0; at < width / 2; at += 1) {
      for (let byte = 0; byte < 2 * HASH_BYTES; byte += 1)
        pair[1 + byte] = nodes[at * 2 * HASH_BYTES + byte]!;
      nodes.set(sha256(pair), at * HASH_BYTES);
    }
  }
  return nodes.slice(0, HASH_BYTES);
}

/**
 * The bytes of a bundle: each entry behind its length, a big-endian uint16.
 *
 * @throws Fault `entry-too-long` for an entry of more than 65,535 bytes
 */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(entries.reduce((length, entry) => length + 2 + entry.length, 0));
  let at = 0;
  for (const entry of entries) {
    if (entry.length > ENTRY_BYTES_MAX) {
      throw new Fault(
        'entry-too-long',
        `An entry has ${entry.length} bytes; a bundle holds ${ENTRY_BYTES_MAX}.`,
      );
    }
    bytes[at] = entry.length >> 8;
    bytes[at + 1] = entry.length & 255;
    bytes.set(entry, at + 2);
    at += 2 + entry.length;
  }
  return bytes;
}

/** The entries of a bundle; `undefined` where the bytes end inside of one. */
export function decodeBundle(bytes: Uint8Array): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  let at = 0;
  while (at < bytes.length) {
    if (at + 2 > bytes.length) return undefined;
    const end = at + 2 + bytes[at]! * 256 + bytes[at + 1]!;
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries;
}
