import { dayIn, type KnownItem, NO_BASIS } from '@gezhi/town';
import { choiceField, type Sent, selectField, textArea, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, sayLength, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { placesOf } from './knowledge-page.ts';

const SECTIONS = ['proposed', 'due', 'live', 'withdrawn'] as const;

/** What a unit answers for, by where each item stands: what waits for it first. */
export function knowledgeDeskPage(visit: Visit, staff: Staff, items: readonly KnownItem[]): Page {
  const k = visit.w.knowledge;
  const by = Map.groupBy(items, ({ status }) => status);
  const body = html`<div class="wrap knowledge">
<p class="back"><a href="/queue">${visit.w.case.back}</a></p>
<h1>${k.desk}</h1><p class="lead">${k.deskLead(staff.unit.name)}</p>
<p class="row"><a class="button go" href="/knowledge/desk/new">${k.add}</a> <a class="button" href="/knowledge">${k.back}</a></p>
${SECTIONS.map((status) => section(visit, status, by.get(status) ?? []))}</div>`;
  return { title: k.desk, body, active: 'queue' };
}

function section(visit: Visit, status: (typeof SECTIONS)[number], items: readonly KnownItem[]): Html {
  const k = visit.w.knowledge;
  const heads = [k.question, k.basis, k.validUntil, k.answered];
  return html`<section aria-labelledby="k-${status}"><h2 id="k-${status}">${k.statuses[status]} (${items.length})</h2>
${
  items.length === 0
    ? html`<p class="hint">${k.deskNone}</p>`
    : html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${items.map((item) => row(visit, item))}</tbody></table>`
}</section>`;
}

function row(visit: Visit, item: KnownItem): Html {
  const k = visit.w.knowledge;
  return html`<tr><th scope="row"><a href="/knowledge/desk/${item.id}">${item.question}</a>${item.places.length > 0 && html`<small>${placesOf(visit, item)}</small>`}</th>
<td data-label="${k.basis}">${item.basis}</td>
<td data-label="${k.validUntil}">${dayIn(visit.town, item.validUntil)}${ends(visit, item)}</td>
<td data-label="${k.answered}">${k.times(item.answered)}</td></tr>`;
}

function ends(visit: Visit, { status, validUntil }: KnownItem): Child {
  const { w, now } = visit;
  if (status !== 'due') return undefined;
  return validUntil <= now
    ? html`<small class="late">${w.knowledge.over}</small>`
    : html`<small>${w.knowledge.dueIn(sayLength(validUntil - now, w))}</small>`;
}

export type ItemVersion = {
  readonly version: number;
  readonly at: number;
  readonly post: string;
  readonly status: string;
};

/** What the form of an item shows: the item as it stands, what was typed, what was wrong. */
export type ItemForm = {
  readonly item?: KnownItem | undefined;
  readonly versions: readonly ItemVersion[];
  readonly sent: Sent;
  readonly wrong?: { readonly field: string; readonly text: string } | undefined;
  readonly saved?: boolean;
  readonly mayEdit: boolean;
};

/** The form of one item, or of a new one. */
export function knowledgeFormPage(visit: Visit, staff: Staff, form: ItemForm): Page {
  const k = visit.w.knowledge;
  const { item, wrong, saved, mayEdit } = form;
  const title = item ? k.edit : k.add;
  const body = html`<div class="wrap narrow knowledge">
<p class="back"><a href="/knowledge/desk">${k.desk}</a></p>
<h1>${title}${item && html` <span class="tag ${item.status}">${k.statuses[item.status]}</span>`}</h1>
${saved && html`<p class="good" role="status">${k.saved}</p>`}
${wrong && html`<p class="error" role="alert">${wrong.text}</p>`}
${item?.sourceCase && html`<p class="note">${k.masked} ${k.source} <a href="/cases/${item.sourceCase}">${item.sourceCase.slice(0, 13)}…</a></p>`}
${mayEdit ? fieldsForm(visit, staff, form) : html`<p class="note">${k.notYours} <a href="/knowledge/${item?.id}">${item?.question}</a></p>`}
${history(visit, form.versions)}</div>`;
  return { title, body, active: 'queue' };
}

function fieldsForm(visit: Visit, staff: Staff, { item, sent, wrong }: ItemForm): Html {
  const { w, town, lang } = visit;
  const k = w.knowledge;
  const error = (field: string): string | undefined => (wrong?.field === field ? wrong.text : undefined);
  const at = (name: string, label: string, initial: string, hint?: string) => ({
    name,
    label,
    value: sent.get(name) || initial,
    error: error(name),
    ...(hint ? { hint } : {}),
  });
  const kinds = town.pack.kinds.map(({ code }) => ({ value: code, label: kindName(code, visit) }));
  const basis = item === undefined || item.basis === NO_BASIS ? '' : item.basis;
  return html`<form method="post" action="/knowledge/desk/${item?.id ?? 'new'}" class="sheet">
<input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="version" value="${item?.version ?? 0}">
${textArea({ ...at('question', k.question, item?.question ?? ''), rows: 2, maxlength: 300 })}
${textArea({ ...at('answer', k.answer, item?.answer ?? '', k.answerHint), rows: 8, maxlength: 8000 })}
${textField({ ...at('basis', k.basis, basis, k.basisHint), maxlength: 500 })}
${textField({ ...at('validUntil', k.validUntil, item ? dayIn(town, item.validUntil) : '', k.untilHint), type: 'date', width: 'middle' })}
${selectField({ ...at('kinds', k.kinds + w.form.optional, item?.kinds[0] ?? '', k.kindsHint), options: [{ value: '', label: w.form.choose }, ...kinds] })}
${textField({ ...at('places', k.places + w.form.optional, item?.places.join(' ') ?? '', k.placesHint), maxlength: 1000 })}
${choiceField({ name: 'language', label: k.language, options: (['zh', 'en'] as const).map((value) => ({ value, label: k.languages[value] })), chosen: [sent.get('language') || (item?.language ?? lang)], inline: true })}
<p class="row"><button class="go" name="status" value="live">${k.publish}</button> <button name="status" value="proposed">${k.keep}</button>${
    item &&
    item.status !== 'withdrawn' &&
    html` <button class="quiet" name="status" value="withdrawn">${k.withdraw}</button>`
  }</p>${item && html`<p class="hint">${k.withdrawHint}</p>`}</form>`;
}

function history(visit: Visit, versions: readonly ItemVersion[]): Child {
  const k = visit.w.knowledge;
  if (versions.length === 0) return undefined;
  const said = versions.map(({ version, status, at, post }) => {
    const who = visit.town.posts.get(post);
    const name = who ? `${unitName(who.unit, visit)} ${who.name}` : post;
    return html`<li>${k.version(version, k.statuses[status as 'live'], momentOf(at, visit), name)}</li>`;
  });
  return html`<section aria-labelledby="versions"><h2 id="versions">${k.versions}</h2><ol class="plain">${said}</ol></section>`;
}
