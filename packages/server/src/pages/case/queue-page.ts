import type { CaseId } from '@gezhi/basis';
import { isCaseId } from '@gezhi/basis';
import { LABELS, type Phase } from '@gezhi/cases';
import { type QueueAfter, type QueueOf, type QueueRow, queueCases, wordsOfCases } from '@gezhi/storage';
import { heldBy, packOfKind } from '@gezhi/town';
import { type Option, selectField, textField } from '../kit/fields.ts';
import { type Child, flag, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { clockName, kindName, momentOf, placeName, sayAge, sayRemaining, unitName } from '../kit/say.ts';
import { type Staff, type Visit, withQuery } from '../kit/visit.ts';
import { DESK_WORDS } from '../words/desk-words.ts';
import { isLate } from './deadlines.ts';
import { waitingKnowledge } from './knowledge-choice.ts';
import { openTo } from './queue-phases.ts';

/** One page of a queue: which it is, its rows, what was said first in each case, and where the next page begins. */
export type Queue = {
  readonly tab: string;
  readonly tabs: readonly string[];
  readonly rows: readonly QueueRow[];
  readonly said: ReadonlyMap<CaseId, string>;
  readonly next: string | undefined;
  /** What of the unit's knowledge waits for it. */
  readonly knowledge: { readonly proposed: number; readonly due: number };
};

const PAGE_SIZE = 25;
/** The tab of what one's own unit leads or helps with; the others are phases that wait for posts like this one. */
const MINE = 'unit';

/** Reads the queue that the address names: `in`, `phase`, `kind`, `late`, `after`. Two round trips. */
export async function readQueue(
  visit: Visit,
  staff: Staff,
  query: Readonly<Record<string, unknown>>,
): Promise<Queue> {
  const { town, now } = visit;
  const phases = openTo(town, staff);
  const tabs = [...phases, MINE];
  const tab = tabs.find((name) => name === query.in) ?? tabs[0] ?? MINE;
  const of: QueueOf = {
    ...(tab === MINE ? { unit: staff.unit.code } : { phases: [tab], notUnit: staff.unit.code }),
    ...(tab === MINE && typeof query.phase === 'string' && query.phase ? { phases: [query.phase] } : {}),
    ...(typeof query.kind === 'string' && query.kind ? { kind: query.kind } : {}),
    ...(query.late ? { late: true } : {}),
    held: heldBy(town, staff.actor, 'see'),
  };
  const after = readAfter(query.after);
  const page = { now, limit: PAGE_SIZE + 1, ...(after ? { after } : {}) };
  const found = await queueCases(town.db.pool, town.district, of, page);
  const rows = found.slice(0, PAGE_SIZE);
  const words = await wordsOfCases(
    town.db.pool,
    town.district,
    rows.map((row) => row.case_id),
  );
  const said = new Map(words.toReversed().map((row) => [row.case_id, row.said]));
  const last = found.length > PAGE_SIZE ? rows.at(-1) : undefined;
  const knowledge = await waitingKnowledge(visit, staff.unit.code);
  return { tab, tabs, rows, said, next: last && writeAfter(last), knowledge };
}

function sayWaiting({ w, lang }: Visit, { knowledge: { proposed, due } }: Queue): Child {
  const said = w.knowledge.waiting(proposed, due);
  return proposed + due > 0 && (lang === 'zh' ? `（${said}）` : ` (${said})`);
}

export function queuePage(
  visit: Visit,
  staff: Staff,
  queue: Queue,
  query: Readonly<Record<string, unknown>>,
): Page {
  const { w } = visit;
  const body = html`<div class="wrap">
<h1>${w.queue.title} <small>${staff.unit.name}</small></h1>
<nav class="tabs" aria-label="${w.queue.tabs}"><ul>${queue.tabs.map(
    (tab) =>
      html`<li><a href="/queue?in=${tab}"${tab === queue.tab && html` aria-current="page"`}>${tabName(visit, tab)}</a></li>`,
  )}</ul></nav>
<div class="tools">${filters(visit, queue, query)}${finder(visit, query)}</div>
${queue.rows.length > 0 ? table(visit, queue) : html`<p class="empty">${w.queue.none}</p>`}
<p class="row">${readAfter(query.after) && html`<a href="${withQuery(visit.here, 'after', undefined)}">${w.queue.first}</a> `}${
    queue.next &&
    html`<a class="button" href="${withQuery(visit.here, 'after', queue.next)}">${w.queue.more}</a>`
  }</p><p class="row"><a href="/desk">${DESK_WORDS[visit.lang].title}</a> · <a href="/callbacks">${w.callback.title}</a> · <a href="/whistles">${w.whistle.title}</a> · <a href="/rounds">${w.round.title}</a> · <a href="/notices">${w.notices.title}</a> · <a href="/topics">${w.topics.title}</a> · <a href="/knowledge/desk">${w.knowledge.desk}</a>${sayWaiting(visit, queue)}</p></div>`;
  return { title: w.queue.title, body, active: 'queue' };
}

function tabName({ w, lang }: Visit, tab: string): string {
  return tab === MINE ? w.queue.mine : LABELS.phases[tab as Phase][lang];
}

function filters(visit: Visit, queue: Queue, query: Readonly<Record<string, unknown>>): Html {
  const { w, town, lang } = visit;
  const kinds: Option[] = town.pack.kinds.map(({ code, name }) => ({ value: code, label: name[lang] }));
  const phases = (['received', 'triage', 'dispatched', 'underway', 'done', 'check'] as const).map(
    (phase) => ({
      value: phase,
      label: LABELS.phases[phase][lang],
    }),
  );
  return html`<form method="get" action="/queue" class="filter"><input type="hidden" name="in" value="${queue.tab}">
${selectField({ name: 'kind', label: w.queue.kind, value: String(query.kind ?? ''), options: [{ value: '', label: w.queue.allKinds }, ...kinds, { value: 'unknown', label: w.kindUnknown }] })}
${queue.tab === MINE && selectField({ name: 'phase', label: w.queue.phase, value: String(query.phase ?? ''), options: [{ value: '', label: w.queue.allPhases }, ...phases] })}
<div class="choice"><input type="checkbox" id="f-late" name="late" value="1"${flag('checked', Boolean(query.late))}><label for="f-late">${w.queue.late}</label></div>
<button>${w.queue.filter}</button></form>`;
}

function finder({ w }: Visit, query: Readonly<Record<string, unknown>>): Html {
  const error = query.missed ? w.queue.notFound : undefined;
  return html`<form method="get" action="/queue/find" class="filter">${textField({ name: 'number', label: w.queue.find, value: '', inputmode: 'numeric', maxlength: 30, width: 'middle', error })}<button>${w.queue.findButton}</button></form>`;
}

function table(visit: Visit, queue: Queue): Html {
  const { w } = visit;
  return html`<table class="list"><thead><tr><th scope="col">${w.queue.what}</th><th scope="col">${w.queue.said}</th><th scope="col">${w.home.state}</th><th scope="col">${w.queue.due}</th></tr></thead>
<tbody>${queue.rows.map((row) => queueRow(visit, row, queue.said.get(row.case_id)))}</tbody></table>`;
}

const EXCERPT = 60;

function queueRow(visit: Visit, row: QueueRow, said: string | undefined): Html {
  const { w, lang, town, now } = visit;
  const late = isLate({ flags: row.flags as never }, row.next_due, now);
  const others = row.flags.filter((f) => f !== 'late' && Object.hasOwn(LABELS.flags, f));
  const { process } = packOfKind(town, row.kind);
  const state = process.states[row.state]?.label[lang] ?? row.state;
  return html`<tr><th scope="row"><a href="/cases/${row.case_id}">${kindName(row.kind, visit)}</a><small>${placeName(row.place, visit)} · ${sayAge(row.opened_at, visit)}</small></th>
<td data-label="${w.queue.said}">${said === undefined ? w.my.erased : excerpt(said)}${row.requests > 1 && html` <small>${w.queue.requests(row.requests)}</small>`}</td>
<td data-label="${w.home.state}"><span class="tag ${row.phase}">${state}</span>${others.map((f) => html` <span class="tag flag-${f}">${LABELS.flags[f as keyof typeof LABELS.flags][lang]}</span>`)}<small>${unitName(row.unit, visit)}</small></td>
<td data-label="${w.queue.due}">${late && html`<span class="tag flag-late">${LABELS.flags.late[lang]}</span> `}${due(visit, row)}</td></tr>`;
}

function due(visit: Visit, { next_due, next_clock, kind }: QueueRow): Html {
  const { w, now } = visit;
  if (next_due === null) return html`<span>${w.time.none}</span>`;
  return html`<span class="${next_due <= now ? 'late' : 'left'}">${clockName(visit, packOfKind(visit.town, kind).process, next_clock ?? '')}: ${sayRemaining(next_due, visit)}</span><small>${momentOf(next_due, visit)}</small>`;
}

function excerpt(said: string): string {
  const letters = [...said];
  return letters.length > EXCERPT ? `${letters.slice(0, EXCERPT).join('')}…` : said;
}

function writeAfter({ flags, next_due, case_id }: QueueRow): string {
  return `${flags.includes('late') ? 1 : 0}.${next_due ?? ''}.${case_id}`;
}

function readAfter(text: unknown): QueueAfter | undefined {
  const [late = '', due = '', caseId = ''] = typeof text === 'string' ? text.split('.') : [];
  if (!isCaseId(caseId) || !/^\d{0,15}$/.test(due)) return undefined;
  return { late: late === '1', due: due === '' ? null : Number(due), caseId };
}
