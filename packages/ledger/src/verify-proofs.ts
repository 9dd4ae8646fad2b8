import { sameBytes } from './bytes.ts';
import { HASH_BYTES, hashNode, type Sha256, type TreeHash } from './tree.ts';

/** A run of leaves `[start, end)` of a tree. */
export type Span = { readonly start: number; readonly end: number };

/**
 * Whether the leaf lies at `index` of the tree with this root (RFC 9162 §2.1.3.2, which is RFC 6962 §2.1.1 as an algorithm).
 *
 * @param proof hashes from the leaf's sibling up
 */
export function verifyInclusion(
  sha256: Sha256,
  claim: { readonly index: number; readonly size: number; readonly leaf: TreeHash; readonly root: TreeHash },
  proof: readonly TreeHash[],
): boolean {
  const { index, size, leaf, root } = claim;
  if (!isCount(index) || !isCount(size) || index >= size) return false;
  if (![leaf, root, ...proof].every(isHash)) return false;
  let [node, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0) return false;
    if (odd(node) || node === last) {
      hash = hashNode(sha256, sibling, hash);
      while (!odd(node) && node !== 0) [node, last] = [half(node), half(last)];
    } else {
      hash = hashNode(sha256, hash, sibling);
    }
    [node, last] = [half(node), half(last)];
  }
  return last === 0 && sameBytes(hash, root);
}

/**
 * Whether the tree of `oldSize` is the beginning of the tree of `newSize`: nothing was changed, dropped or put in between (RFC 9162
 * §2.1.4.2). The empty tree is the beginning of every tree, which proves nothing: it is refused unless both are empty.
 */
export function verifyConsistency(
  sha256: Sha256,
  claim: {
    readonly oldSize: number;
    readonly newSize: number;
    readonly oldRoot: TreeHash;
    readonly newRoot: TreeHash;
  },
  proof: readonly TreeHash[],
): boolean {
  const { oldSize, newSize, oldRoot, newRoot } = claim;
  if (oldSize === 0) {
    const empty = sha256(new Uint8Array(0));
    return newSize === 0 && proof.length === 0 && [oldRoot, newRoot].every((root) => sameBytes(root, empty));
  }
  return verifySubtree(
    sha256,
    { start: 0, end: oldSize, size: newSize, subtreeRoot: oldRoot, root: newRoot },
    proof,
  );
}

/** Whether the leaf lies at `index` of the subtree `[start, end)` with this root (draft-ietf-plants-merkle-tree-certs §4.3). */
export function verifySubtreeInclusion(
  sha256: Sha256,
  claim: Span & { readonly index: number; readonly leaf: TreeHash; readonly root: TreeHash },
  proof: readonly TreeHash[],
): boolean {
  const { start, end, index, leaf, root } = claim;
  if (!isSubtree(claim) || start === end || !isCount(index) || index < start) return false;
  return verifyInclusion(sha256, { index: index - start, size: end - start, leaf, root }, proof);
}

/**
 * Whether the subtree `[start, end)` with this root is part of the tree of `size` (draft-ietf-plants-merkle-tree-certs §4.4). With
 * `start` 0 it is the consistency of two trees.
 */
export function verifySubtree(
  sha256: Sha256,
  claim: Span & { readonly size: number; readonly subtreeRoot: TreeHash; readonly root: TreeHash },
  proof: readonly TreeHash[],
): boolean {
  const { start, end, size, subtreeRoot, root } = claim;
  if (!isSubtree(claim) || !isCount(size) || end > size) return false;
  if (start === end) return proof.length === 0 && sameBytes(subtreeRoot, sha256(new Uint8Array(0)));
  if (start === 0 && end === size) return proof.length === 0 && sameBytes(subtreeRoot, root);
  if (![subtreeRoot, root, ...proof].every(isHash)) return false;
  let [first, last, edge] = [start, end - 1, size - 1];
  while (first !== last && (last === edge || odd(last))) {
    [first, last, edge] = [half(first), half(last), half(edge)];
  }
  const whole = first === last;
  if (!whole && proof.length === 0) return false;
  let [inner, outer] = whole ? [subtreeRoot, subtreeRoot] : [proof[0]!, proof[0]!];
  // A subtree that ends with the tree or is a whole one is climbed from itself; otherwise from the last whole node within it.
  for (const sibling of whole ? proof : proof.slice(1)) {
    if (edge === 0) return false;
    if (odd(last) || last === edge) {
      if (first < last) inner = hashNode(sha256, sibling, inner);
      outer = hashNode(sha256, sibling, outer);
      while (!odd(last) && last !== 0) [first, last, edge] = [half(first), half(last), half(edge)];
    } else {
      outer = hashNode(sha256, outer, sibling);
    }
    [first, last, edge] = [half(first), half(last), half(edge)];
  }
  return edge === 0 && sameBytes(inner, subtreeRoot) && sameBytes(outer, root);
}

/** A subtree begins at a multiple of the power of two that holds it. */
function isSubtree({ start, end }: Span): boolean {
  if (!isCount(start) || !isCount(end) || end < start) return false;
  let width = 1;
  while (width < end - start) width *= 2;
  return start % width === 0;
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function isHash(bytes: Uint8Array): boolean {
  return bytes.length === HASH_BYTES;
}

function odd(value: number): boolean {
  return value % 2 === 1;
}

function half(value: number): number {
  return Math.floor(value / 2);
}
