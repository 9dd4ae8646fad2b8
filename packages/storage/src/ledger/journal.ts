import { crc32 } from 'node:zlib';
import {
  decodeBundle,
  encodeBundle,
  type Frontier,
  fromBase64,
  type TreeHash,
  toBase64,
} from '@gezhi/ledger';

/** Everything that is needed to go on from: the tree's right edge, and the tiles and the bundle that are not full yet. */
export type LogState = {
  readonly frontier: Frontier;
  /** Hashes of the partial tile of each level. */
  readonly edges: readonly (readonly TreeHash[])[];
  /** Entries of the partial bundle. */
  readonly bundle: readonly Uint8Array[];
};

/** One batch as it was acknowledged: its entries and the checkpoint that takes them in. */
export type JournalRecord = { readonly entries: readonly Uint8Array[]; readonly checkpoint: string };

const HEAD_BYTES = 8;

/** A frame: length and CRC-32 of the payload, both big-endian, and the payload. What was cut short shows as torn. */
function frame(payload: Uint8Array): Buffer {
  const bytes = Buffer.allocUnsafe(HEAD_BYTES + payload.length);
  bytes.writeUInt32BE(payload.length, 0);
  bytes.writeUInt32BE(crc32(payload), 4);
  bytes.set(payload, HEAD_BYTES);
  return bytes;
}

/** The bytes of a batch in the journal. */
export function encodeRecord({ entries, checkpoint }: JournalRecord): Buffer {
  const [bundle, note] = [encodeBundle(entries), Buffer.from(checkpoint, 'utf8')];
  const payload = Buffer.allocUnsafe(4 + bundle.length + note.length);
  payload.writeUInt32BE(bundle.length, 0);
  payload.set(bundle, 4);
  payload.set(note, 4 + bundle.length);
  return frame(payload);
}

/** The first frame of a journal: the state that its records go on from. */
export function encodeStart(origin: string, { frontier, edges, bundle }: LogState): Buffer {
  return frame(
    Buffer.from(
      JSON.stringify({
        journal: 'gezhi-ledger/1',
        origin,
        size: frontier.size,
        peaks: frontier.peaks.map(toBase64),
        edges: edges.map((hashes) => hashes.map(toBase64)),
        bundle: bundle.map(toBase64),
      }),
    ),
  );
}

/** A journal as it was read: how far it is whole, and what it holds until there. */
export type Journal = {
  readonly origin: string;
  readonly start: LogState;
  readonly records: readonly JournalRecord[];
  readonly wholeBytes: number;
};

/** Reads a journal up to where it is torn; `undefined` where not even its start is whole. */
export function readJournal(bytes: Buffer): Journal | undefined {
  const first = payloadAt(bytes, 0);
  if (!first) return undefined;
  const { origin, size, peaks, edges, bundle } = JSON.parse(first.toString('utf8')) as {
    origin: string;
    size: number;
    peaks: string[];
    edges: string[][];
    bundle: string[];
  };
  const read = (texts: readonly string[]): Uint8Array[] => texts.map((text) => fromBase64(text)!);
  const records: JournalRecord[] = [];
  let at = HEAD_BYTES + first.length;
  for (let payload = payloadAt(bytes, at); payload; payload = payloadAt(bytes, at)) {
    const end = 4 + payload.readUInt32BE(0);
    records.push({
      entries: decodeBundle(payload.subarray(4, end)) ?? [],
      checkpoint: payload.toString('utf8', end),
    });
    at += HEAD_BYTES + payload.length;
  }
  const start = { frontier: { size, peaks: read(peaks) }, edges: edges.map(read), bundle: read(bundle) };
  return { origin, start, records, wholeBytes: at };
}

function payloadAt(bytes: Buffer, at: number): Buffer | undefined {
  if (at + HEAD_BYTES > bytes.length) return undefined;
  const payload = bytes.subarray(at + HEAD_BYTES, at + HEAD_BYTES + bytes.readUInt32BE(at));
  if (payload.length < bytes.readUInt32BE(at) || payload.length === 0) return undefined;
  return crc32(payload) === bytes.readUInt32BE(at + 4) ? payload : undefined;
}
