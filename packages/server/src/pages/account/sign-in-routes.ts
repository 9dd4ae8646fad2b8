import { ADMIN_ROLES, type AdminRole, enterDemoAdmin } from '@gezhi/accounts';
import { isRefusal } from '@gezhi/basis';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isMadeUp } from '../../made-up.ts';
import { enterAs, SIGNED_IN_S } from '../../session/enter-as.ts';
import { tokenOf } from '../../tokens.ts';
import { setCookie } from '../kit/cookies.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import { COOKIES, staffOf, type Visit } from '../kit/visit.ts';
import { enterByPassword, fromOf, goOn, leave } from './account-routes.ts';
import { staffPage } from './staff-page.ts';

/** `/staff`: the ways in, and out again. */
export function mountSignIn(pages: Pages): void {
  const { app } = pages;
  app.get('/staff', (request, reply) => {
    const visit = pages.visit(request, reply);
    return pages.show(reply, visit, staffPage(visit));
  });
  app.post('/staff', (request, reply) => signIn(pages, request, reply));
  app.post('/staff/out', async (request, reply) => {
    const { staff, town } = pages.visit(request, reply);
    await leave(pages, request, town.secret);
    if (staff && sameText(sentOf(request.body).get('form'), staff.formToken))
      setCookie(request, reply, COOKIES.staff, '', 0);
    return reply.redirect('/', 303);
  });
}

/** By account; in a made-up town by a post or a token alone, and as one of its administrators. */
async function signIn(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/staff' };
  const sent = sentOf(request.body);
  if (sent.get('name')) return await enterByPassword(pages, request, reply, sent);
  const admin = ADMIN_ROLES.find((role) => role === sent.get('admin'));
  if (admin && isMadeUp(visit)) return await enterAdmin(pages, request, reply, visit, admin);
  const mayEnter = pages.options.postTokens !== false || isMadeUp(visit);
  const token = mayEnter ? tokenFor(visit, sent) : '';
  if (!staffOf(visit.town, token, visit.now, visit.installation.towns.size === 1)) {
    return pages.show(reply, visit, staffPage(visit, { token: visit.w.staff.tokenWrong }), 403);
  }
  setCookie(request, reply, COOKIES.staff, token, SIGNED_IN_S);
  return reply.redirect('/queue', 303);
}

function tokenFor({ town, now }: Visit, sent: Sent): string {
  const actor = enterAs(town, sent.get('post'), now);
  return isRefusal(actor) ? sent.get('token') : tokenOf(town.secret, actor, town.district);
}

async function enterAdmin(
  pages: Pages,
  request: FastifyRequest,
  reply: FastifyReply,
  visit: Visit,
  role: AdminRole,
): Promise<FastifyReply> {
  const gate = await pages.options.gate?.();
  const step = gate && (await enterDemoAdmin(gate, visit.town.district, role, fromOf(request)));
  if (!gate || !step || isRefusal(step)) return pages.trouble(reply, visit, 'notFound');
  return await goOn(gate, visit, reply, step);
}
