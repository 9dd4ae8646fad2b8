/**
 * A 64-bit fingerprint of a text in 13 characters, for ETags: the two 32-bit lanes of cyrb53 (bryc, public domain), read whole.
 * Not a secret and no seal: whoever needs one takes SHA-256. About 1 ns a character.
 */
export function fingerprint(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    a = Math.imul(a ^ unit, 2654435761);
    b = Math.imul(b ^ unit, 1597334677);
  }
  const high = mix(a, b);
  const low = mix(b, a);
  return ((BigInt(high) << 32n) | BigInt(low)).toString(36).padStart(13, '0');
}

function mix(x: number, y: number): number {
  const first = Math.imul(x ^ (x >>> 16), 2246822507);
  return (first ^ Math.imul(y ^ (y >>> 13), 3266489909)) >>> 0;
}
