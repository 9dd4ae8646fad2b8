import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { NoteCrypto } from './note.ts';

/** SHA-256 and Ed25519 in plain JavaScript, for browsers, where the platform's own only answer later. Servers bring their faster own. */
export const portable: NoteCrypto = {
  sha256,
  verify: (publicKey, message, signature) => {
    if (publicKey.length !== 32 || signature.length !== 64) return false;
    return ed25519.verify(signature, message, publicKey);
  },
};
