import { DAY, isRefusal, type Refusal } from '@gezhi/basis';
import { type EmergencyRow, listEmergencies } from '@gezhi/storage';
import { declareEmergency, emergencyNumber, endEmergency, reviewEmergency } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { type EmergenciesShown, emergenciesPage } from './emergency-page.ts';

const PAGE_SIZE = 50;

/** `/emergencies`: what is in force and what was, for everybody; declaring, ending and reviewing, for whoever may. */
export function mountEmergencyPages(pages: Pages): void {
  pages.app.get('/emergencies', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const query = request.query as { readonly before?: string; readonly done?: string };
    const before = /^\d{1,9}$/.test(query.before ?? '') ? Number(query.before) : undefined;
    const shown = await readShown(visit, before);
    return pages.show(reply, visit, emergenciesPage(visit, { ...shown, done: query.done === '1' }));
  });
  form(pages, '/emergencies', async ({ town, now }, { actor }, sent) => {
    const days = /^\d{1,2}$/.test(sent.get('days')) ? Number(sent.get('days')) : 0;
    const order = {
      id: sent.get('id'),
      level: Number(sent.get('level')),
      area: sent.get('area'),
      basis: sent.get('basis').slice(0, 300),
      reason: sent.get('reason').slice(0, 4000),
      renews: emergencyNumber(sent.get('renews')),
    };
    const [before] =
      order.renews === undefined
        ? []
        : await listEmergencies(town.db.pool, town.district, { number: order.renews }, 1);
    const from = Math.max(now, before ? (before.endedAt ?? before.endsAt) : now);
    return await declareEmergency(town, { ...order, endsAt: from + days * DAY }, actor, now);
  });
  form(pages, '/emergencies/:emergency/end', async ({ town, now }, { actor }, sent, number) => {
    const reason = sent.get('reason').slice(0, 4000);
    return await endEmergency(town, { number, reason }, actor, now);
  });
  form(pages, '/emergencies/:emergency/review', async ({ town, now }, { actor }, sent, number) => {
    const review = sent.get('review').slice(0, 4000);
    return await reviewEmergency(town, { number, review }, actor, now);
  });
}

type Act = (visit: Visit, staff: Staff, sent: Sent, number: number) => Promise<EmergencyRow | Refusal>;

function form(pages: Pages, path: string, act: Act): void {
  pages.app.post(path, async (request: FastifyRequest, reply: FastifyReply) => {
    const visit = { ...pages.visit(request, reply), here: '/emergencies' };
    const { staff, lang } = visit;
    const sent = sentOf(request.body);
    if (!staff) return reply.redirect('/staff', 303);
    if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
    const { emergency = '' } = request.params as { readonly emergency?: string };
    const done = await act(visit, staff, sent, emergencyNumber(emergency) ?? 0);
    if (!isRefusal(done)) return reply.redirect('/emergencies?done=1', 303);
    const { status, body } = problemOfRefusal(done, lang);
    const shown = await readShown(visit, undefined);
    const text = `${body.title} ${body.detail === body.title ? body.remedy : body.detail}`;
    return pages.show(reply, visit, emergenciesPage(visit, { ...shown, refused: { text, sent } }), status);
  });
}

async function readShown({ town }: Visit, before: number | undefined): Promise<EmergenciesShown> {
  const filter = before === undefined ? {} : { before };
  const rows = await listEmergencies(town.db.pool, town.district, filter, PAGE_SIZE + 1);
  const next = rows.length > PAGE_SIZE ? rows[PAGE_SIZE - 1]!.number : undefined;
  return { emergencies: rows.slice(0, PAGE_SIZE), next };
}
