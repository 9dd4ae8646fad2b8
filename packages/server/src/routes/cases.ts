import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { CaseQuery } from '@gezhi/contract';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { caseView } from '../views/case-view.ts';
import { explainView } from '../views/explain-view.ts';
import { loadCaseFor } from '../views/load-case.ts';
import { wireRow } from '../views/wire.ts';
import { findCases } from './find-cases.ts';

/** A page of cases, newest first. */
export async function listCases(turn: Turn<'listCases'>): Promise<RouteAnswer | Refusal> {
  const { town, query, now } = turn;
  const found = await findCases(town, query, turn.actor!);
  if (isRefusal(found)) return found;
  const { rows, next } = found;
  return {
    status: 200,
    body: {
      cases: rows.map((row) => wireRow(town, row, now)),
      ...(next ? { next, nextLink: nextLink(query, next) } : {}),
    },
  };
}

function nextLink(query: CaseQuery, next: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: next })) {
    if (value !== undefined) search.set(name, String(value));
  }
  return `/api/cases?${search}`;
}

/** One case. The ETag is its last fact and who asks, because what may be done depends on that. */
export async function getCase(turn: Turn<'getCase'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now, request } = turn;
  if (!actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(town, params.id as CaseId, actor);
  if (isRefusal(loaded)) return loaded;
  const etag = `"${loaded.now.seq}-${actor.post}"`;
  const headers = { etag, 'cache-control': 'private, no-cache', vary: 'Authorization' };
  if (request.headers['if-none-match']?.split(/\s*,\s*/).includes(etag)) return { status: 304, headers };
  return { status: 200, body: await caseView(town, loaded, actor, now), headers };
}

export async function explainCase(turn: Turn<'explainCase'>): Promise<RouteAnswer | Refusal> {
  if (!turn.actor) return refuse('no-token', 'This is for staff.');
  const loaded = await loadCaseFor(turn.town, turn.params.id as CaseId, turn.actor);
  if (isRefusal(loaded)) return loaded;
  return { status: 200, body: explainView(turn.town, loaded) };
}
