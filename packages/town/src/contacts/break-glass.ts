import { HOUR, type Instant, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { type Actor, replay } from '@gezhi/cases';
import {
  addBreakGlass,
  allowBreakGlass,
  type BreakGlassRow,
  breakGlassOf,
  findRequest,
  loadFacts,
} from '@gezhi/storage';
import { maySee } from '../powers/sight.ts';
import type { Town } from '../town.ts';
import { newId } from '../words.ts';
import { isConcerned } from './is-concerned.ts';
import { raiseAlarm } from './raise-alarm.ts';

/** A look that no power allows. `until` is there once a second person has allowed it. */
export type BreakGlass = BreakGlassRow;

/** How long an allowed look stays open. */
const OPEN_MS = 4 * HOUR;

/** Asks for a look in an emergency; nothing is shown by it. Refuses `reason-missing`, `no-such-request`, `concerned`, `not-yours`. */
export async function askToLook(
  town: Town,
  order: { readonly number: RequestNumber; readonly by: Actor; readonly reason: string },
  now: Instant,
): Promise<{ readonly id: string } | Refusal> {
  const { number, by, reason } = order;
  if (!reason.trim()) return refuse('reason-missing', 'An emergency is told in your own words.');
  const refused = await refuseGlassTo(town, number, by, now);
  if (refused) return refused;
  const id = newId(now);
  await addBreakGlass(town.db.pool, town.district, {
    id,
    number,
    asked_at: now,
    asked_post: by.post,
    asked_staff: by.person!,
    reason,
  });
  return { id };
}

/** Allows it for some hours, as another person, who heads a unit. Refuses `same-person`, `not-yours`, `concerned`, `no-such-look`. */
export async function allowLook(
  town: Town,
  order: { readonly id: string; readonly by: Actor },
  now: Instant,
): Promise<{ readonly until: Instant } | Refusal> {
  const { id, by } = order;
  const [row] = await breakGlassOf(town.db.pool, town.district, { id });
  if (!row) return refuse('no-such-look', 'Nobody asked for this look.');
  const refused = await refuseGlassTo(town, row.number as RequestNumber, by, now);
  if (refused) return refused;
  if (row.asked_staff === by.person) return refuse('same-person', 'A second person allows it.');
  if (town.posts.get(by.post)?.kind !== 'head') return refuse('not-yours', 'Who allows it heads a unit.');
  const until = now + OPEN_MS;
  const allowed = await allowBreakGlass(town.db.pool, town.district, id, {
    at: now,
    post: by.post,
    staff: by.person!,
    until,
  });
  return allowed ? { until } : refuse('no-such-look', 'This look was allowed already.');
}

/** What was asked for about a number, the newest first. */
export async function glassOf(town: Town, number: RequestNumber): Promise<readonly BreakGlass[]> {
  return await breakGlassOf(town.db.pool, town.district, { number });
}

async function refuseGlassTo(
  town: Town,
  number: RequestNumber,
  by: Actor,
  now: Instant,
): Promise<Refusal | undefined> {
  if (!town.posts.has(by.post) || by.person === undefined)
    return refuse('not-yours', 'Only somebody on a post, by name, may ask for this or allow it.');
  const caseId = await findRequest(town.db.pool, town.district, number);
  const c = caseId && replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  if (c) await raiseAlarm(town, c, { number, by, purpose: 'breakGlass' }, now);
  if (!c || !maySee(town, c, by)) return refuse('no-such-request', `There is no request ${number} here.`);
  if (isConcerned(town, c, by))
    return refuse('concerned', 'Who complained is hidden from the unit that the matter is about.');
  return undefined;
}
