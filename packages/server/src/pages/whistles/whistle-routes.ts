import { isRefusal } from '@gezhi/basis';
import { type Action, isFrom } from '@gezhi/cases';
import { listCases } from '@gezhi/storage';
import { act, heldBy, mayIn, proposeUnits, whistleBands, whistleKinds, whistleMarks } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CaseView } from '../case/case-view.ts';
import { NOTHING_SENT, type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { sameText } from '../kit/seals.ts';
import { seenCaseView, unseenPage } from '../kit/unseen.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { whistleListPage } from './whistle-list-page.ts';
import { whistleDraftPage, whistlePage } from './whistle-page.ts';

const LISTED_MAX = 200;

/** `/whistles`, `/whistles/new?case=…`, `/whistles/:id`: the room of whistles, for staff. */
export function mountWhistles(pages: Pages): void {
  pages.app.get('/whistles', (request, reply) => list(pages, request, reply));
  pages.app.get('/whistles/new', (request, reply) => draft(pages, request, reply));
  pages.app.post('/whistles/new', (request, reply) => send(pages, request, reply));
  pages.app.get('/whistles/:id', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const view = await seenCaseView(visit, (request.params as { id: string }).id);
    if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
    if (!whistleKinds(visit.town).includes(view.c.kind)) return pages.trouble(reply, visit, 'notFound');
    return pages.show(reply, visit, whistlePage(visit, staff, view));
  });
}

async function list(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { staff, town, now } = visit;
  if (!staff) return reply.redirect('/staff', 303);
  const ended = (request.query as { ended?: unknown }).ended === '1';
  const kinds = whistleKinds(town);
  const held = heldBy(town, staff.actor, 'see');
  const rows = await listCases(town.db.pool, town.district, { kinds, isOpen: !ended, held }, LISTED_MAX);
  const [bands, marks] = await Promise.all([whistleBands(town, now), whistleMarks(town, now)]);
  return pages.show(reply, visit, whistleListPage(visit, staff, { rows, ended, bands, marks }));
}

/** What this post may split off a matter as a whistle, now. */
function whistleAction({ town }: Visit, staff: Staff, { c, process }: CaseView): Action | undefined {
  const kinds = whistleKinds(town);
  return Object.values(process.actions).find(
    (action) =>
      action.act === 'split' &&
      action.kinds?.some((kind) => kinds.includes(kind)) &&
      isFrom(action, c) &&
      mayIn(town, action.power, c, staff.actor).allowed,
  );
}

async function draft(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = pages.visit(request, reply);
  const { staff } = visit;
  if (!staff) return reply.redirect('/staff', 303);
  const view = await seenCaseView(visit, String((request.query as { case?: unknown }).case ?? ''));
  if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
  if (!whistleAction(visit, staff, view))
    return pages.trouble(reply, visit, 'forbidden', visit.w.whistle.noRight);
  return showDraft(pages, reply, visit, staff, view, NOTHING_SENT);
}

function showDraft(
  pages: Pages,
  reply: FastifyReply,
  visit: Visit,
  staff: Staff,
  view: CaseView,
  sent: Sent,
  error?: string,
): FastifyReply {
  const proposed = proposeUnits(visit.town, view.c, staff.unit.code, visit.now);
  const kinds = whistleAction(visit, staff, view)?.kinds ?? [];
  const page = whistleDraftPage(visit, staff, view, { proposed, kinds, sent, ...(error ? { error } : {}) });
  return pages.show(reply, visit, page, error ? 422 : 200);
}

async function send(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: '/whistles' };
  const { staff, town, now } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  const isOurs = sameText(sent.get('form'), staff.formToken) && /^[0-9a-f-]{36}$/.test(sent.get('commandId'));
  if (!isOurs) return pages.trouble(reply, visit, 'badRequest');
  const view = await seenCaseView(visit, sent.get('case'));
  if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
  const action = whistleAction(visit, staff, view);
  if (!action) return pages.trouble(reply, visit, 'forbidden', visit.w.whistle.noRight);
  const units = [...new Set(sent.all('units'))].filter((unit) => town.units.has(unit));
  const [kind, words] = [sent.get('kind'), sent.get('words')];
  if (units.length === 0 || !words || !action.kinds?.includes(kind))
    return showDraft(pages, reply, visit, staff, view, sent, visit.w.whistle.missing);
  const order = {
    commandId: `whistle/${sent.get('commandId')}`,
    caseId: view.c.caseId,
    action: action.name,
    by: staff.actor,
    input: { children: [{ kind, words, units }] },
  };
  const done = await act(town, order, now);
  if (isRefusal(done)) return showDraft(pages, reply, visit, staff, view, sent, sayRefusal(visit, done));
  return reply.redirect(`/whistles/${done.children?.[0] ?? ''}`, 303);
}
