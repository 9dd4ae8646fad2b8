import { randomUUID } from 'node:crypto';
import { ROUND_SORTS, type RoundCount, type RoundRow } from '@gezhi/storage';
import type { Round, RoundStop } from '@gezhi/town';
import { NOTHING_SENT, type Sent, selectField, textArea, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';

export function roundTitle({ lang }: Visit, { titleZh, titleEn }: RoundRow): string {
  return lang === 'zh' ? titleZh : titleEn;
}

/** Every round with how much of it was covered, and a form to plan a plain one. */
export function roundListPage(
  visit: Visit,
  staff: Staff,
  rounds: readonly RoundCount[],
  how: { readonly sent: Sent; readonly refused?: string } = { sent: NOTHING_SENT },
): Page {
  const words = visit.w.round;
  const heads = [words.what, words.when, words.coverage];
  const body = html`<div class="wrap"><h1>${words.title} <small>${staff.unit.name}</small></h1><p class="lead">${words.lead}</p>
${
  rounds.length === 0
    ? html`<p class="empty">${words.none}</p>`
    : html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rounds.map(
        (
          round,
        ) => html`<tr><th scope="row"><a href="/rounds/${round.id}">${roundTitle(visit, round)}</a><small>${words.sorts[round.sort]} · ${words.by(unitName(round.leadUnit, visit))}</small></th>
<td data-label="${words.when}">${words.days(round.fromDay, round.toDay)}</td><td data-label="${words.coverage}">${words.covered(round.visited, round.stops)}</td></tr>`,
      )}</tbody></table>`
}
${planForm(visit, staff, how)}</div>`;
  return { title: words.title, body, active: 'queue' };
}

function planForm(visit: Visit, staff: Staff, how: { readonly sent: Sent; readonly refused?: string }): Html {
  const { w, town, lang } = visit;
  const words = w.round;
  const at = (name: string, label: string, value = '') => ({
    name,
    label,
    value: how.sent.get(name) || value,
  });
  const kinds = town.pack.kinds.map(({ code, name }) => ({ value: code, label: name[lang] }));
  const assets = [...new Set([...town.assets.values()].map(({ kind }) => kind))].map((value) => ({
    value,
    label: value,
  }));
  const areas = town.places.places
    .filter(({ level }) => level !== undefined && AREAS.has(level))
    .map(({ code }) => ({ value: code, label: placeName(code, visit) }));
  return html`<details class="box"${how.refused !== undefined && html` open`}><summary>${words.plan}</summary><p>${words.planHint}</p><p class="note">${words.persons}</p>
${how.refused !== undefined && html`<p class="alert" role="alert">${how.refused}</p>`}
<form method="post" action="/rounds"><input type="hidden" name="form" value="${staff.formToken}">
${textField({ ...at('id', words.id), hint: words.idHint, width: 'middle', maxlength: 60 })}
${textField(at('title', words.name))}
${selectField({ ...at('sort', words.sort, 'patrol'), options: ROUND_SORTS.map((value) => ({ value, label: words.sorts[value] })) })}
${selectField({ ...at('kind', words.kind), options: kinds })}
${textField({ ...at('from', words.from), type: 'date', width: 'middle' })}${textField({ ...at('to', words.to), type: 'date', width: 'middle' })}
${selectField({ ...at('under', words.under, staff.unit.place ?? ''), options: areas })}
${selectField({ ...at('assets', words.assets), options: [{ value: '', label: words.places }, ...assets] })}
${textArea({ ...at('items', words.items), rows: 4 })}${textField(at('basis', words.basis))}
<p><button class="go">${words.submit}</button></p></form></details>`;
}

const AREAS: ReadonlySet<string> = new Set(['city', 'district', 'street', 'town', 'township']);

/** One round: how far it covers its places and things, and what was found where. */
export function roundPage(visit: Visit, staff: Staff, round: Round): Page {
  const words = visit.w.round;
  const { coverage } = round;
  const title = roundTitle(visit, round);
  const fact = (name: string, value: Child): Html => html`<div><dt>${name}</dt><dd>${value}</dd></div>`;
  const heads = [words.stop, words.goes, words.result];
  const body = html`<div class="wrap"><p class="back"><a href="/rounds">${words.back}</a></p>
<h1>${title} <small>${words.sorts[round.sort]} · ${words.by(unitName(round.leadUnit, visit))}</small></h1>
<p class="meta">${words.days(round.fromDay, round.toDay)} · ${words.basis}: ${round.basis}</p>
<dl class="facts three">${fact(words.coverage, words.covered(coverage.visited, coverage.stops))}${fact(words.clear, coverage.clear)}${fact(words.findings, coverage.findings)}</dl>
<h2>${words.checklist}</h2><ol>${round.items.map((item) => html`<li>${item[visit.lang]}</li>`)}</ol>
<h2>${words.stops}</h2><table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${round.places.map((stop) => stopRow(visit, staff, round, stop))}</tbody></table>
<p><a href="/rounds/${round.id}/export">${words.export}</a></p></div>`;
  return { title, body, active: 'queue' };
}

function stopRow(visit: Visit, staff: Staff, round: Round, stop: RoundStop): Html {
  const words = visit.w.round;
  const goesThere = staff.unit.code === stop.unit || staff.unit.code === round.leadUnit;
  const address = `/rounds/${round.id}/visit/${encodeURIComponent(stop.stop)}`;
  const said =
    stop.lastAt === undefined
      ? words.notYet
      : html`${words.visits(stop.visits, momentOf(stop.lastAt, visit))}${stop.findings.length === 0 && html`<small>${words.clear}</small>`}${findingLinks(visit, round, stop)}`;
  return html`<tr><th scope="row">${goesThere ? html`<a href="${address}">${stop.name}</a>` : stop.name}</th><td data-label="${words.goes}">${unitName(stop.unit, visit)}</td><td data-label="${words.result}">${said}</td></tr>`;
}

function findingLinks(visit: Visit, { items }: Round, { findings }: RoundStop): readonly Html[] {
  return findings.map(
    (finding) =>
      html`<small><a href="/cases/${finding.case}">${items.find(({ id }) => id === finding.item)?.[visit.lang] ?? finding.item}</a></small>`,
  );
}

/** At a place: nothing found in one press; or, item by item, what was found. */
export function visitPage(
  visit: Visit,
  staff: Staff,
  {
    round,
    stop,
    sent = NOTHING_SENT,
    refused,
    done,
  }: {
    readonly round: Round;
    readonly stop: RoundStop;
    readonly sent?: Sent;
    readonly refused?: string;
    readonly done?: boolean;
  },
): Page {
  const words = visit.w.round;
  const title = words.visitTitle(stop.name);
  const action = `/rounds/${round.id}/visit/${encodeURIComponent(stop.stop)}`;
  const hidden = (): Html =>
    html`<input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="commandId" value="${randomUUID()}">`;
  const items = round.items.map((item) => {
    const label = `${item[visit.lang]} (${kindName(item.kind ?? round.kind ?? 'unknown', visit)})`;
    return textArea({ name: `found-${item.id}`, label, value: sent.get(`found-${item.id}`), rows: 2 });
  });
  const body = html`<div class="wrap narrow"><p class="back"><a href="/rounds/${round.id}">${words.backToRound}</a></p><h1>${title} <small>${roundTitle(visit, round)}</small></h1>
${done && html`<div class="good" role="status"><p>${words.done}</p></div>`}${refused && html`<p class="alert" role="alert">${refused}</p>`}
${stop.lastAt !== undefined && html`<p class="meta">${words.visits(stop.visits, momentOf(stop.lastAt, visit))}</p>${findingLinks(visit, round, stop)}`}
<form method="post" action="${action}" class="sheet">${hidden()}<input type="hidden" name="nothing" value="1"><p><button class="go">${words.nothing}</button></p><p class="hint">${words.nothingHint}</p></form>
<h2>${words.found}</h2><p class="hint">${words.foundHint}</p>
<form method="post" action="${action}" class="sheet">${hidden()}<input type="hidden" name="nothing" value="0">${items}<p><button>${words.send}</button></p></form></div>`;
  return { title, body, active: 'queue' };
}
