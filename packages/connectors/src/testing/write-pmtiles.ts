import { writeFileSync } from 'node:fs';
import { zxyToTileId } from 'pmtiles';

export type MadeTile = { readonly z: number; readonly x: number; readonly y: number; readonly bytes: Buffer };

/** What the format calls its kinds of tiles. */
const TYPES = { mvt: 1, png: 2, jpeg: 3, webp: 4, mlt: 6 } as const;

/** Writes a small PMTiles file (version 3), unpacked and with one directory: enough for some hundred tiles. */
export function writePmtiles(file: string, type: keyof typeof TYPES, tiles: readonly MadeTile[]): void {
  const entries = tiles
    .map(({ z, x, y, bytes }) => ({ id: zxyToTileId(z, x, y), bytes }))
    .sort((a, b) => a.id - b.id);
  const zooms = tiles.map(({ z }) => z);
  const directory = directoryOf(entries);
  const metadata = Buffer.from('{}');
  const header = Buffer.alloc(HEADER_BYTES);
  header.write('PMTiles', 'latin1');
  header.writeUInt8(3, 7);
  const data = Buffer.concat(entries.map(({ bytes }) => bytes));
  const metadataAt = HEADER_BYTES + directory.length;
  const dataAt = metadataAt + metadata.length;
  const places = [
    HEADER_BYTES,
    directory.length,
    metadataAt,
    metadata.length,
    dataAt,
    0,
    dataAt,
    data.length,
  ];
  for (const [i, n] of [...places, entries.length, entries.length, entries.length].entries())
    header.writeBigUInt64LE(BigInt(n), 8 + 8 * i);
  header.set([1, 1, 1, TYPES[type], Math.min(...zooms), Math.max(...zooms)], 96);
  for (const [i, degrees] of [-180, -85, 180, 85].entries()) header.writeInt32LE(degrees * 1e7, 102 + 4 * i);
  writeFileSync(file, Buffer.concat([header, directory, metadata, data]));
}

const HEADER_BYTES = 127;

type Entry = { readonly id: number; readonly bytes: Buffer };

/** Numbers, differences of ids, run lengths, lengths, offsets plus one: each as a varint, column by column. */
function directoryOf(entries: readonly Entry[]): Buffer {
  let offset = 0;
  const offsets = entries.map(({ bytes }) => {
    offset += bytes.length;
    return offset - bytes.length;
  });
  const ids = entries.map(({ id }, i) => id - (entries[i - 1]?.id ?? 0));
  const numbers = [
    entries.length,
    ...ids,
    ...entries.map(() => 1),
    ...entries.map(({ bytes }) => bytes.length),
  ];
  return Buffer.from([...numbers, ...offsets.map((at) => at + 1)].flatMap(varint));
}

function varint(n: number): number[] {
  return n < 128 ? [n] : [(n % 128) + 128, ...varint(Math.floor(n / 128))];
}
