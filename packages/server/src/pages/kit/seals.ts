import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '@gezhi/basis';
import { parseRequestNumber, type RequestNumber } from '@gezhi/basis';

/**
 * The cookie by which a browser that gave the right code goes on seeing one request, for a while: `<number>.<until>.<seal>`.
 * `use` keeps the seals of different pages apart.
 */
export function sealNumber(secret: Buffer, use: string, number: RequestNumber, until: Instant): string {
  const body = `${number}.${until}`;
  return `${body}.${seal(secret, use, body)}`;
}

/** The number, where the seal is ours and the time is not up. */
export function openSealed(
  secret: Buffer,
  use: string,
  text: string | undefined,
  now: Instant,
): RequestNumber | undefined {
  const [number = '', until = '', given = ''] = (text ?? '').split('.');
  if (!sameText(given, seal(secret, use, `${number}.${until}`)) || Number(until) <= now) return undefined;
  return parseRequestNumber(number);
}

/** What a form of this browser carries, so that no other site can send it: made from the cookie that signs it in. */
export function formToken(secret: Buffer, cookie: string): string {
  return seal(secret, 'form', cookie);
}

/** Compares in the same time wherever they differ. */
export function sameText(a: string, b: string): boolean {
  const x = Buffer.from(a);
  const y = Buffer.from(b);
  return x.length === y.length && timingSafeEqual(x, y);
}

function seal(secret: Buffer, use: string, body: string): string {
  return createHmac('sha256', secret).update(`page:${use}:${body}`).digest('base64url');
}
