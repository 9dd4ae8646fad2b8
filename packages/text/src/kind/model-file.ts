import { Fault } from '@gezhi/basis';
import type { KindModel, KindTree } from './kind-model.ts';
import type { KindNode } from './train-node.ts';
import { Vocabulary } from './vocabulary.ts';

/** The form of the file; a reader of another form refuses it. */
export const MODEL_VERSION = 1;

const MAGIC = 'GZKINDS\n';
const HEAD_BYTES = 24;

type TreeHead =
  | { readonly kind: string }
  | {
      readonly names: readonly string[];
      readonly unit: number;
      readonly stretch: number;
      readonly rows: number;
      readonly branches: readonly TreeHead[];
    };

/**
 * A model as bytes: `GZKINDS\n`, version (u32), length of the head (u32), hash of all that follows (two u32), the head in JSON, then for each node in
 * order its features (u32), their worth (f32) and weights (i16), each padded to 4 bytes. Little-endian. No sample is in it, and no
 * word: features are hashes.
 */
export function writeModel(model: KindModel): Uint8Array {
  const { tree, ...rest } = model;
  const nodes = nodesOf(tree);
  const head = padded(new TextEncoder().encode(JSON.stringify({ ...rest, tree: headOf(tree) })), 32);
  const pieces = [
    head,
    ...nodes.flatMap(({ vocabulary, worth, weights }) => [
      bytesOf(vocabulary.keys.subarray(0, vocabulary.length)),
      bytesOf(worth),
      padded(bytesOf(weights), 0),
    ]),
  ];
  const file = new Uint8Array(HEAD_BYTES + pieces.reduce((sum, { length }) => sum + length, 0));
  let at = HEAD_BYTES;
  for (const piece of pieces) {
    file.set(piece, at);
    at += piece.length;
  }
  file.set(new TextEncoder().encode(MAGIC));
  const view = new DataView(file.buffer);
  view.setUint32(8, MODEL_VERSION, true);
  view.setUint32(12, head.length, true);
  const [a, b] = hashOfBytes(file, HEAD_BYTES);
  view.setUint32(16, a, true);
  view.setUint32(20, b, true);
  return file;
}

/**
 * The model that `writeModel` wrote, ready to read texts.
 *
 * @throws Fault `not-a-model`, `model-version` where another version wrote it, `model-damaged` where it is cut off or changed
 */
export function readModel(file: Uint8Array): KindModel {
  const isModel = file.length >= HEAD_BYTES && new TextDecoder().decode(file.subarray(0, 8)) === MAGIC;
  if (!isModel) throw new Fault('not-a-model', 'This is no file of kinds.', { hint: REBUILD });
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const version = view.getUint32(8, true);
  if (version !== MODEL_VERSION) {
    const what = `The model is of version ${version}, and this reads version ${MODEL_VERSION}.`;
    throw new Fault('model-version', what, { hint: REBUILD });
  }
  const [a, b] = hashOfBytes(file, HEAD_BYTES);
  if (a !== view.getUint32(16, true) || b !== view.getUint32(20, true)) {
    throw new Fault('model-damaged', 'The model is cut off or changed.', {
      hint: `Copy it again. ${REBUILD}`,
    });
  }
  const headEnd = HEAD_BYTES + view.getUint32(12, true);
  const { tree, ...rest } = JSON.parse(new TextDecoder().decode(file.subarray(HEAD_BYTES, headEnd))) as Omit<
    KindModel,
    'tree'
  > & { readonly tree: TreeHead };
  const taker = new Taker(file, headEnd);
  return { ...rest, tree: treeOf(tree, taker) };
}

/** A short name for exactly these bytes: two 32-bit hashes in hexadecimal. Tells models apart; proves nothing against a forger. */
export function modelHash(file: Uint8Array): string {
  return hashOfBytes(file, HEAD_BYTES)
    .map((half) => half.toString(16).padStart(8, '0'))
    .join('');
}

const REBUILD = 'Build it anew: gezhi read train FILE --text COLUMNS --label COLUMN --out MODEL.';

function nodesOf(tree: KindTree): readonly KindNode[] {
  return 'kind' in tree ? [] : [tree.node, ...tree.branches.flatMap(nodesOf)];
}

function headOf(tree: KindTree): TreeHead {
  if ('kind' in tree) return tree;
  const { names, unit, stretch, vocabulary } = tree.node;
  return { names, unit, stretch, rows: vocabulary.length, branches: tree.branches.map(headOf) };
}

function treeOf(head: TreeHead, taker: Taker): KindTree {
  if ('kind' in head) return head;
  const { names, unit, stretch, rows } = head;
  const vocabulary = Vocabulary.of(new Uint32Array(taker.take(rows * 4)));
  const worth = new Float32Array(taker.take(rows * 4));
  const size = (rows + 1) * names.length;
  const weights = new Int16Array(taker.take(size * 2)).subarray(0, size);
  const node: KindNode = { names, vocabulary, worth, weights, unit, stretch };
  return { node, branches: head.branches.map((branch) => treeOf(branch, taker)) };
}

class Taker {
  readonly #file: Uint8Array;
  #at: number;

  constructor(file: Uint8Array, at: number) {
    this.#file = file;
    this.#at = at;
  }

  take(bytes: number): ArrayBuffer {
    const room = Math.ceil(bytes / 4) * 4;
    // Copied: what was read from a disk lies in a buffer shared with others, at any offset.
    const taken = new Uint8Array(room);
    taken.set(this.#file.subarray(this.#at, this.#at + room));
    this.#at += room;
    return taken.buffer;
  }
}

function bytesOf(array: Uint32Array | Float32Array | Int16Array): Uint8Array {
  return new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
}

function padded(bytes: Uint8Array, filler: number): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 4) * 4).fill(filler);
  whole.set(bytes);
  return whole;
}

function hashOfBytes(file: Uint8Array, from: number): [number, number] {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = from; i < file.length; i += 1) {
    a = Math.imul(a ^ file[i]!, 0x01000193);
    b = Math.imul(b ^ file[i]!, 0x5bd1e995) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}
