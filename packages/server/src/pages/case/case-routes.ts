import { isRefusal, type Refusal } from '@gezhi/basis';
import { isFrom, pendingOf } from '@gezhi/cases';
import { listNotices } from '@gezhi/storage';
import { act, whistleKinds } from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { noticeViews } from '../../views/notice-view.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { sameText } from '../kit/seals.ts';
import { seenCaseView, unseenPage } from '../kit/unseen.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { pastRulings } from '../rulings/rulings-page.ts';
import { answerHints } from './answer-hints.ts';
import { type CaseNews, casePage } from './case-page.ts';
import type { CaseView } from './case-view.ts';
import { commandIdOf, knownAnswers } from './knowledge-choice.ts';
import { isUnread, readActForm } from './read-act-form.ts';

export function mountCase(pages: Pages): void {
  pages.app.get('/cases/:id', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const view = await viewOf(visit, request);
    if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
    const { done } = request.query as { done?: unknown };
    return pages.show(
      reply,
      visit,
      casePage(visit, staff, view, typeof done === 'string' ? { done } : undefined),
    );
  });
  pages.app.post('/cases/:id/do', (request, reply) => doAct(pages, request, reply));
}

async function viewOf(visit: Visit, request: FastifyRequest): Promise<CaseView | Refusal> {
  const { town } = visit;
  const view = await seenCaseView(visit, (request.params as { id: string }).id);
  if (isRefusal(view)) return view;
  const { caseId } = view.c;
  const rows = await listNotices(town.db.pool, town.district, { caseId }, TOLD_SHOWN);
  const objected = pendingOf(view.c.applications).some(({ about }) => about === 'objection');
  const past = objected ? await pastRulings(visit, view.c) : [];
  const known = canAnswer(view) ? await knownAnswers(visit, view) : [];
  return { ...view, told: await noticeViews(town, rows), past, known };
}

/** Whether the case stands where an answer would settle it. */
function canAnswer({ c, process }: CaseView): boolean {
  return Object.values(process.actions).some((action) => action.act === 'answer' && isFrom(action, c));
}

/** Notices on the page of a case; the ledger has all. */
const TOLD_SHOWN = 12;

async function doAct(pages: Pages, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const visit = { ...pages.visit(request, reply), here: `/cases/${(request.params as { id: string }).id}` };
  const { staff } = visit;
  const sent = sentOf(request.body);
  if (!staff) return reply.redirect('/staff', 303);
  if (!sameText(sent.get('form'), staff.formToken)) return pages.trouble(reply, visit, 'badRequest');
  const view = await viewOf(visit, request);
  if (isRefusal(view)) return unseenPage(pages, reply, visit, view);
  const commandId = await commandIdOf(visit, sent);
  if (sent.get('hints')) {
    const asked = { action: sent.get('action'), sent, refused: '', bendable: false };
    const hints = answerHints(visit, view, sent);
    return pages.show(reply, visit, casePage(visit, staff, view, { ...asked, hints }));
  }
  const refused = await carryOut(visit, staff, view, sent, commandId);
  if (!refused)
    return reply.redirect(
      `/${roomOf(visit, view)}/${view.c.caseId}?done=${encodeURIComponent(commandId)}`,
      303,
    );
  const after = await viewOf(visit, request);
  return pages.show(
    reply,
    visit,
    casePage(visit, staff, isRefusal(after) ? view : after, newsOf(visit, sent, refused)),
    409,
  );
}

type No = Refusal | { readonly unread: 'missing' | 'notFound' | 'placeNotFound' };

/** Where a case is looked at: whistles have a room of their own. */
function roomOf({ town }: Visit, { c }: CaseView): 'cases' | 'whistles' {
  return whistleKinds(town).includes(c.kind) ? 'whistles' : 'cases';
}

/** Carries out what the form asks; answers why not, where it was refused or could not be read. */
async function carryOut(
  visit: Visit,
  staff: Staff,
  { c, process }: CaseView,
  sent: Sent,
  commandId: string,
): Promise<No | undefined> {
  const name = sent.get('action');
  const action = Object.hasOwn(process.actions, name) ? process.actions[name] : undefined;
  if (!action || !/^page\/[0-9a-f-]{36}(?:$|\/knowledge\/)/.test(commandId)) return { unread: 'missing' };
  const input = await readActForm(action.act, { visit, c, sent, unit: staff.unit.code, action });
  if (isUnread(input)) return input;
  const reason = sent.get('bendReason');
  const approver = sent.get('approver');
  const order = {
    commandId,
    caseId: c.caseId,
    action: name,
    by: staff.actor,
    expectedSeq: Number(sent.get('seq')),
    input,
    ...(reason && visit.town.posts.has(approver) ? { bend: { reason, approver } } : {}),
  };
  const done = await act(visit.town, order, visit.now);
  return isRefusal(done) ? done : undefined;
}

function newsOf(visit: Visit, sent: Sent, no: No): CaseNews {
  const common = { action: sent.get('action'), sent };
  if (!('refused' in no)) return { ...common, refused: visit.w.act[no.unread], bendable: false };
  const bendable = no.code === 'guard' && no.details?.hardness === 'bendable';
  return {
    ...common,
    refused: sayRefusal(visit, no),
    bendable,
    ...(no.code === 'stale' ? { staleSince: Number(sent.get('seq')) } : {}),
  };
}
