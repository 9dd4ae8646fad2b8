import { isoInstant, isRefusal, type Refusal } from '@gezhi/basis';
import { nextCall } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The request that this seat has, else the next one, in an order that nobody chooses. */
export async function nextCallback({
  town,
  actor,
  now,
}: Turn<'nextCallback'>): Promise<RouteAnswer | Refusal> {
  const call = await nextCall(town, actor!, now);
  if (isRefusal(call)) return call;
  if (!call) return { status: 200, body: { call: null } };
  const { number, caseId, until } = call;
  return {
    status: 200,
    body: { call: { number, caseId, until: isoInstant(until), link: `/api/cases/${caseId}` } },
  };
}
