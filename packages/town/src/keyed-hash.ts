import { createHash, type Hash } from 'node:crypto';

/** The two half-way hashes of HMAC-SHA-256 for a key; ready to be copied, which is cheaper than making them anew. */
type Halves = { readonly inner: Hash; readonly outer: Hash };

const halves = new WeakMap<Buffer, Halves>();

/**
 * HMAC-SHA-256 (RFC 2104) under the installation's secret, of at most 64 bytes. The same as `createHmac` answers, at a third of its
 * cost: an import recognises wordings by it, a row at a time.
 */
export function keyedHash(secret: Buffer, text: string): Buffer {
  let ready = halves.get(secret);
  if (!ready) {
    ready = { inner: startWith(secret, 0x36), outer: startWith(secret, 0x5c) };
    halves.set(secret, ready);
  }
  const inner = ready.inner.copy().update(text, 'utf8').digest();
  return ready.outer.copy().update(inner).digest();
}

function startWith(secret: Buffer, pad: number): Hash {
  const block = Buffer.alloc(64, pad);
  secret.forEach((byte, i) => {
    block[i] = byte ^ pad;
  });
  return createHash('sha256').update(block);
}
