import { createHmac, timingSafeEqual } from 'node:crypto';

/** How far a timestamp may be from the receiver's clock, in seconds, before a message counts as played back. */
export const TOLERANCE_SECONDS = 300;

/**
 * The signature of a message after Standard Webhooks 1.0 (standardwebhooks.com): `v1,` and the base64 of HMAC-SHA-256 over
 * `<id>.<timestamp>.<body>`. @param timestamp seconds since 1970
 */
export function sign(secret: Buffer, id: string, timestamp: number, body: string): string {
  const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`, 'utf8').digest('base64');
  return `v1,${mac}`;
}

/**
 * Whether one of the signatures in the header (several are separated by blanks, while a secret is changed) is ours, in time that does
 * not depend on where they differ; and whether the timestamp is near `nowSeconds`.
 */
export function verify(
  secret: Buffer,
  headers: { readonly id: string; readonly timestamp: string; readonly signature: string },
  body: string,
  nowSeconds: number,
): boolean {
  const timestamp = Number(headers.timestamp);
  if (!Number.isSafeInteger(timestamp) || Math.abs(nowSeconds - timestamp) > TOLERANCE_SECONDS) return false;
  const wanted = Buffer.from(sign(secret, headers.id, timestamp, body));
  return headers.signature.split(' ').some((one) => {
    const given = Buffer.from(one);
    return given.length === wanted.length && timingSafeEqual(given, wanted);
  });
}
