import type { CaseId } from '@gezhi/basis';
import { isRefusal, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import {
  findNotice,
  type NoticeFilter,
  type NoticeRow,
  listNotices as readNotices,
  retryNotice as sendAgain,
} from '@gezhi/storage';
import { hiddenFrom, mayIn, noPower, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { loadCase } from '../views/load-case.ts';
import { noticeViews } from '../views/notice-view.ts';

/** A page of the delivery ledger, newest first. */
export async function listNotices(turn: Turn<'listNotices'>): Promise<RouteAnswer | Refusal> {
  const { town, query } = turn;
  const after = query.after === undefined ? undefined : readMark(query.after);
  if (isRefusal(after)) return after;
  const rows = await readNotices(town.db.pool, town.district, filterOf(query, after), query.limit + 1);
  const page = rows.slice(0, query.limit);
  const next = rows.length > query.limit ? markOf(page.at(-1)!) : undefined;
  const hidden = await hiddenFrom(
    town,
    turn.actor,
    page.map(({ caseId }) => caseId),
  );
  const notices = await noticeViews(
    town,
    page.filter(({ caseId }) => !hidden.has(caseId)),
  );
  return { status: 200, body: { notices, ...(next ? { next, nextLink: nextLink(query, next) } : {}) } };
}

/** Sends a notice again that was refused, failed, had no way or stayed in the house; by whoever may note something on its case. */
export async function retryNotice(turn: Turn<'retryNotice'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now } = turn;
  const refused = await retryFor(town, params.id, actor!, now);
  if (isRefusal(refused)) return refused;
  const row = await findNotice(town.db.pool, town.district, params.id);
  const [body] = await noticeViews(town, row ? [row] : []);
  return { status: 200, body };
}

/** The same for a page: answers a refusal where it may not be, or is not to be, sent again. */
export async function retryFor(town: Town, id: string, by: Actor, now: number): Promise<Refusal | undefined> {
  const row = await findNotice(town.db.pool, town.district, id);
  if (!row) return refuse('no-such-notice', `There is no notice "${id}".`);
  const loaded = await loadCase(town, row.caseId);
  if (isRefusal(loaded)) return loaded;
  const { allowed, because } = mayIn(town, 'note', loaded.now, by);
  if (!allowed) return noPower('note', because);
  if (await sendAgain(town.db.pool, town.district, id, now)) return undefined;
  return refuse('notice-settled', `The notice is "${row.state}"; there is nothing to send again.`);
}

type Mark = NonNullable<NoticeFilter['after']>;

function filterOf(
  {
    state,
    target,
    case: caseId,
  }: { state?: NoticeRow['state'] | undefined; target?: string | undefined; case?: string | undefined },
  after: Mark | undefined,
): NoticeFilter {
  return {
    ...(state ? { state } : {}),
    ...(target ? { target } : {}),
    ...(caseId ? { caseId: caseId as CaseId } : {}),
    ...(after ? { after } : {}),
  };
}

/** Where a page ended, in one text: the moment it was made, a blank, its id. */
function markOf({ madeAt, id }: NoticeRow): string {
  return `${new Date(madeAt).toISOString()} ${id}`;
}

function readMark(text: string): Mark | Refusal {
  const [at = '', id = ''] = text.split(' ');
  const madeAt = parseInstant(at);
  if (madeAt !== undefined && id) return { madeAt, id };
  return refuse('bad-input', '`after` is not the `next` of a page.', { field: 'after' });
}

function nextLink(query: Readonly<Record<string, unknown>>, next: string): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: next }))
    if (value !== undefined) search.set(name, String(value));
  return `/api/notices?${search}`;
}
