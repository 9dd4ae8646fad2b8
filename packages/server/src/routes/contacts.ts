import { type CaseId, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { readContact as readSealed } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { loadCaseFor } from '../views/load-case.ts';

/** Who is behind a number of this case, for a purpose. */
export async function readContact(turn: Turn<'readContact'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(town, params.id as CaseId, actor);
  if (isRefusal(loaded)) return loaded;
  const { purpose, reason } = body;
  const number = body.number as RequestNumber;
  if (!Object.hasOwn(loaded.now.voices, number))
    return refuse('no-such-request', `There is no request ${number} in this case.`);
  const contact = await readSealed(town, { number, purpose, by: actor, ...(reason ? { reason } : {}) }, now);
  if (isRefusal(contact)) return contact;
  return { status: 200, body: contact, headers: { 'cache-control': 'no-store' } };
}
