import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { explainDeadline, parseTerm, sayExplanation } from '@gezhi/clock';
import { mediaOfCase } from '@gezhi/storage';
import { answerSelf, FEW, isAsked, publicCases, type Town } from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { type LoadedCase, loadCase } from '../views/load-case.ts';
import type { Label } from '../views/names.ts';
import { sayAnyReason } from '../views/reasons.ts';
import { requestView } from '../views/request-view.ts';

/** The requester's own view with why the promise is then, why it went there, and whether they are asked now. */
export async function followRequest(turn: Turn<'followRequest'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, now } = turn;
  const opened = await openRequest(town, params.number, query.code, turn);
  if (isRefusal(opened)) return opened;
  const loaded = await loadCase(town, opened.caseId);
  if (isRefusal(loaded)) return loaded;
  const view = requestView(town, opened.number, loaded, now);
  if (!view) return refuse('no-such-request', `Request ${opened.number} does not speak in its case.`);
  const c = loaded.now;
  const types = await mediaOfCase(town.db.pool, town.district, c.caseId);
  const others = Object.keys(c.voices).length - 1;
  const body = {
    ...view,
    photos: view.photos.map((photo) => ({ ...photo, type: types.get(photo.id) ?? 'image/jpeg' })),
    why: whyThen(town, opened.number, loaded),
    asked: isAsked(town, c, opened.number, now),
    routed: whyThere(town, loaded.facts),
    ...(others >= FEW ? { others } : {}),
    isOpen: c.endedAt === undefined,
    isPublic: (await publicCases(town, { ids: [c.caseId] }, 1, now)).length > 0,
    caseId: c.caseId,
  };
  return { status: 200, body, headers: { 'cache-control': 'no-store' } };
}

/** The sentences that lead from the first moment to the promised one; none where they would not come out at it. */
function whyThen(
  town: Town,
  number: RequestNumber,
  { now: c, facts }: LoadedCase,
): { zh: string[]; en: string[] } {
  const due = c.voices[number]?.promised;
  const told = facts.find((fact) => fact.type === 'promised' && fact.data.number === number);
  const start = facts.findLast((fact) => fact.type === 'dispatched' && fact.seq < (told?.seq ?? c.seq + 1));
  if (!due || !start || due.calendar === 'stated') return { zh: [], en: [] };
  const explained = explain(town, start.occurredAt, due.term);
  if (explained.dueAt !== due.dueAt) return { zh: [], en: [] };
  return { zh: [...sayExplanation(explained, 'zh')], en: [...sayExplanation(explained, 'en')] };
}

function explain(town: Town, start: Instant, term: string): ReturnType<typeof explainDeadline> {
  return explainDeadline({ start, term: parseTerm(term), calendar: town.calendarAt(start) });
}

function whyThere(town: Town, facts: readonly Fact[]): readonly Label[] {
  const routed = facts.findLast((fact) => fact.type === 'dispatched' || fact.type === 'routeUnclear');
  if (routed?.type !== 'dispatched' && routed?.type !== 'routeUnclear') return [];
  return routed.data.because.map((reason) => sayAnyReason(town, reason).say);
}

/** The requester's own answers to the three questions, with the number's code. */
export async function answerQuestions(turn: Turn<'answerQuestions'>): Promise<RouteAnswer | Refusal> {
  const { app, town, params, query, body, now } = turn;
  // The word of whoever asked: nobody on a post may give it for them, not even who sees the case.
  const opened = await openRequest(town, params.number, query.code, { actor: undefined, now });
  if (isRefusal(opened)) return opened;
  const { id, ...answer } = body;
  const commandId = `portal/${opened.number}/${id}`;
  const done = await answerSelf(town, { number: opened.number, answer, way: 'web' }, commandId, now);
  if (isRefusal(done)) return done;
  app.writes.count += 1;
  return { status: 200, body: { answered: true } };
}
