import type { FastifyReply, FastifyRequest } from 'fastify';

/** The cookies that a browser sent, by name; the first where a name stands twice. */
export function readCookies(request: FastifyRequest): ReadonlyMap<string, string> {
  const cookies = new Map<string, string>();
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const at = pair.indexOf('=');
    const name = pair.slice(0, at).trim();
    if (at > 0 && !cookies.has(name)) cookies.set(name, pair.slice(at + 1).trim());
  }
  return cookies;
}

/**
 * Sets a cookie that no script can read and no other site can send along with a form. Without `maxAgeS` it goes when the browser is
 * closed; `maxAgeS` 0 removes it. Values are tokens of ours: letters, digits, dot, hyphen, underscore.
 */
export function setCookie(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  value: string,
  maxAgeS?: number,
): void {
  const age = maxAgeS === undefined ? '' : `; Max-Age=${maxAgeS}`;
  const secure = request.protocol === 'https' ? '; Secure' : '';
  addCookies(reply, [`${name}=${value}; Path=/; HttpOnly; SameSite=Lax${age}${secure}`]);
}

/** Hands on the cookies that another one set, as they stand. Fastify keeps those that were set before. */
export function addCookies(reply: FastifyReply, cookies: readonly string[]): void {
  for (const cookie of cookies) reply.header('set-cookie', cookie);
}
