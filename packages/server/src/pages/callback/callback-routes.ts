import { isRefusal, type Refusal } from '@gezhi/basis';
import {
  answerOnPaper,
  type Call,
  coachedShares,
  finishCall,
  heldCall,
  letterCode,
  mayEdition,
  missCall,
  nextCall,
  reachFor,
} from '@gezhi/town';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CONTACT_WAYS } from '../case/act-form.ts';
import { findCaseView } from '../case/case-view.ts';
import { type Sent, sentOf } from '../kit/fields.ts';
import type { Pages } from '../kit/pages.ts';
import { isOneOf } from '../kit/read-form.ts';
import { sayRefusal } from '../kit/refusal-words.ts';
import { sameText } from '../kit/seals.ts';
import { unseenPage } from '../kit/unseen.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { callbackLetter } from './callback-letter.ts';
import { callbackPage, type DeskShown } from './callback-page.ts';
import { readCallback } from './callback-questions.ts';

const DAYS_30_MS = 30 * 86_400_000;

/** `/callbacks`: one call after another, in an order that no seat chooses. No address and no field names a request to call. */
export function mountCallbacks(pages: Pages): void {
  pages.app.get('/callbacks', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const { staff } = visit;
    if (!staff) return reply.redirect('/staff', 303);
    const may = mayEdition(visit.town, 'callBack', staff.actor);
    if (isRefusal(may)) return unseenPage(pages, reply, visit, may);
    const { news } = request.query as { news?: unknown };
    const known = (['saved', 'skipped', 'gone', 'paperSaved', 'none'] as const).find((one) => one === news);
    return await show(pages, reply, visit, staff, known ? { news: known } : {});
  });
  post(pages, '/callbacks/next', takeNext);
  post(pages, '/callbacks/answer', answer);
  post(pages, '/callbacks/skip', skip);
  post(pages, '/callbacks/paper', paper);
  post(pages, '/callbacks/letter', letter);
}

type Doing = (at: {
  readonly pages: Pages;
  readonly reply: FastifyReply;
  readonly visit: Visit;
  readonly staff: Staff;
  readonly sent: Sent;
  readonly commandId: string;
}) => Promise<FastifyReply>;

function post({ app, ...pages }: Pages, path: string, doing: Doing): void {
  app.post(path, async (request: FastifyRequest, reply: FastifyReply) => {
    const all = { app, ...pages };
    const visit = { ...pages.visit(request, reply), here: '/callbacks' };
    const { staff } = visit;
    const sent = sentOf(request.body);
    if (!staff) return reply.redirect('/staff', 303);
    const isOurs =
      sameText(sent.get('form'), staff.formToken) && /^[0-9a-f-]{36}$/.test(sent.get('commandId'));
    if (!isOurs) return pages.trouble(reply, visit, 'badRequest');
    const may = mayEdition(visit.town, 'callBack', staff.actor);
    if (isRefusal(may)) return unseenPage(all, reply, visit, may);
    return await doing({
      pages: all,
      reply,
      visit,
      staff,
      sent,
      commandId: `callback/${sent.get('commandId')}`,
    });
  });
}

const takeNext: Doing = async ({ pages, reply, visit, staff }) => {
  const call = await nextCall(visit.town, staff.actor, visit.now);
  if (isRefusal(call)) return await show(pages, reply, visit, staff, no(visit, call), 403);
  return reply.redirect(call ? '/callbacks' : '/callbacks?news=none', 303);
};

const answer: Doing = async ({ pages, reply, visit, staff, sent, commandId }) => {
  const said = readCallback(sent);
  const way = sent.get('way');
  if (!said || !isOneOf(CONTACT_WAYS, way))
    return await show(pages, reply, visit, staff, { refused: visit.w.callback.missing, sent }, 422);
  const done = await finishCall(visit.town, staff.actor, { answer: said, way }, commandId, visit.now);
  if (isRefusal(done)) return await show(pages, reply, visit, staff, no(visit, done), 409);
  return await goOn(reply, visit, staff, 'saved');
};

const skip: Doing = async ({ pages, reply, visit, staff, sent, commandId }) => {
  const way = sent.get('way');
  if (!isOneOf(CONTACT_WAYS, way))
    return await show(pages, reply, visit, staff, { refused: visit.w.callback.missing }, 422);
  const done = await missCall(visit.town, staff.actor, way, commandId, visit.now);
  if (isRefusal(done)) return await show(pages, reply, visit, staff, no(visit, done), 409);
  return await goOn(
    reply,
    visit,
    staff,
    done.facts.some(({ type }) => type === 'unreachable') ? 'gone' : 'skipped',
  );
};

const paper: Doing = async ({ pages, reply, visit, staff, sent, commandId }) => {
  const said = readCallback(sent);
  const [number, code] = ['number', 'code'].map((name) => sent.get(name).replace(/\s/g, '')) as [
    string,
    string,
  ];
  if (!said || !number || !code)
    return await show(pages, reply, visit, staff, { refused: visit.w.callback.missing }, 422);
  const done = await answerOnPaper(
    visit.town,
    staff.actor,
    { number, code, answer: said },
    commandId,
    visit.now,
  );
  if (isRefusal(done)) return await show(pages, reply, visit, staff, no(visit, done), 409);
  return reply.redirect('/callbacks?news=paperSaved', 303);
};

/** A letter goes out for the request that the seat has: a try by letter, and the page to print. */
const letter: Doing = async ({ pages, reply, visit, staff, commandId }) => {
  const call = await heldCall(visit.town, staff.actor, visit.now);
  const done = call && (await missCall(visit.town, staff.actor, 'mail', commandId, visit.now));
  if (!call || !done || isRefusal(done)) {
    const refused = done && isRefusal(done) ? no(visit, done) : { refused: visit.w.callback.notYours };
    return await show(pages, reply, visit, staff, refused, 409);
  }
  const { unitSaid } = await besideCall(visit, staff, call);
  const view = await findCaseView(visit.town, call.caseId);
  const code = letterCode(visit.town, call.number, view?.facts ?? []);
  const shown = { number: call.number, code, ...(unitSaid === undefined ? {} : { unitSaid }) };
  return pages.show(reply, visit, callbackLetter(visit, shown));
};

/** What was written down is followed by the next call, in one key. */
async function goOn(
  reply: FastifyReply,
  { town, now }: Visit,
  { actor }: Staff,
  news: NonNullable<DeskShown['news']>,
): Promise<FastifyReply> {
  await nextCall(town, actor, now);
  return reply.redirect(`/callbacks?news=${news}`, 303);
}

async function show(
  pages: Pages,
  reply: FastifyReply,
  visit: Visit,
  staff: Staff,
  shown: Omit<DeskShown, 'call' | 'coached'>,
  status = 200,
): Promise<FastifyReply> {
  const { town, now } = visit;
  const call = await heldCall(town, staff.actor, now);
  const coached = await coachedShares(town, { from: now - DAYS_30_MS, to: now + 1 });
  const beside = call && { ...call, ...(await besideCall(visit, staff, call)) };
  const page = callbackPage(visit, staff, { ...shown, coached, ...(beside ? { call: beside } : {}) });
  return pages.show(reply, visit, page, status);
}

/** What this request said, what the unit said last, and how to reach them; nothing of what else they asked for. */
async function besideCall(
  { town, w, now }: Visit,
  { actor }: Staff,
  { c, number, caseId }: Call,
): Promise<Omit<NonNullable<DeskShown['call']>, keyof Call>> {
  const view = await findCaseView(town, caseId);
  const own = c.voices[number]?.words;
  const done = view?.facts.findLast((fact) => fact.type === 'done');
  const unitSaid = done?.type === 'done' ? view?.said.get(done.data.words.id) : undefined;
  const person = await reachFor(town, number, actor, now);
  return {
    asked: (own && view?.said.get(own.id)) ?? w.my.erased,
    ...(unitSaid === undefined ? {} : { unitSaid }),
    ...(person ? { person } : {}),
  };
}

function no(visit: Visit, refusal: Refusal): { readonly refused: string } {
  const { callback } = visit.w;
  const own: Readonly<Record<string, string>> = {
    'not-your-turn': callback.notYours,
    'bad-letter': callback.badLetter,
    'nothing-asked': callback.nothingAsked,
  };
  return { refused: own[refusal.code] ?? sayRefusal(visit, refusal) };
}
