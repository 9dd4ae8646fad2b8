import { isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { receiptOf } from '../receipt-of.ts';

export { promiseOf } from '../receipt-of.ts';

/** What was promised and, once the ledger has come to it, the proof that it is there. */
export async function getReceipt(turn: Turn<'getReceipt'>): Promise<RouteAnswer | Refusal> {
  const { app, town, params, query } = turn;
  const opened = await openRequest(town, params.number, query.code, turn);
  if (isRefusal(opened)) return opened;
  if (!app.ledger) return refuse('no-ledger', 'This service keeps no ledger.');
  const body = await receiptOf(app.ledger, town, opened);
  return isRefusal(body) ? body : { status: 200, body, headers: { 'cache-control': 'no-store' } };
}
