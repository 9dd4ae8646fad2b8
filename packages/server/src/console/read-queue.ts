import { type CaseId, csvTable, isCaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { QueueRowView } from '@gezhi/contract';
import {
  type CaseListRow,
  countQueue,
  type QueueAfter,
  type QueueOf,
  type QueueRow,
  queueCases,
  wordsOfCases,
} from '@gezhi/storage';
import { packOfKind, placesWithin, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';
import { placeNamed } from '../views/names.ts';
import { wireRow } from '../views/wire.ts';
import { queuesOf } from './queues.ts';
import { type StaffVisit, visitOfTurn } from './visit-of-turn.ts';

/** Nobody needs to know how much more than this waits. */
const COUNT_MAX = 1000;
/** As many rows as a file of a queue holds. */
export const EXPORT_MAX = 10_000;
const EXCERPT_CHARS = 80;

/** The queues of this post; those that are seldom used are left out where nothing waits. One count a queue. */
export async function listQueues(turn: Turn<'listQueues'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const { town, now } = visit;
  const queues = await Promise.all(
    queuesOf(visit).map(async ({ queue, label, of, always }) => {
      const waiting = await countQueue(town.db.pool, town.district, of, now, COUNT_MAX + 1);
      return { queue, label, waiting: Math.min(waiting, COUNT_MAX), isMore: waiting > COUNT_MAX, always };
    }),
  );
  const shown = queues.filter(({ always, waiting }) => always || waiting > 0);
  return { status: 200, body: { queues: shown.map(({ always: _, ...queue }) => queue) } };
}

/** A page of a queue. Two round trips. */
export async function readQueue(turn: Turn<'readQueue'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const { limit, after, cases, place } = turn.query;
  const queue = narrowed(visit, turn.params.queue, turn.query);
  if (isRefusal(queue)) return queue;
  const of = cases === undefined ? queue : { ...queue, cases: cases.split(',').filter(isCaseId) };
  const from = after === undefined ? undefined : readAfter(after);
  const found = await queueCases(visit.town.db.pool, visit.town.district, of, {
    now: visit.now,
    limit: limit + 1,
    ...(from ? { after: from } : {}),
  });
  const rows = await queueRows(visit, found.slice(0, limit));
  const last = found.length > limit ? found[limit - 1] : undefined;
  const body = {
    rows,
    ...(last ? { next: writeAfter(last) } : {}),
    ...(place === undefined ? {} : { place: placeNamed(visit.town, place) }),
  };
  return { status: 200, body };
}

/** Rows as they are shown: with names, flags in words, and the beginning of what was said first. One round trip. */
export async function queueRows(
  { town, now }: Pick<StaffVisit, 'town' | 'now'>,
  rows: readonly (QueueRow | CaseListRow)[],
): Promise<readonly QueueRowView[]> {
  const ids = rows.map(({ case_id }) => case_id);
  const words = ids.length === 0 ? [] : await wordsOfCases(town.db.pool, town.district, ids);
  const said = new Map<CaseId, string>(words.toReversed().map((row) => [row.case_id, row.said]));
  return rows.map((row) => {
    const excerpt = said.get(row.case_id);
    const clock = clockLabel(town, row);
    return {
      ...wireRow(town, { seq: 0, updated_at: row.opened_at, ...row, flags: [...row.flags] }, now),
      ...(excerpt === undefined ? {} : { excerpt: shortened(excerpt) }),
      ...(clock ? { clock } : {}),
    };
  });
}

function shortened(said: string): string {
  const letters = [...said.replaceAll(/\s+/g, ' ')];
  return letters.length > EXCERPT_CHARS ? `${letters.slice(0, EXCERPT_CHARS).join('')}…` : letters.join('');
}

function clockLabel(town: Town, { kind, next_clock }: QueueRow | CaseListRow) {
  if (next_clock === null) return undefined;
  const { process } = packOfKind(town, kind);
  const [name] = next_clock.split('/');
  return [...process.clocks, ...(process.taskClocks ?? [])].find((rule) => rule.name === name)?.label;
}

type Filters = Turn<'exportQueue'>['query'];

function narrowed(visit: StaffVisit, name: string, filters: Filters): QueueOf | Refusal {
  const queue = queuesOf(visit).find((one) => one.queue === name);
  if (!queue) return refuse('no-such-queue', `This post has no queue "${name}".`);
  const { kind, flag, place, phase, late } = filters;
  const phases =
    phase === undefined ? queue.of.phases : (queue.of.phases ?? [phase]).filter((p) => p === phase);
  return {
    ...queue.of,
    ...(phases ? { phases } : {}),
    ...(kind === undefined ? {} : { kind }),
    ...(flag === undefined ? {} : { flag }),
    ...(place === undefined ? {} : { places: placesWithin(visit.town, place) }),
    ...(late ? { late: true } : {}),
  };
}

/** A queue as a file for a spreadsheet: what its list shows, and no words of anybody. */
export async function exportQueue(turn: Turn<'exportQueue'>): Promise<RouteAnswer | Refusal> {
  const visit = visitOfTurn(turn as never);
  if (isRefusal(visit)) return visit;
  const of = narrowed(visit, turn.params.queue, turn.query);
  if (isRefusal(of)) return of;
  const { town, now } = visit;
  const found = await queueCases(town.db.pool, town.district, of, { now, limit: EXPORT_MAX });
  return fileOf(visit, found, `queue-${turn.params.queue}`);
}

/** Rows as a file for a spreadsheet, and no words of anybody. */
export function fileOf(
  { town, lang, now }: StaffVisit,
  rows: readonly (QueueRow | CaseListRow)[],
  name: string,
): RouteAnswer {
  const lines = rows
    .map((row) => wireRow(town, { seq: 0, updated_at: row.opened_at, ...row, flags: [...row.flags] }, now))
    .map(({ caseId, kind, place, unit, state, flags, openedAt, requests, next }) => [
      caseId,
      kind.name[lang],
      place.name,
      unit?.name ?? '',
      state.label[lang],
      flags.join(' '),
      openedAt,
      requests,
      next?.dueAt ?? '',
    ]);
  return {
    status: 200,
    body: csvTable([CSV_HEAD[lang], ...lines]),
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': `attachment; filename="${name}.csv"`,
      'cache-control': 'no-store',
    },
  };
}

const CSV_HEAD = {
  zh: ['编号', '类别', '地点', '单位', '状态', '标记', '受理时间', '诉求数', '下一时限'],
  en: ['case', 'kind', 'place', 'unit', 'state', 'flags', 'opened', 'requests', 'next due'],
} as const;

function writeAfter({ flags, next_due, case_id }: QueueRow): string {
  return `${flags.includes('late') ? 1 : 0}.${next_due ?? ''}.${case_id}`;
}

function readAfter(text: string): QueueAfter | undefined {
  const [late = '', due = '', caseId = ''] = text.split('.');
  if (!isCaseId(caseId) || !/^\d{0,15}$/.test(due)) return undefined;
  return { late: late === '1', due: due === '' ? null : Number(due), caseId };
}
