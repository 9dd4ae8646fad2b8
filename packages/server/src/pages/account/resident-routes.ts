import { endResident, openByResidentCode, openResident, RESIDENT_MS } from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMadeUp } from '../../made-up.ts';
import { askCode, mattersOf, RESIDENT_COOKIE, residentIn } from '../../session/resident-session.ts';
import { readCookies, setCookie } from '../kit/cookies.ts';
import { sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';
import { sayRefusal } from './account-routes.ts';
import { askCodePage, residentPage, takeCodePage } from './resident-pages.ts';

/** A resident without their number: a one-time code opens their open requests. */
export function mountResidents(pages: Pages): void {
  const { app } = pages;
  app.post('/my/code', (request, reply) => ask(pages, request, reply));
  app.post('/my/code/open', (request, reply) => open(pages, request, reply));
  app.get('/my/all', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const mark = await residentIn(await pages.options.gate?.(), visit.town, request);
    if (!mark) return reply.redirect('/my', 303);
    return pages.show(reply, visit, residentPage(visit, await mattersOf(visit.town, mark, visit.now)));
  });
  app.post('/my/all/leave', async (request, reply) => {
    const { town } = pages.visit(request, reply);
    const gate = await pages.options.gate?.();
    if (gate) await endResident(gate, town.district, readCookies(request).get(RESIDENT_COOKIE));
    setCookie(request, reply, RESIDENT_COOKIE, '', 0);
    return reply.redirect('/my', 303);
  });
  app.post('/my/demo', (request, reply) => demo(pages, request, reply));
}

async function ask(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my' };
  const w = ACCOUNT_WORDS[visit.lang].resident;
  const gate = await pages.options.gate?.();
  if (!gate) return pages.trouble(reply, visit, 'notFound');
  const { sendCode: send, onFault = () => undefined } = pages.options;
  const address = sentOf(request.body).get('address').slice(0, 254);
  const asked = { address, machine: request.ip, language: visit.lang };
  const refused = await askCode({ gate, town: visit.town, send, onFault }, asked);
  if (!refused) return pages.show(reply, visit, takeCodePage(visit, address));
  if (refused.code === 'no-contact') return pages.show(reply, visit, askCodePage(visit, w.badAddress), 422);
  return pages.show(reply, visit, askCodePage(visit, sayRefusal(visit, refused)), 429);
}

async function open(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my' };
  const { town, lang } = visit;
  const sent = sentOf(request.body);
  const address = sent.get('address').slice(0, 254);
  const gate = await pages.options.gate?.();
  const mark = await town.vault.markOf(town.district, address);
  if (!gate || !mark) return reply.redirect('/my', 303);
  const asking = { district: town.district, mark, machine: request.ip };
  const opened = await openByResidentCode(gate, asking, sent.get('code'));
  if (isRefusal(opened)) {
    const isWrong = opened.code === 'wrong-code';
    const error = isWrong ? ACCOUNT_WORDS[lang].resident.wrong : sayRefusal(visit, opened);
    return pages.show(reply, visit, takeCodePage(visit, address, error), isWrong ? 403 : 429);
  }
  setCookie(request, reply, RESIDENT_COOKIE, opened.token, RESIDENT_MS / 1000);
  return reply.redirect('/my/all', 303);
}

/** In a made-up town: one of its residents, by one press. */
async function demo(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/my' };
  const { district, db } = visit.town;
  const gate = await pages.options.gate?.();
  if (!gate || !isMadeUp(visit)) return pages.trouble(reply, visit, 'notFound');
  const { rows } = await db.pool.query<{ lookup: Buffer }>(
    `SELECT lookup FROM vault_field
     WHERE district = $1 AND lookup IS NOT NULL ORDER BY person DESC LIMIT 1`,
    [district],
  );
  if (!rows[0]) return reply.redirect('/my', 303);
  const { token } = await openResident(gate, district, rows[0].lookup);
  setCookie(request, reply, RESIDENT_COOKIE, token, RESIDENT_MS / 1000);
  return reply.redirect('/my/all', 303);
}
