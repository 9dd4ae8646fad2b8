import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { Fault } from '@gezhi/basis';
import type { Profile } from './profile.ts';

export type OpenFile =
  | {
      readonly format: 'csv' | 'tsv' | 'ndjson';
      readonly pieces: AsyncGenerator<string>;
      readonly beginning: string;
    }
  | { readonly format: 'xlsx'; readonly bytes: Buffer };

/**
 * Opens a file by what its bytes say, not by its name: gzip is unpacked (`1f 8b`), a zip is a sheet (`PK`), a text that begins with { is
 * NDJSON. Text comes in pieces of 256 KiB without its byte order mark; a sheet whole, because its format keeps the words apart from
 * the cells.
 *
 * @throws Fault `cannot-read`, `not-this-format`, `sheet-too-large`
 */
export async function openFile(
  path: string,
  profile: Pick<Profile, 'format' | 'encoding'>,
): Promise<OpenFile> {
  const bytes = readBytes(path);
  const first = await bytes.next();
  const head = first.done ? Buffer.alloc(0) : first.value;
  const isZip = head.length >= 4 && head.readUInt32BE(0) === 0x504b0304;
  if (isZip) return { format: 'xlsx', bytes: await gather(head, bytes, path) };
  if (profile.format === 'xlsx') {
    await bytes.return(undefined);
    const hint = 'Save it as .xlsx (not .xls), or set the profile to csv.';
    throw new Fault('not-this-format', `${basename(path)} is no Excel workbook.`, { hint });
  }
  const decoder = new TextDecoder(encodingOf(head, profile.encoding));
  const beginning = decoder.decode(head, { stream: true });
  if (beginning.includes('\0')) {
    await bytes.return(undefined);
    const hint = 'Save it as CSV or .xlsx; an old .xls must be saved anew.';
    throw new Fault('not-this-format', `${basename(path)} is no text.`, { hint });
  }
  return {
    format: textFormat(path, profile.format, beginning),
    beginning,
    pieces: decode(beginning, bytes, decoder),
  };
}

const PIECE = 256 * 1024;
/** A sheet must lie in memory whole; the largest sheet, a million rows of 30 cells, has about this size. */
const SHEET_MAX = 200 * 1024 * 1024;

async function* readBytes(path: string): AsyncGenerator<Buffer, undefined> {
  let source: Readable | undefined;
  try {
    source = await openBytes(path);
    for await (const piece of source) yield piece as Buffer;
  } catch (cause) {
    const code = (cause as { code?: unknown }).code;
    const why = cause instanceof Error ? cause.message : String(cause);
    const hint = code === 'ENOENT' ? 'Is the path right?' : 'Is the file whole? Fetch or copy it again.';
    throw new Fault('cannot-read', `${basename(path)} cannot be read: ${why}.`, { hint, cause });
  } finally {
    source?.destroy();
  }
}

async function openBytes(path: string): Promise<Readable> {
  const handle = await open(path);
  let magic: Buffer;
  try {
    magic = (await handle.read(Buffer.alloc(2), 0, 2, 0)).buffer;
  } finally {
    await handle.close();
  }
  const file = createReadStream(path, { highWaterMark: PIECE });
  if (magic[0] !== 0x1f || magic[1] !== 0x8b) return file;
  const gunzip = createGunzip({ chunkSize: PIECE });
  file.on('error', (error) => gunzip.destroy(error));
  gunzip.on('close', () => file.destroy());
  return file.pipe(gunzip);
}

async function gather(head: Buffer, rest: AsyncIterable<Buffer>, path: string): Promise<Buffer> {
  const pieces = [head];
  let size = head.length;
  for await (const piece of rest) {
    size += piece.length;
    if (size > SHEET_MAX) {
      const hint = 'Save the sheet as CSV, which is read in pieces.';
      throw new Fault('sheet-too-large', `${basename(path)} is larger than 200 MiB.`, { hint });
    }
    pieces.push(piece);
  }
  return Buffer.concat(pieces, size);
}

function encodingOf(head: Buffer, candidates: Profile['encoding']): string {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return candidates.find((encoding) => reads(head, encoding)) ?? candidates[0]!;
}

function reads(head: Buffer, encoding: string): boolean {
  try {
    new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function textFormat(path: string, format: Profile['format'], beginning: string): 'csv' | 'tsv' | 'ndjson' {
  if (format === 'csv' || format === 'tsv' || format === 'ndjson') return format;
  if (/^\s*\{/.test(beginning)) return 'ndjson';
  return /\.(tsv|tab)(\.gz)?$/i.test(path) ? 'tsv' : 'csv';
}

async function* decode(
  beginning: string,
  bytes: AsyncGenerator<Buffer, undefined>,
  decoder: InstanceType<typeof TextDecoder>,
): AsyncGenerator<string> {
  try {
    yield beginning;
    for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
    yield decoder.decode();
  } finally {
    await bytes.return(undefined);
  }
}
