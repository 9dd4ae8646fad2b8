import { createHmac, timingSafeEqual } from 'node:crypto';
import { COOKIE_PREFIX } from './library.ts';

/** The cookie of an account's session. */
export const SESSION_COOKIE = `${COOKIE_PREFIX}.session_token`;

/** The value of a session's cookie: the token and its seal, as the library writes and reads it. */
export function sealToken(key: string, token: string): string {
  return encodeURIComponent(`${token}.${sealOf(key, token)}`);
}

/** The token of a session's cookie, where the seal is ours. Takes the same time whatever is wrong. */
export function openToken(key: string, value: string | undefined): string | undefined {
  const text = decoded(value ?? '');
  const at = text.lastIndexOf('.');
  const token = text.slice(0, Math.max(at, 0));
  const given = Buffer.from(text.slice(at + 1));
  const right = Buffer.from(sealOf(key, token));
  return given.length === right.length && timingSafeEqual(given, right) ? token : undefined;
}

/** The token that an answer of the library sets. */
export function tokenSet(key: string, setCookies: readonly string[]): string | undefined {
  const set = setCookies.findLast((cookie) => cookie.startsWith(`${SESSION_COOKIE}=`));
  return openToken(key, set?.slice(SESSION_COOKIE.length + 1).split(';')[0]);
}

/** The value of a cookie in a `Cookie` header; the first where a name stands twice. */
export function cookieIn(header: string | undefined, name: string): string | undefined {
  return header
    ?.split(';')
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(`${name}=`))
    ?.slice(name.length + 1);
}

function sealOf(key: string, token: string): string {
  return createHmac('sha256', key).update(token).digest('base64');
}

/** A cookie of ours is percent-encoded ASCII; what is not so is none of ours. */
function decoded(value: string): string {
  return value.replace(/%([0-7][0-9a-fA-F])/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}
