import { type CaseId, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { SubscriptionRow } from '@gezhi/storage';
import { endSubscriptions, placeNamed, subscribe, subscriptionsOf, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { isFromElsewhere } from '../session/is-from-us.ts';
import { residentIn } from '../session/resident-session.ts';
import { loadCase } from '../views/load-case.ts';
import { kindLabel, type Label } from '../views/names.ts';

type Name = 'listSubscriptions' | 'addSubscription' | 'endSubscription';
const PRIVATE = { 'cache-control': 'no-store' };

/** What goes to the address that the one-time code proved. Refuses `no-session`. */
export async function listSubscriptions(turn: Turn<'listSubscriptions'>): Promise<RouteAnswer | Refusal> {
  const mark = await markOf(turn);
  if (isRefusal(mark)) return mark;
  const { town } = turn;
  const shown = await Promise.all(
    (await subscriptionsOf(town, mark)).map((row) => showSubscription(town, row)),
  );
  return { status: 200, body: { subscriptions: shown }, headers: PRIVATE };
}

/** Tells that address of a place or a case from now on. Refuses as `subscribe` does. */
export async function addSubscription(turn: Turn<'addSubscription'>): Promise<RouteAnswer | Refusal> {
  const mark = await markOf(turn);
  if (isRefusal(mark)) return mark;
  const { town, body, language, now } = turn;
  const { address, place, case: caseId } = body;
  if ((place === undefined) === (caseId === undefined))
    return refuse('bad-input', 'Subscribe to a place or to a case.', { field: 'place' });
  const of = place === undefined ? { caseId: caseId as CaseId } : { place };
  const done = await subscribe(town, mark, { of, address, language }, now);
  if (isRefusal(done)) return done;
  const row = (await subscriptionsOf(town, mark)).find(({ id }) => id === done.id);
  if (!row) return refuse('no-such-subscription', 'It was ended at the same moment.');
  return { status: 200, body: await showSubscription(town, row), headers: PRIVATE };
}

/** Ends one that goes to that address. */
export async function endSubscription(turn: Turn<'endSubscription'>): Promise<RouteAnswer | Refusal> {
  const mark = await markOf(turn);
  if (isRefusal(mark)) return mark;
  const { town, params, now } = turn;
  const mine = (await subscriptionsOf(town, mark)).some(({ id }) => id === params.id);
  if (!mine) return refuse('no-such-subscription', 'There is no such subscription of yours.');
  await endSubscriptions(town, [params.id], now);
  return { status: 204 };
}

async function markOf({ app, town, request }: Turn<Name>): Promise<Buffer | Refusal> {
  if (request.method !== 'GET' && isFromElsewhere(request))
    return refuse('cross-site', 'Subscribe from a page of this site.');
  const mark = await residentIn(await app.gate(), town, request);
  return mark ?? refuse('no-session', 'Ask for a code first.');
}

async function showSubscription(town: Town, { id, of, isCase, endsAt }: SubscriptionRow): Promise<object> {
  const until = isoInstant(endsAt);
  if (!isCase) {
    const { name } = placeNamed(town, of);
    return { id, name: { zh: name, en: name }, place: of, until };
  }
  return { id, name: await caseName(town, of as CaseId), case: of, until };
}

async function caseName(town: Town, caseId: CaseId): Promise<Label> {
  const loaded = await loadCase(town, caseId);
  return kindLabel(town, isRefusal(loaded) ? 'unknown' : loaded.now.kind);
}
