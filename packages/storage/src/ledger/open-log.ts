import { hash } from 'node:crypto';
import { constants, mkdirSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Fault, isRefusal } from '@gezhi/basis';
import {
  appendTree,
  bundlePath,
  type Checkpoint,
  EMPTY_FRONTIER,
  ENTRY_BYTES_MAX,
  encodeBundle,
  type Frontier,
  hashLeaf,
  parseCheckpoint,
  rootOf,
  type Sha256,
  type Sign,
  type SignLater,
  sameBytes,
  signCheckpoint,
  TILE_WIDTH,
  type TreeHash,
  tilePath,
  type VerifierKey,
} from '@gezhi/ledger';
import { encodeRecord, encodeStart, type Journal, readJournal } from './journal.ts';

/** SHA-256 by Node; by way of text, which it gives back three times as fast as bytes. */
export const nodeSha256: Sha256 = (bytes) => Buffer.from(hash('sha256', bytes, 'binary'), 'latin1');

/** The key of a log: what others check by, and what signs. */
export type LogKey = { readonly key: VerifierKey; readonly sign: Sign };

/** A key on disk. `signLater` signs in a thread of its own, at the same cost: whoever answers many goes on meanwhile. */
export type KeptKey = LogKey & { readonly signLater: SignLater };

/**
 * A log that is being written. One process at a time: whoever opens it holds a lock elsewhere (the district's follower row).
 *
 *     <folder>/journal            batches since the tiles were last synced; never served
 *     <folder>/public/checkpoint  what is served, with the tiles beside it
 *     <folder>/public/tile/…
 */
export type OpenLog = {
  readonly size: () => number;
  /** The signed note of the tree as it is on disk. */
  readonly checkpoint: () => string;
  /** Appends a batch, one at a time; when it answers, the entries and a signed checkpoint over them are synced to disk. */
  readonly append: (
    entries: readonly Uint8Array[],
  ) => Promise<{ readonly first: number; readonly checkpoint: string }>;
  /** Writes tiles and checkpoint for readers, never while a batch is being appended; the checkpoint last. */
  readonly publish: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type LogOptions = {
  /** Tiles are synced and a new journal is begun after so many bytes. */
  readonly journalMax?: number;
};

const JOURNAL_MAX = 32 * 2 ** 20;
const PENDING_MAX = 8 * 2 ** 20;

type Writing = {
  readonly folder: string;
  readonly logKey: LogKey;
  readonly journalMax: number;
  file: FileHandle;
  journalBytes: number;
  frontier: Frontier;
  edges: TreeHash[][];
  bundle: Uint8Array[];
  checkpoint: string;
  /** A batch is in memory and not on disk: nothing may follow it until the log was opened again. */
  isBroken: boolean;
  /** Full tiles and bundles that are not written yet, by path. */
  pending: Map<string, Uint8Array>;
  pendingBytes: number;
  /** Tiles and bundles of which a partial one was shown, by the path of the full one. */
  readonly partials: Set<string>;
  /** Folders of partial ones whose full one is written. */
  readonly outgrown: string[];
  hasPublished: boolean;
  /** Written and not synced yet. */
  readonly unsynced: Set<string>;
};

/**
 * Opens the log of a folder, or begins one; after a kill or a power cut it goes on where the journal is whole and writes all tiles since
 * the last sync anew.
 *
 * @throws Fault `other-ledger` (another origin), `ledger-damaged` (a batch does not lead to its own checkpoint), `ledger-behind` (the
 *   published checkpoint is of a tree that the journal does not lead to: one of the two was restored from a backup)
 */
export async function openLog(folder: string, logKey: LogKey, options: LogOptions = {}): Promise<OpenLog> {
  await mkdir(join(folder, 'public'), { recursive: true });
  const journal = await journalIn(folder, logKey);
  const w = await resume(folder, logKey, journal, options.journalMax ?? JOURNAL_MAX);
  await publish(w);
  return {
    size: () => w.frontier.size,
    checkpoint: () => w.checkpoint,
    append: (entries) => append(w, entries),
    publish: () => publish(w),
    close: async () => {
      await rotate(w);
      await w.file.close();
    },
  };
}

async function journalIn(folder: string, { key }: LogKey): Promise<Journal> {
  const path = join(folder, 'journal');
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (bytes === undefined) {
    await beginJournal(folder, encodeStart(key.name, { frontier: EMPTY_FRONTIER, edges: [], bundle: [] }));
    return await journalIn(folder, { key, sign: () => new Uint8Array(0) });
  }
  const journal = readJournal(bytes);
  if (!journal) {
    throw new Fault('ledger-damaged', `${path} has no whole beginning.`, {
      hint: 'Take the folder away and start again: the ledger is written anew from the database, to the same roots.',
    });
  }
  if (journal.origin === key.name) return journal;
  throw new Fault('other-ledger', `${folder} holds the ledger of ${journal.origin}, not of ${key.name}.`);
}

/** Goes through the journal again, checking each batch against its own checkpoint. */
async function resume(
  folder: string,
  logKey: LogKey,
  journal: Journal,
  journalMax: number,
): Promise<Writing> {
  const file = await openJournal(folder);
  await file.truncate(journal.wholeBytes);
  const { frontier, edges, bundle } = journal.start;
  const w: Writing = {
    folder,
    logKey,
    journalMax,
    file,
    journalBytes: journal.wholeBytes,
    frontier,
    edges: edges.map((hashes) => [...hashes]),
    bundle: [...bundle],
    checkpoint: '',
    isBroken: false,
    pending: new Map(),
    pendingBytes: 0,
    partials: new Set(),
    outgrown: [],
    hasPublished: false,
    unsynced: new Set(),
  };
  const published = await publishedIn(folder);
  let isKnown = published === undefined || isTree(w, published);
  for (const { entries, checkpoint } of journal.records) {
    grow(w, entries);
    const told = parseCheckpoint(checkpoint);
    if (isRefusal(told) || !isTree(w, told)) {
      await file.close();
      throw new Fault(
        'ledger-damaged',
        `A batch of the journal in ${folder} does not lead to its own checkpoint.`,
      );
    }
    isKnown ||= isTree(w, published!);
    if (w.pendingBytes > PENDING_MAX) writePending(w);
  }
  if (!isKnown) {
    await file.close();
    throw new Fault(
      'ledger-behind',
      `${folder} has published a tree of ${published!.size} leaves, to which its journal of ${w.frontier.size} does not lead: one of them was restored from a backup.`,
      { hint: 'Put the newer of both back; nothing that was published may be taken back.' },
    );
  }
  w.checkpoint = signed(w);
  return w;
}

function isTree(w: Writing, { size, root }: Checkpoint): boolean {
  return size === w.frontier.size && sameBytes(root, rootOf(nodeSha256, w.frontier));
}

async function publishedIn(folder: string): Promise<Checkpoint | undefined> {
  try {
    const checkpoint = parseCheckpoint(await readFile(join(folder, 'public/checkpoint'), 'utf8'));
    return isRefusal(checkpoint) ? undefined : checkpoint;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function signed({ frontier, logKey }: Writing): string {
  const root = rootOf(nodeSha256, frontier);
  return signCheckpoint(
    nodeSha256,
    { origin: logKey.key.name, size: frontier.size, root },
    logKey.key,
    logKey.sign,
  );
}

async function append(
  w: Writing,
  entries: readonly Uint8Array[],
): Promise<{ readonly first: number; readonly checkpoint: string }> {
  if (w.isBroken)
    throw new Fault('ledger-broken', `A batch could not be written in ${w.folder}.`, {
      hint: 'Open the log again.',
    });
  const first = w.frontier.size;
  const long = entries.find((entry) => entry.length > ENTRY_BYTES_MAX);
  if (long)
    throw new Fault(
      'entry-too-long',
      `An entry has ${long.length} bytes; a ledger takes ${ENTRY_BYTES_MAX}.`,
    );
  grow(w, entries);
  const checkpoint = signed(w);
  const record = encodeRecord({ entries, checkpoint });
  w.isBroken = true;
  await w.file.write(record, 0, record.length, w.journalBytes);
  if (constants.O_DSYNC === undefined) await w.file.datasync();
  w.isBroken = false;
  w.journalBytes += record.length;
  w.checkpoint = checkpoint;
  if (w.pendingBytes > PENDING_MAX) writePending(w);
  if (w.journalBytes > w.journalMax) {
    await rotate(w);
  }
  return { first, checkpoint };
}

/** Takes entries into the tree in memory; tiles and bundles that fill up wait to be written. */
function grow(w: Writing, entries: readonly Uint8Array[]): void {
  let index = Math.floor(w.frontier.size / TILE_WIDTH);
  for (const entry of entries) {
    w.bundle.push(entry);
    if (w.bundle.length < TILE_WIDTH) continue;
    keep(w, bundlePath(index, TILE_WIDTH), encodeBundle(w.bundle));
    w.bundle = [];
    index += 1;
  }
  const counts = w.edges.map((_, level) => Math.floor(w.frontier.size / TILE_WIDTH ** level));
  const leaves = entries.map((entry) => hashLeaf(nodeSha256, entry));
  w.frontier = appendTree(nodeSha256, w.frontier, leaves, (height, node) => {
    if (height % 8 !== 0) return;
    const level = height / 8;
    const edge = w.edges[level] ?? [];
    w.edges[level] = edge;
    edge.push(node);
    counts[level] = (counts[level] ?? 0) + 1;
    if (edge.length < TILE_WIDTH) return;
    keep(
      w,
      tilePath({ level, index: counts[level] / TILE_WIDTH - 1, width: TILE_WIDTH }),
      Buffer.concat(edge),
    );
    w.edges[level] = [];
  });
}

function keep(w: Writing, path: string, bytes: Uint8Array): void {
  w.pending.set(path, bytes);
  w.pendingBytes += bytes.length;
}

async function publish(w: Writing): Promise<void> {
  writePending(w);
  const { size } = w.frontier;
  for (const [level, edge] of w.edges.entries()) {
    if (edge.length === 0) continue;
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    write(w, tilePath({ level, index, width: edge.length }), Buffer.concat(edge));
    w.partials.add(tilePath({ level, index, width: TILE_WIDTH }));
  }
  if (w.bundle.length > 0) {
    const index = Math.floor(size / TILE_WIDTH);
    write(w, bundlePath(index, w.bundle.length), encodeBundle(w.bundle));
    w.partials.add(bundlePath(index, TILE_WIDTH));
  }
  const path = join(w.folder, 'public/checkpoint');
  writeFileSync(`${path}.next`, w.checkpoint);
  await rename(`${path}.next`, path);
  w.unsynced.add('checkpoint');
  w.hasPublished = true;
  const outgrown = w.outgrown.splice(0);
  await Promise.all(outgrown.map((folder) => rm(folder, { recursive: true, force: true })));
}

/** Full tiles; the partial ones that they take the place of go when they are shown. */
function writePending(w: Writing): void {
  for (const [path, bytes] of w.pending) {
    write(w, path, bytes);
    // What a process before this one had shown is not remembered.
    if (!w.partials.delete(path) && w.hasPublished) continue;
    w.outgrown.push(join(w.folder, 'public', `${path}.p`));
  }
  w.pending = new Map();
  w.pendingBytes = 0;
}

/** At once, not by the thread pool: some dozens of small files, each of which would wait four times for its turn. What waits for the disk does not. */
function write(w: Writing, path: string, bytes: Uint8Array | string): void {
  const whole = join(w.folder, 'public', path);
  try {
    writeFileSync(whole, bytes);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, bytes);
  }
  w.unsynced.add(path);
}

/** Syncs what was written for readers and begins a new journal from here: the old one is not needed any more. */
async function rotate(w: Writing): Promise<void> {
  await publish(w);
  const folders = new Set<string>();
  for (const path of w.unsynced) {
    const whole = join(w.folder, 'public', path);
    if (await sync(whole))
      for (let at = dirname(whole); at.length >= w.folder.length; at = dirname(at)) folders.add(at);
  }
  for (const folder of folders) await sync(folder);
  w.unsynced.clear();
  const start = encodeStart(w.logKey.key.name, { frontier: w.frontier, edges: w.edges, bundle: w.bundle });
  await beginJournal(w.folder, start);
  const old = w.file;
  w.file = await openJournal(w.folder);
  w.journalBytes = start.length;
  await old.close();
}

/** Where the platform has it, each write answers when it is on disk, as after fdatasync: one way to the disk instead of two. */
async function openJournal(folder: string): Promise<FileHandle> {
  return await open(join(folder, 'journal'), constants.O_RDWR | (constants.O_DSYNC ?? 0));
}

async function beginJournal(folder: string, start: Buffer): Promise<void> {
  const path = join(folder, 'journal');
  await writeFile(`${path}.next`, start);
  await sync(`${path}.next`);
  await rename(`${path}.next`, path);
  await sync(folder);
}

/** Syncs a file or folder; false where it is gone by now. Windows does not open folders, and needs no sync of them. */
async function sync(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    await file.sync().finally(() => file.close());
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return false;
    if (process.platform === 'win32' && (code === 'EPERM' || code === 'EISDIR')) return true;
    throw error;
  }
}
