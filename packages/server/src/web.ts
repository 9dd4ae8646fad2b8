import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** The web apps, each under its own name. */
export const WEB_APPS = ['portal', 'field', 'console'] as const;
export type WebApp = (typeof WEB_APPS)[number];

const YEAR_S = 365 * 86_400;

/**
 * Serves a built web app under its name: its files, which carry a hash in their names and are kept for ever, and its one page for every address
 * below. What is not built is not served, and answered by false.
 *
 * @param folder where `index.html` and `assets/` lie, with `.br` and `.gz` beside each file
 */
export async function mountWebApp(server: FastifyInstance, app: WebApp, folder: string): Promise<boolean> {
  const page = join(folder, 'index.html');
  if (!existsSync(page)) return false;
  const index = readFileSync(page, 'utf8');
  await server.register(async (own) => {
    await own.register(fastifyStatic, {
      root: folder,
      prefix: `/${app}/`,
      index: false,
      wildcard: false,
      preCompressed: true,
      cacheControl: false,
      setHeaders: (reply, path) => {
        const kept = path.includes('/assets/');
        reply.header('cache-control', kept ? `public, max-age=${YEAR_S}, immutable` : 'no-cache');
      },
    });
    const show = (_: unknown, reply: FastifyReply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-cache')
        .send(withNonce(index, reply));
    own.get(`/${app}`, show);
    own.get(`/${app}/`, show);
    own.get(`/${app}/*`, show);
  });
  return true;
}

/** Where a page asks for a nonce: its library writes styles while it runs, and each answer lets only its own through. */
const NONCE_PLACE = '__CSP_NONCE__';

/** The page with a nonce of its own, which its policy names. A page that asks for none goes as it is. */
function withNonce(page: string, reply: FastifyReply): string {
  if (!page.includes(NONCE_PLACE)) return page;
  const nonce = randomBytes(18).toString('base64url');
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header(
    'content-security-policy',
    policy.replace("style-src 'self'", `style-src 'self' 'nonce-${nonce}'`),
  );
  return page.replaceAll(NONCE_PLACE, nonce);
}
