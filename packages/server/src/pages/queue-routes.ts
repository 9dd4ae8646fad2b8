import { parseRequestNumber } from '@gezhi/basis';
import { isValidAt } from '@gezhi/duty';
import { findRequest } from '@gezhi/storage';
import { refuseSightOf } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { tokenOf } from '../tokens.ts';
import { setCookie } from './cookies.ts';
import { sentOf } from './fields.ts';
import type { Pages } from './pages.ts';
import { queuePage, readQueue } from './queue-page.ts';
import { sameText } from './seals.ts';
import { isMadeUp, staffPage } from './staff-page.ts';
import { COOKIES, staffOf } from './visit.ts';

/** A working day, in seconds: then one signs in anew. */
const SIGNED_IN_S = 12 * 3600;

export function mountQueue(pages: Pages): void {
  const { app } = pages;
  app.get('/staff', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, staffPage(visit));
  });
  app.post('/staff', (request, reply) => signIn(pages, request, reply));
  app.post('/staff/out', (request, reply) => {
    const { staff } = pages.visit(request, reply);
    if (staff && sameText(sentOf(request.body).get('form'), staff.formToken))
      setCookie(request, reply, COOKIES.staff, '', 0);
    return reply.redirect('/', 303);
  });
  app.get('/queue', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const query = request.query as Readonly<Record<string, unknown>>;
    return pages.show(reply, visit, queuePage(visit, staff, await readQueue(visit, staff, query), query));
  });
  app.get('/queue/find', async (request, reply) => {
    const { staff, town } = pages.visit(request, reply);
    if (!staff) return reply.redirect('/staff', 303);
    const number = parseRequestNumber(String((request.query as { number?: unknown }).number ?? ''));
    const caseId = number && (await findRequest(town.db.pool, town.district, number));
    const seen = caseId && (await refuseSightOf(town, caseId, staff.actor))?.code !== 'no-such-case';
    return reply.redirect(seen ? `/cases/${caseId}` : '/queue?missed=1', 303);
  });
}

/** By a token; by a post alone only where the town and its people are made up. */
async function signIn(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const { town, w, now } = visit;
  const sent = sentOf(request.body);
  const picked = isMadeUp(visit) ? town.posts.get(sent.get('post')) : undefined;
  const person = picked && town.staff.find((s) => s.post === picked.code && isValidAt(s, now))?.person;
  const token = picked
    ? tokenOf(town.secret, person === undefined ? { post: picked.code } : { post: picked.code, person })
    : sent.get('token');
  if (!staffOf(town, token, now)) {
    return pages.show(reply, visit, staffPage(visit, w.staff.tokenWrong), 403);
  }
  setCookie(request, reply, COOKIES.staff, token, SIGNED_IN_S);
  return reply.redirect('/queue', 303);
}
