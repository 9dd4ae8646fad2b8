import { Fault } from '@gezhi/basis';
import { nodeIn, TILE_WIDTH, type Tile, tilePath, tileWidth } from './tiles.ts';
import { type Frontier, HASH_BYTES, hashNode, type Sha256, type TreeHash } from './tree.ts';

/** The root of the leaves `[start, end)`, made of whole nodes: each begins at a multiple of its width, 2^height. */
type Node = { readonly height: number; readonly index: number };

/** One hash of a proof: whole nodes to be hashed together from the right. */
type Part = readonly Node[];

/** What a proof is made of: the tiles to read, however they are kept, and what to do with them. */
export type ProofPlan = {
  readonly tiles: readonly Tile[];
  readonly size: number;
  readonly parts: readonly Part[];
};

/**
 * Which tiles prove that the leaf at `index` lies in the tree of `size`: about two for each 256-fold of the size, six at 10 M leaves.
 *
 * @throws Fault `no-such-leaf` where the tree is not that large
 */
export function planInclusion(index: number, size: number): ProofPlan {
  if (!(Number.isSafeInteger(index) && index >= 0 && index < size)) {
    throw new Fault('no-such-leaf', `A tree of ${size} leaves has no leaf ${index}.`);
  }
  return planOf(size, inclusionParts(index, 0, size));
}

/**
 * Which tiles prove that the tree of `oldSize` is the beginning of that of `newSize`.
 *
 * @throws Fault `no-such-tree` where the old tree is empty or larger
 */
export function planConsistency(oldSize: number, newSize: number): ProofPlan {
  if (!(Number.isSafeInteger(oldSize) && oldSize > 0 && oldSize <= newSize)) {
    throw new Fault('no-such-tree', `A tree of ${newSize} leaves does not begin with one of ${oldSize}.`);
  }
  return planOf(newSize, consistencyParts(oldSize, 0, newSize, true));
}

/** Which tiles hold the right edge of the tree of `size`, to go on from it. */
export function planFrontier(size: number): ProofPlan {
  return planOf(
    size,
    nodesOf(0, size).map((node) => [node]),
  );
}

/**
 * The hashes of the proof, from the tiles that the plan names.
 *
 * @param read the bytes of a tile; a wider tile than asked for will do
 * @throws Fault `tile-broken` where a tile is shorter than it should be
 */
export function proofOf(
  sha256: Sha256,
  plan: ProofPlan,
  read: (tile: Tile) => Uint8Array,
): readonly TreeHash[] {
  return plan.parts.map((nodes) =>
    nodes
      .map((node) => nodeHash(sha256, node, plan.size, read))
      .reduceRight((right, left) => hashNode(sha256, left, right)),
  );
}

/** The frontier of a tree, from its tiles. */
export function frontierOf(sha256: Sha256, size: number, read: (tile: Tile) => Uint8Array): Frontier {
  return { size, peaks: proofOf(sha256, planFrontier(size), read) };
}

/** RFC 6962 §2.1.1, PATH(m, D[start:end]): siblings from the leaf up. */
function inclusionParts(index: number, start: number, end: number): readonly Part[] {
  if (end - start === 1) return [];
  const middle = start + splitOf(end - start);
  return index < middle
    ? [...inclusionParts(index, start, middle), nodesOf(middle, end)]
    : [...inclusionParts(index, middle, end), nodesOf(start, middle)];
}

/** RFC 6962 §2.1.2, SUBPROOF(m, D[start:end], known). */
function consistencyParts(oldSize: number, start: number, end: number, known: boolean): readonly Part[] {
  if (oldSize === end) return known ? [] : [nodesOf(start, end)];
  const middle = start + splitOf(end - start);
  return oldSize <= middle
    ? [...consistencyParts(oldSize, start, middle, known), nodesOf(middle, end)]
    : [...consistencyParts(oldSize, middle, end, false), nodesOf(start, middle)];
}

/** The largest power of two below `width`. */
function splitOf(width: number): number {
  let split = 1;
  while (split * 2 < width) split *= 2;
  return split;
}

/** The whole nodes that make up the leaves `[start, end)`, left to right, where `start` is where a subtree begins. */
function nodesOf(start: number, end: number): Part {
  const nodes: Node[] = [];
  for (let at = start; at < end; ) {
    let [height, width] = [0, 1];
    while (at % (width * 2) === 0 && at + width * 2 <= end) [height, width] = [height + 1, width * 2];
    nodes.push({ height, index: at / width });
    at += width;
  }
  return nodes;
}

function planOf(size: number, parts: readonly Part[]): ProofPlan {
  const tiles = new Map(
    parts
      .flat()
      .map((node) => tileOf(node, size))
      .map((tile) => [tilePath(tile), tile]),
  );
  return { tiles: [...tiles.values()], size, parts };
}

/** The tile in which a node's hash lies or from which it is reckoned. */
function tileOf({ height, index }: Node, size: number): Tile {
  const level = Math.floor(height / 8);
  const first = index * 2 ** (height - level * 8);
  const tile = Math.floor(first / TILE_WIDTH);
  return { level, index: tile, width: tileWidth(size, level, tile) };
}

function nodeHash(sha256: Sha256, node: Node, size: number, read: (tile: Tile) => Uint8Array): TreeHash {
  const tile = tileOf(node, size);
  const bytes = read(tile);
  if (bytes.length < tile.width * HASH_BYTES || bytes.length % HASH_BYTES !== 0) {
    throw new Fault(
      'tile-broken',
      `${tilePath(tile)} has ${bytes.length} bytes instead of ${tile.width * HASH_BYTES}.`,
    );
  }
  const above = node.height % 8;
  return nodeIn(sha256, bytes, above, (node.index * 2 ** above) % TILE_WIDTH);
}
