import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { Fault } from '@gezhi/basis';

/*
 * A journal is a folder of numbered segments (`00000001.journal`…), only ever appended to. A record is
 *
 *   4 bytes  length of the payload, little-endian
 *   4 bytes  CRC-32 of the payload (zlib's), little-endian
 *   n bytes  the payload: JSON in UTF-8
 *
 * A power cut can leave half a record at the end of the newest segment. It was never acknowledged: reading ends there, and the next
 * process begins a new segment instead of writing behind it.
 */

/** What the journal asks of a file system; tests put a full disk in its place. */
export type JournalFile = Pick<FileHandle, 'write' | 'truncate' | 'datasync' | 'close'>;
export type OpenFile = (path: string) => Promise<JournalFile>;

/** A journal that is being written. */
export type Journal = {
  /** Answers when the payloads are on disk, all of them; concurrent calls share one sync. @throws what the disk says; none is kept then */
  append(payloads: readonly string[]): Promise<void>;
  /** Ends the segment that is being written; the next record begins another. Answers all segments that are there, oldest first. */
  seal(): Promise<readonly string[]>;
  close(): Promise<void>;
};

/** A segment is sealed when it has grown beyond this, so that what was drained can be removed. */
const SEGMENT_BYTES = 16 * 1024 * 1024;
const HEAD_BYTES = 8;
/** One record at most; a length beyond it is no length but torn bytes. */
const PAYLOAD_BYTES_MAX = 64 * 1024 * 1024;

type Waiting = {
  readonly bytes: Buffer;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
};

/** Opens a journal for writing in a folder, which is made where it is missing. */
export async function openJournal(folder: string, openFile: OpenFile = openForAppend): Promise<Journal> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  let number = (await segmentsOf(folder)).map(numberOf).at(-1) ?? 0;
  let segment: { readonly file: JournalFile; bytes: number } | undefined;
  let waiting: Waiting[] = [];
  let writing: Promise<void> | undefined;
  let turn: Promise<unknown> = Promise.resolve();
  // Writing and sealing take turns: a segment that is just being opened must not be told as one that has ended.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine;
    return mine;
  };

  const current = async (): Promise<{ readonly file: JournalFile; bytes: number }> => {
    if (segment && segment.bytes >= SEGMENT_BYTES) await endSegment();
    if (!segment) {
      const file = await openFile(join(folder, nameOf(number + 1)));
      number += 1;
      await syncFolder(folder);
      segment = { file, bytes: 0 };
    }
    return segment;
  };
  const endSegment = async (): Promise<void> => {
    const ended = segment;
    segment = undefined;
    await ended?.file.close();
  };
  const writeGroup = async (): Promise<void> => {
    const group = waiting;
    waiting = [];
    try {
      const into = await current();
      await writeSynced(into, Buffer.concat(group.map((one) => one.bytes)), endSegment);
      for (const one of group) one.resolve();
    } catch (error) {
      for (const one of group) one.reject(error);
    }
  };
  const writeAll = async (): Promise<void> => {
    while (waiting.length > 0) await inTurn(writeGroup);
    writing = undefined;
  };
  return {
    append: (payloads) =>
      new Promise((resolve, reject) => {
        waiting.push({ bytes: Buffer.concat(payloads.map(recordOf)), resolve, reject });
        writing ??= writeAll();
      }),
    seal: () =>
      inTurn(async () => {
        await endSegment();
        return (await segmentsOf(folder)).map((name) => join(folder, name));
      }),
    close: async () => {
      await writing;
      await inTurn(endSegment);
    },
  };
}

/**
 * Writes and syncs, or takes back what it wrote: after a full disk the segment ends where its last acknowledged record does. Where
 * even that fails the segment is given up, and reading it ends at the record that is torn.
 */
async function writeSynced(
  segment: { readonly file: JournalFile; bytes: number },
  bytes: Buffer,
  giveUp: () => Promise<void>,
): Promise<void> {
  try {
    let written = 0;
    while (written < bytes.length) {
      const { bytesWritten } = await segment.file.write(
        bytes,
        written,
        bytes.length - written,
        segment.bytes + written,
      );
      written += bytesWritten;
    }
    await segment.file.datasync();
    segment.bytes += bytes.length;
  } catch (error) {
    try {
      await segment.file.truncate(segment.bytes);
      await segment.file.datasync();
    } catch (cause) {
      await giveUp();
      throw new Fault('journal-torn', 'The end of a segment of the journal could not be taken back.', {
        cause,
      });
    }
    throw error;
  }
}

function recordOf(payload: string): Buffer {
  const body = Buffer.from(payload, 'utf8');
  const head = Buffer.allocUnsafe(HEAD_BYTES);
  head.writeUInt32LE(body.length, 0);
  head.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([head, body]);
}

/** The payloads of a segment in order, as far as they are whole. `torn`: bytes behind the last whole record. */
export async function readSegment(
  path: string,
): Promise<{ readonly payloads: string[]; readonly torn: number }> {
  const bytes = await readFile(path);
  const payloads: string[] = [];
  let at = 0;
  while (at + HEAD_BYTES <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const end = at + HEAD_BYTES + length;
    if (length === 0 || length > PAYLOAD_BYTES_MAX || end > bytes.length) break;
    const body = bytes.subarray(at + HEAD_BYTES, end);
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) break;
    payloads.push(body.toString('utf8'));
    at = end;
  }
  return { payloads, torn: bytes.length - at };
}

/** The segments of a folder by name, oldest first; none where there is no folder. */
export async function segmentsOf(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(SUFFIX)).sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Removes a drained segment, and makes that durable. */
export async function removeSegment(path: string, folder: string): Promise<void> {
  await rm(path, { force: true });
  await syncFolder(folder);
}

/** Replaces a small file in one step: its old text or its new one is there after a power cut, never half of one. */
export async function replaceFile(folder: string, name: string, text: string): Promise<void> {
  const path = join(folder, name);
  const handle = await open(`${path}.new`, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(`${path}.new`, path);
  await syncFolder(folder);
}

const SUFFIX = '.journal';
const nameOf = (number: number): string => `${String(number).padStart(8, '0')}${SUFFIX}`;
const numberOf = (name: string): number => Number.parseInt(name, 10);

async function openForAppend(path: string): Promise<JournalFile> {
  return await open(path, 'wx', 0o600);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows opens no folders; its rename and create are journaled.
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
