import { type FileHandle, open } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, type InputType, zstdDecompress } from 'node:zlib';
import { Fault } from '@gezhi/basis';
import type { Tile } from '@gezhi/place';
import { Compression, PMTiles, type Source, TileType } from 'pmtiles';
import { drawVectorTile, type Look } from './draw-vector-tile.ts';
import { pictureOf, type TileImage } from './tile-image.ts';

/** An open PMTiles file. */
export type PmtilesFile = {
  readonly minZoom: number;
  readonly maxZoom: number;
  /** It holds shapes, which we draw, and no pictures. */
  readonly drawn: boolean;
  tile(tile: Tile, look: Look): Promise<TileImage | 'none'>;
  close(): Promise<void>;
};

/**
 * Opens a PMTiles file (version 3) of pictures or of vector tiles (MVT). It is read where it lies, a tile at a time.
 *
 * @param within the zooms that are wanted of it
 * @throws Fault `bad-setting` where it cannot be read, is none, or holds what we cannot show
 */
export async function openPmtiles(
  file: string,
  within: { readonly minZoom: number; readonly maxZoom: number },
): Promise<PmtilesFile> {
  const handle = await openFile(file);
  const archive = new PMTiles(sourceOf(file, handle), undefined, decompress);
  try {
    const { tileType, minZoom, maxZoom } = await archive.getHeader();
    if (![TileType.Mvt, TileType.Png, TileType.Jpeg, TileType.Webp, TileType.Avif].includes(tileType))
      throw bad(file, 'holds tiles of a kind that is not shown here. Make one of MVT, PNG, JPEG or WebP.');
    const drawn = tileType === TileType.Mvt;
    return {
      drawn,
      minZoom: Math.max(minZoom, within.minZoom),
      maxZoom: Math.min(maxZoom, within.maxZoom),
      close: () => handle.close(),
      tile: async ({ z, x, y }, look) => {
        const found = await archive.getZxy(z, x, y);
        if (!found) return 'none';
        const bytes = Buffer.from(found.data);
        return drawn ? drawVectorTile(bytes, z, look) : (pictureOf(bytes) ?? 'none');
      },
    };
  } catch (cause) {
    await handle.close();
    if (cause instanceof Fault) throw cause;
    throw bad(file, 'is no PMTiles file of version 3 that can be read.', cause);
  }
}

async function openFile(file: string): Promise<FileHandle> {
  try {
    return await open(file, 'r');
  } catch (cause) {
    throw bad(file, 'cannot be read.', cause);
  }
}

function sourceOf(file: string, handle: FileHandle): Source {
  return {
    getKey: () => file,
    getBytes: async (offset, length) => {
      const buffer = new ArrayBuffer(length);
      const { bytesRead } = await handle.read(new Uint8Array(buffer), 0, length, offset);
      return { data: bytesRead === length ? buffer : buffer.slice(0, bytesRead) };
    },
  };
}

/** No tile and no directory unpacks to more. */
const BYTES_MAX = 16_000_000;

type Unpack = (bytes: InputType, options: { readonly maxOutputLength: number }) => Promise<Buffer>;
const UNPACK: Partial<Record<Compression, Unpack>> = {
  [Compression.Gzip]: promisify(gunzip),
  [Compression.Brotli]: promisify(brotliDecompress),
  [Compression.Zstd]: promisify(zstdDecompress),
};

async function decompress(packed: ArrayBuffer, compression: Compression): Promise<ArrayBuffer> {
  if (compression === Compression.None || compression === Compression.Unknown) return packed;
  const unpack = UNPACK[compression];
  if (!unpack)
    throw new Fault('bad-setting', `The tiles are packed in a way (${compression}) that is not known here.`);
  const bytes = await unpack(new Uint8Array(packed), { maxOutputLength: BYTES_MAX });
  return new Uint8Array(bytes).buffer;
}

function bad(file: string, what: string, cause?: unknown): Fault {
  return new Fault('bad-setting', `The map file ${file} ${what}`, { cause });
}
