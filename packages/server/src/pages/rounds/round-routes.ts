import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { planRound, type Round, type RoundStop, roundCsv, roundFor, roundsFor, visitStop } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOfRefusal } from '../../problems/problems.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sameText } from '../kit/seals.ts';
import { unseenPage } from '../kit/unseen.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { roundListPage, roundPage, visitPage } from './round-page.ts';

type Looking = {
  readonly pages: Pages;
  readonly reply: FastifyReply;
  readonly visit: Visit;
  readonly staff: Staff;
};

/** `/rounds`, `/rounds/:id`, `/rounds/:id/visit/:place`, `/rounds/:id/export`: for staff. */
export function mountRounds(pages: Pages): void {
  const { app } = pages;
  const look =
    (show: (at: Looking, request: FastifyRequest) => Promise<FastifyReply>) =>
    async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
      const visit = pages.visit(request, reply);
      const { staff } = visit;
      return staff ? await show({ pages, reply, visit, staff }, request) : reply.redirect('/staff', 303);
    };
  app.get(
    '/rounds',
    look(async (at) => {
      const { visit, staff } = at;
      const rounds = await roundsFor(visit.town, staff.actor);
      if (isRefusal(rounds)) return unseenPage(pages, at.reply, visit, rounds);
      return pages.show(at.reply, visit, roundListPage(visit, staff, rounds));
    }),
  );
  app.post(
    '/rounds',
    look(async (at, request) => await plan(at, sentOf(request.body))),
  );
  app.get(
    '/rounds/:id',
    look(async (at, request) => {
      const round = await roundFor(at.visit.town, paramsOf(request).id, at.staff.actor);
      if (isRefusal(round)) return unseenPage(pages, at.reply, at.visit, round);
      return pages.show(at.reply, at.visit, roundPage(at.visit, at.staff, round));
    }),
  );
  app.get(
    '/rounds/:id/export',
    look(async (at, request) => {
      const round = await roundFor(at.visit.town, paramsOf(request).id, at.staff.actor);
      if (isRefusal(round)) return unseenPage(pages, at.reply, at.visit, round);
      const name = `attachment; filename="${round.id}.csv"`;
      return at.reply
        .headers({ 'content-type': 'text/csv; charset=utf-8', 'content-disposition': name })
        .send(roundCsv(at.visit.town, round));
    }),
  );
  app.get(
    '/rounds/:id/visit/:place',
    look(async (at, request) => {
      const found = await stopIn(at, request);
      if (isRefusal(found)) return unseenPage(pages, at.reply, at.visit, found);
      const done = (request.query as { done?: unknown }).done === '1';
      return pages.show(at.reply, at.visit, visitPage(at.visit, at.staff, { ...found, done }));
    }),
  );
  app.post('/rounds/:id/visit/:place', look(writeVisit));
}

function paramsOf(request: FastifyRequest): { readonly id: string; readonly place: string } {
  return request.params as { id: string; place: string };
}

async function stopIn(
  { visit: { town }, staff }: Looking,
  request: FastifyRequest,
): Promise<{ readonly round: Round; readonly stop: RoundStop } | Refusal> {
  const { id, place } = paramsOf(request);
  const round = await roundFor(town, id, staff.actor);
  if (isRefusal(round)) return round;
  const stop = round.places.find((one) => one.stop === place);
  return stop ? { round, stop } : refuse('no-such-stop', `The round does not go to ${place}.`);
}

/** A plain plan from the form: every community, or every thing of a kind, in one area. */
async function plan({ pages, reply, visit, staff }: Looking, sent: Sent): Promise<FastifyReply> {
  const here = { ...visit, here: '/rounds' };
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, here, 'badRequest');
  const title = sent.get('title');
  const assets = sent.get('assets');
  const lines = sent
    .get('items')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const order = {
    id: sent.get('id'),
    sort: sent.get('sort'),
    title: { zh: title, en: title },
    kind: sent.get('kind'),
    lead: staff.unit.code,
    from: sent.get('from'),
    to: sent.get('to'),
    basis: sent.get('basis'),
    checklist: lines.map((line, i) => ({ id: `item-${i + 1}`, zh: line, en: line })),
    every: { under: sent.get('under'), ...(assets ? { assets } : { level: 'community' }) },
  };
  const done = await planRound(visit.town, order, staff.actor, visit.now);
  if (!isRefusal(done)) return reply.redirect(`/rounds/${done.id}`, 303);
  const how = { sent, refused: sayNo(visit, done) };
  const rounds = await roundsFor(visit.town, staff.actor);
  if (isRefusal(rounds)) return unseenPage(pages, reply, here, rounds);
  return pages.show(
    reply,
    here,
    roundListPage(here, staff, rounds, how),
    done.code === 'no-power' ? 403 : 422,
  );
}

async function writeVisit(at: Looking, request: FastifyRequest): Promise<FastifyReply> {
  const { pages, reply, visit, staff } = at;
  const { id, place } = paramsOf(request);
  const here = { ...visit, here: `/rounds/${id}` };
  const sent = sentOf(request.body);
  const isOurs = sameText(sent.get('form'), staff.formToken) && /^[0-9a-f-]{36}$/.test(sent.get('commandId'));
  if (!isOurs) return pages.trouble(reply, here, 'badRequest');
  const found = await stopIn(at, request);
  if (isRefusal(found)) return unseenPage(pages, reply, here, found);
  const nothing = sent.get('nothing') === '1';
  const findings = found.round.items.flatMap(({ id: item }) => {
    const words = sent.get(`found-${item}`);
    return words && !nothing ? [{ item, words }] : [];
  });
  const no = (refused: string): FastifyReply =>
    pages.show(reply, here, visitPage(here, staff, { ...found, sent, refused }), 422);
  if (!nothing && findings.length === 0) return no(visit.w.round.foundNothing);
  const order = { round: id, stop: place, findings };
  const done = await visitStop(visit.town, order, staff.actor, `round/${sent.get('commandId')}`, visit.now);
  if (isRefusal(done)) return no(sayNo(visit, done));
  return reply.redirect(`/rounds/${id}/visit/${encodeURIComponent(place)}?done=1`, 303);
}

function sayNo({ lang }: Visit, refusal: Refusal): string {
  const { body } = problemOfRefusal(refusal, lang);
  const errors = body.errors ?? [];
  return errors.length > 0 ? `${body.title}: ${errors.map(({ field }) => field).join(', ')}` : body.title;
}
