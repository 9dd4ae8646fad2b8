import { type CaseId, isRefusal, type Refusal } from '@gezhi/basis';
import type { CaseListRow } from '@gezhi/storage';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { findCases } from '../routes/find-cases.ts';
import { EXPORT_MAX, fileOf, queueRows } from './read-queue.ts';
import { visitOfTurn } from './visit-of-turn.ts';

/** A page of cases of all phases, newest first: what a number on a board leads to. */
export async function readList(turn: Turn<'readList'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const found = await findCases(visit.town, turn.query, visit.staff.actor);
  if (isRefusal(found)) return found;
  const { rows, next } = found;
  return { status: 200, body: { rows: await queueRows(visit, rows), ...(next ? { next } : {}) } };
}

/** The same as a file, the newest first, at most 10,000. */
export async function exportList(turn: Turn<'exportList'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const rows: CaseListRow[] = [];
  let after: CaseId | undefined;
  do {
    const query = { ...turn.query, ...(after ? { after } : {}), limit: EXPORT_MAX - rows.length };
    const found = await findCases(visit.town, query, visit.staff.actor);
    if (isRefusal(found)) return found;
    rows.push(...found.rows);
    after = found.next;
  } while (after && rows.length < EXPORT_MAX);
  return fileOf(visit, rows, 'cases');
}
