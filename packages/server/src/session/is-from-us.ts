import type { FastifyRequest } from 'fastify';

/**
 * Whether a call that a cookie signs may change something: it only reads, or the browser says that it comes from a page of this very host
 * (`Sec-Fetch-Site`, else `Origin`). A browser sends cookies along by itself, so the cookie alone proves no will (OWASP ASVS 4.0.3, V4.2.2).
 */
export function isFromUs(request: FastifyRequest): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return true;
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (typeof site === 'string') return site === 'same-origin';
  return typeof origin === 'string' && isOurs(origin, request);
}

/** Whether a browser says that a call comes from another site. A program says nothing of it. */
export function isFromElsewhere(request: FastifyRequest): boolean {
  const { 'sec-fetch-site': site, origin } = request.headers;
  if (typeof site === 'string') return site !== 'same-origin' && site !== 'none';
  return typeof origin === 'string' && !isOurs(origin, request);
}

/** Hosts are compared without the port that a protocol implies. */
function isOurs(origin: string, { host }: FastifyRequest): boolean {
  if (!URL.canParse(origin)) return false;
  const { protocol, host: theirs } = new URL(origin);
  return URL.canParse(`${protocol}//${host}`) && new URL(`${protocol}//${host}`).host === theirs;
}
