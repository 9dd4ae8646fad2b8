import { WHISTLE_BAND } from '@gezhi/measures';
import type { CaseListRow } from '@gezhi/storage';
import { packOfKind, type whistleBands, type whistleMarks } from '@gezhi/town';
import { RATED } from '../case/procedure-fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { clockName, kindName, momentOf, placeName, sayAge, sayRemaining, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';

export type WhistleList = {
  readonly rows: readonly CaseListRow[];
  readonly ended: boolean;
  readonly bands: Awaited<ReturnType<typeof whistleBands>>;
  readonly marks: Awaited<ReturnType<typeof whistleMarks>>;
};

/** Whistles by state with their clocks; beneath, the band of each street and what units were given by each other. */
export function whistleListPage(visit: Visit, staff: Staff, list: WhistleList): Page {
  const { w } = visit;
  const words = w.whistle;
  const tab = (ended: boolean): Html =>
    html`<li><a href="/whistles${ended && '?ended=1'}"${list.ended === ended && html` aria-current="page"`}>${ended ? words.ended : words.open}</a></li>`;
  const body = html`<div class="wrap"><h1>${words.title} <small>${staff.unit.name}</small></h1><p class="lead">${words.lead}</p>
<nav class="tabs" aria-label="${words.state}"><ul>${tab(false)}${tab(true)}</ul></nav>
${list.rows.length > 0 ? table(visit, list.rows) : html`<p class="empty">${words.none}</p>`}
${bandSection(visit, list.bands)}${markSection(visit, list.marks)}</div>`;
  return { title: words.title, body, active: 'queue' };
}

function table(visit: Visit, rows: readonly CaseListRow[]): Html {
  const { w } = visit;
  const words = w.whistle;
  const process = visit.town.packs.get('whistle')?.process;
  const order = Object.keys(process?.states ?? {});
  const sorted = rows.toSorted((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return html`<table class="list"><thead><tr><th scope="col">${words.what}</th><th scope="col">${words.state}</th><th scope="col">${words.due}</th></tr></thead><tbody>${sorted.map(
    (
      row,
    ) => html`<tr><th scope="row"><a href="/whistles/${row.case_id}">${kindName(row.kind, visit)}</a><small>${placeName(row.place, visit)} · ${unitName(row.unit, visit)} · ${sayAge(row.opened_at, visit)}</small></th>
<td data-label="${words.state}"><span class="tag ${row.phase}">${process?.states[row.state]?.label[visit.lang] ?? row.state}</span></td>
<td data-label="${words.due}">${row.next_due === null ? w.time.none : dueOf(visit, row.kind, row.next_clock, row.next_due)}</td></tr>`,
  )}</tbody></table>`;
}

function dueOf(visit: Visit, kind: string, clock: string | null, dueAt: number): Html {
  const [, task] = (clock ?? '').split('/');
  const name = clockName(visit, packOfKind(visit.town, kind).process, clock ?? '');
  const whose = task === undefined ? '' : ` · ${unitName(task, visit)}`;
  return html`<span class="${dueAt <= visit.now ? 'late' : 'left'}">${name}${whose}: ${sayRemaining(dueAt, visit)}</span><small>${momentOf(dueAt, visit)}</small>`;
}

function bandSection(visit: Visit, bands: WhistleList['bands']): Html {
  const words = visit.w.whistle;
  const { per, low, high } = WHISTLE_BAND;
  const fixed = (value: number): string => value.toFixed(1);
  const rows = bands.map(
    ({ street, band }) =>
      html`<tr><th scope="row">${placeName(street, visit)}</th><td data-label="${words.rate}">${
        band.rate !== null &&
        band.interval &&
        words.band(
          fixed(band.rate),
          fixed(band.interval.low),
          fixed(band.interval.high),
          band.count,
          band.exposure,
        )
      }</td><td data-label="${words.state}">${words.says[band.says ?? 'unknown']}</td></tr>`,
  );
  return html`<section aria-labelledby="band"><h2 id="band">${words.bandTitle}</h2><p class="hint">${words.bandLead(per, low, high)}</p>
${rows.length > 0 ? html`<table class="list"><thead><tr><th scope="col">${words.street}</th><th scope="col">${words.rate}</th><th scope="col">${words.state}</th></tr></thead><tbody>${rows}</tbody></table>` : html`<p class="empty">${words.bandNone}</p>`}</section>`;
}

function markSection(visit: Visit, marks: WhistleList['marks']): Html {
  const { whistle: words, act } = visit.w;
  const units = [...Map.groupBy(marks, ({ unit }) => unit)];
  const cell = (own: WhistleList['marks'], dimension: string): string => {
    const mark = own.find((one) => one.dimension === dimension);
    return mark ? words.average(mark.average.toFixed(1), mark.n) : '—';
  };
  return html`<section aria-labelledby="marks"><h2 id="marks">${words.marksTitle}</h2><p class="hint">${words.marksLead}</p>
${units.length > 0 ? html`<table class="list"><thead><tr><th scope="col">${words.unit}</th>${RATED.map((name) => html`<th scope="col">${act.marks[name]}</th>`)}</tr></thead><tbody>${units.map(([unit, own]) => html`<tr><th scope="row">${unitName(unit, visit)}</th>${RATED.map((name) => html`<td data-label="${act.marks[name]}">${cell(own, name)}</td>`)}</tr>`)}</tbody></table>` : html`<p class="empty">${words.marksNone}</p>`}</section>`;
}
