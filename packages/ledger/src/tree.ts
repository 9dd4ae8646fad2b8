/** SHA-256 (FIPS 180-4): 32 bytes. The room brings none: the server passes Node's, a browser passes `sha256`. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** A hash of the tree: 32 bytes. */
export type TreeHash = Uint8Array;

export const HASH_BYTES = 32;

/** The hash of a leaf, SHA-256(0x00 ‖ entry) (RFC 6962 §2.1). */
export function hashLeaf(sha256: Sha256, entry: Uint8Array): TreeHash {
  if (entry.length >= leafBytes.length) leafBytes = new Uint8Array(2 * entry.length);
  leafBytes.set(entry, 1);
  return sha256(leafBytes.subarray(0, entry.length + 1));
}

/** The hash of an inner node, SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function hashNode(sha256: Sha256, left: TreeHash, right: TreeHash): TreeHash {
  pairBytes.set(left, 1);
  pairBytes.set(right, 1 + HASH_BYTES);
  return sha256(pairBytes);
}

/** What is hashed is put together in the same place each time: new memory would cost more than the hash. No hash keeps what it was given. */
let leafBytes = new Uint8Array(1_024);
const pairBytes = new Uint8Array(1 + 2 * HASH_BYTES).fill(1, 0, 1);

/**
 * The right edge of a tree: the roots of its whole subtrees, largest first, one for each 1 in the binary of `size`. Everything that
 * is needed to grow the tree and to say its root: at most 53 hashes, however large it is.
 */
export type Frontier = { readonly size: number; readonly peaks: readonly TreeHash[] };

export const EMPTY_FRONTIER: Frontier = { size: 0, peaks: [] };

/**
 * The frontier after these leaves. About one hash a leaf beside the leaf's own.
 *
 * @param leaves leaf hashes in order (`hashLeaf`)
 * @param completed told of each whole node as it is made, leaves (height 0) among them: every eighth height is what tiles are made of
 */
export function appendTree(
  sha256: Sha256,
  frontier: Frontier,
  leaves: readonly TreeHash[],
  completed: (height: number, node: TreeHash) => void = () => undefined,
): Frontier {
  const peaks = [...frontier.peaks];
  let { size } = frontier;
  for (const leaf of leaves) {
    let node = leaf;
    completed(0, node);
    for (let [rest, height] = [size, 1]; rest % 2 === 1; rest = Math.floor(rest / 2), height += 1) {
      node = hashNode(sha256, peaks.pop()!, node);
      completed(height, node);
    }
    peaks.push(node);
    size += 1;
  }
  return { size, peaks };
}

/** The root of a tree (RFC 6962 §2.1); of an empty one, the hash of nothing. */
export function rootOf(sha256: Sha256, frontier: Frontier): TreeHash {
  if (frontier.size === 0) return sha256(new Uint8Array(0));
  return frontier.peaks.reduceRight((right, left) => hashNode(sha256, left, right));
}
