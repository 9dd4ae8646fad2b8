import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Actor } from '@gezhi/cases';

/**
 * The bearer token of somebody on a post: `<base64url of the JSON of post, person and district>.<base64url of its HMAC-SHA256>`. It holds until
 * the installation's secret changes; accounts with sessions and second factors come in its place.
 */
export function tokenOf(secret: Buffer, staff: Actor, district?: string): string {
  const { post, person } = staff;
  const holds = { post, ...(person === undefined ? {} : { person }), ...(district ? { district } : {}) };
  const body = Buffer.from(JSON.stringify(holds)).toString('base64url');
  return `${body}.${sign(secret, body).toString('base64url')}`;
}

/**
 * Who a token speaks for; `undefined` where this installation did not make it, or made it for another district: codes of posts and persons may
 * be the same in several. Takes the same time whatever is wrong with it.
 *
 * @param here the district it is shown in, and whether it is the only one: a token that names none opens only that
 */
export function readToken(
  secret: Buffer,
  token: string,
  here?: { readonly district: string; readonly isAlone: boolean },
): Actor | undefined {
  const [body = '', mac = ''] = token.split('.');
  const given = Buffer.from(mac, 'base64url');
  const right = sign(secret, body);
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined;
  const { district, ...actor } = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as Holds;
  const isFromHere = !here || district === here.district || (district === undefined && here.isAlone);
  return isFromHere ? actor : undefined;
}

type Holds = Actor & { readonly district?: string };

function sign(secret: Buffer, body: string): Buffer {
  return createHmac('sha256', secret).update(`token:${body}`).digest();
}
