import { formatVerifierKey, parseTilePath } from '@gezhi/ledger';
import { logInFolder, nodeSha256 } from '@gezhi/storage';
import type { FastifyInstance } from 'fastify';
import type { AppContext } from './app-context.ts';
import { mountVerifier } from './mount-verifier.ts';

/** A year: what a tile holds never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * The ledger's files, as any web server would serve them: `/ledger/<district>/checkpoint`, `…/tile/<L>/<N>`, `…/key.pub`. Paths that the
 * ledger does not write are not looked for.
 */
export function mountLedger(server: FastifyInstance, { ledger, installation }: AppContext): void {
  if (!ledger) return;
  mountVerifier(server);
  server.get<{ Params: { district: string; '*': string } }>('/ledger/:district/*', async (request, reply) => {
    const { district, '*': path } = request.params;
    if (!installation.towns.has(district)) return reply.callNotFound();
    if (path === 'key.pub') {
      const { key } = await ledger.keyOf(district);
      return reply.type('text/plain; charset=utf-8').send(`${formatVerifierKey(nodeSha256, key)}\n`);
    }
    if (path !== 'checkpoint' && !parseTilePath(path)) return reply.callNotFound();
    const bytes = await logInFolder(ledger.publicOf(district))(path);
    if (!bytes) return reply.callNotFound();
    const isNote = path === 'checkpoint';
    return reply
      .headers({ 'cache-control': isNote ? 'no-cache' : FOR_EVER, 'access-control-allow-origin': '*' })
      .type(isNote ? 'text/plain; charset=utf-8' : 'application/octet-stream')
      .send(bytes);
  });
}
