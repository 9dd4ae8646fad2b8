import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { utf8 } from '../bytes.ts';
import type { NoteCrypto, Sign, VerifierKey } from '../note.ts';
import { TILE_WIDTH, type Tile } from '../tiles.ts';
import { hashLeaf, hashNode, type Sha256, type TreeHash } from '../tree.ts';
import { sha256 } from './node-hash.ts';

export const nodeCrypto: NoteCrypto = {
  sha256,
  verify: (publicKey, message, signature) => {
    const key = createPublicKey({ key: Buffer.concat([SPKI, publicKey]), format: 'der', type: 'spki' });
    return verify(null, message, key, signature);
  },
};

const SPKI = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A made-up key pair, from one byte repeated. */
export function madeUpKey(
  name: string,
  byte: number,
  sort: VerifierKey['sort'] = 0x01,
): { key: VerifierKey; sign: Sign } {
  const seed = Buffer.alloc(32, byte);
  const secret = createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(secret).export({ format: 'der', type: 'spki' }).subarray(12);
  return {
    key: { name, sort, publicKey: new Uint8Array(publicKey) },
    sign: (message) => sign(null, message, secret),
  };
}

/** Leaves 0 … size − 1 of a made-up log. */
export function madeUpLeaves(size: number): readonly TreeHash[] {
  return Array.from({ length: size }, (_, i) => hashLeaf(sha256, utf8(`entry ${i}`)));
}

/** The Merkle tree hash as RFC 6962 §2.1 defines it, letter by letter: the oracle. */
export function naiveRoot(hash: Sha256, leaves: readonly TreeHash[]): TreeHash {
  if (leaves.length === 0) return hash(new Uint8Array(0));
  if (leaves.length === 1) return leaves[0]!;
  const split = splitOf(leaves.length);
  return hashNode(hash, naiveRoot(hash, leaves.slice(0, split)), naiveRoot(hash, leaves.slice(split)));
}

/** PATH(m, D) of RFC 6962 §2.1.1, letter by letter. */
export function naivePath(hash: Sha256, index: number, leaves: readonly TreeHash[]): readonly TreeHash[] {
  if (leaves.length <= 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...naivePath(hash, index, left), naiveRoot(hash, right)]
    : [...naivePath(hash, index - split, right), naiveRoot(hash, left)];
}

function splitOf(width: number): number {
  return 2 ** (Math.ceil(Math.log2(width)) - 1);
}

/** The bytes of a tile by its definition: the roots of 256^level leaves each. */
export function naiveTile(leaves: readonly TreeHash[], tile: Tile): Uint8Array {
  const span = TILE_WIDTH ** tile.level;
  const first = tile.index * TILE_WIDTH;
  return Buffer.concat(
    Array.from({ length: tile.width }, (_, i) =>
      naiveRoot(sha256, leaves.slice((first + i) * span, (first + i + 1) * span)),
    ),
  );
}
