import { createHash } from 'node:crypto';

/** The hash of a secret of 190 random bits or more: it needs no key and no slow hash. */
export function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
