import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor } from '@gezhi/cases';

/**
 * The bearer token of somebody on a post: `<base64url of the JSON of post and person>.<base64url of its HMAC-SHA256>`. It holds until
 * the installation's secret changes; accounts with sessions and second factors come in its place.
 */
export function tokenOf(secret: Buffer, staff: Actor): string {
  const { post, person } = staff;
  const body = Buffer.from(JSON.stringify(person === undefined ? { post } : { post, person })).toString(
    'base64url',
  );
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

/** Who a token speaks for; `undefined` where this installation did not make it. Takes the same time whatever is wrong. */
export function readToken(secret: Buffer, token: string): Actor | undefined {
  const [body = '', mac = ''] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const right = sign(secret, body);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Actor;
}

function sign(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`token:${body}`).digest();
}
