import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { NoteCrypto } from './note.ts';
import { verifySm2 } from './sm2.ts';
import { sm3 } from './sm3.ts';

/** SHA-256, Ed25519, and SM2 with SM3 in plain JavaScript. Servers and most browsers have faster ones of their own for the first two. */
export const plainCrypto: NoteCrypto = {
  sha256,
  verify: (publicKey, message, signature) => {
    if (publicKey.length === 65) return verifySm2(sm3, publicKey, message, signature);
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    return ed25519.verify(signature, message, publicKey);
  },
};
