import { readFileSync } from 'node:fs';
import { addPasskey, askForPasskey, askToShowPasskey, enterByPasskey } from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Pages } from '../kit/pages.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { PASSKEY_SCRIPT, passkeyPage } from './account-pages.ts';
import { fromOf, nextPage, sayRefusal, signedInPage } from './account-routes.ts';

const SCRIPT = readFileSync(new URL('./passkey-script.js', import.meta.url), 'utf8');

/** Passkeys: made by whoever is signed in, shown by whoever signs in. The script talks JSON to these. */
export function mountPasskeys(pages: Pages): void {
  const { app } = pages;
  app.get(PASSKEY_SCRIPT, (_request, reply) =>
    reply
      .headers({ 'cache-control': 'no-cache', 'x-content-type-options': 'nosniff' })
      .type('text/javascript; charset=utf-8')
      .send(SCRIPT),
  );
  app.get('/staff/passkey', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, passkeyPage(visit));
  });
  signedInPage({ pages, path: '/staff/passkey/ask', method: 'POST' }, async ({ reply, gate, sitting }) =>
    json(reply, await askForPasskey(gate, sitting.account)),
  );
  signedInPage({ pages, path: '/staff/passkey/add', method: 'POST' }, async (at) => {
    const made = { label: at.sent.get('label') || 'passkey', response: responseIn(at.request) };
    const refused = await addPasskey(at.gate, at.sitting.account, made as Parameters<typeof addPasskey>[2]);
    const error = ACCOUNT_WORDS[at.visit.lang].badPasskey;
    return json(at.reply, isRefusal(refused) ? { error } : { to: '/staff/account' });
  });
  app.post('/staff/passkey/options', (request, reply) => options(pages, request, reply));
  app.post('/staff/passkey/enter', (request, reply) => enter(pages, request, reply));
}

async function options(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const gate = await pages.options.gate?.();
  if (!gate) return pages.trouble(reply, visit, 'notFound');
  const asked = await askToShowPasskey(gate, visit.town.district, fromOf(request));
  return json(reply, isRefusal(asked) ? { error: sayRefusal(visit, asked) } : asked);
}

async function enter(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const gate = await pages.options.gate?.();
  if (!gate) return pages.trouble(reply, visit, 'notFound');
  const response = responseIn(request) as Parameters<typeof enterByPasskey>[2];
  const step = await enterByPasskey(gate, visit.town.district, response, fromOf(request));
  if (isRefusal(step)) return json(reply, { error: ACCOUNT_WORDS[visit.lang].badPasskey });
  return json(reply, { to: await nextPage(gate, visit, reply, step) });
}

/** What the browser's authenticator answered: an object, whose parts the library checks. */
function responseIn({ body }: FastifyRequest): object {
  const { response } = (body ?? {}) as { response?: unknown };
  return typeof response === 'object' && response !== null ? response : {};
}

function json(reply: FastifyReply, body: object): FastifyReply {
  return reply
    .headers({ 'cache-control': 'no-store' })
    .type('application/json; charset=utf-8')
    .send(JSON.stringify(body));
}
