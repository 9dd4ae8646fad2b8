import { dayIn, type KnownItem } from '@gezhi/town';
import { type Option, selectField, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, placeName, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { communitiesOf } from '../report/report-form.ts';

export type KnowledgeShown = {
  readonly q: string;
  readonly place: string;
  readonly items: readonly KnownItem[];
};

/** The public's search: what answers a question, or where nothing was asked, what answers most often. */
export function knowledgePage(visit: Visit, { q, place, items }: KnowledgeShown): Page {
  const { w, staff } = visit;
  const k = w.knowledge;
  const body = html`<div class="wrap narrow knowledge">
<h1>${k.title}</h1><p class="lead">${k.lead}</p>
${askForm(visit, q, place)}
<section aria-labelledby="found"><h2 id="found">${q === '' ? k.usual : k.found(items.length)}</h2>
${items.length > 0 ? html`<ul class="answers">${items.map((item) => row(visit, item))}</ul>` : html`<p class="empty">${q === '' ? k.empty : k.none}</p>`}
</section>
<p class="row"><a class="button" href="/report">${k.reportInstead}</a>${staff && html` <a class="button" href="/knowledge/desk">${k.deskLink}</a>`}</p>
</div>`;
  return { title: k.title, body };
}

/** Question and place, asked of the knowledge base; on the page of a report too. */
export function askForm(visit: Visit, q: string, place: string): Html {
  const { w, town } = visit;
  const k = w.knowledge;
  const communities: readonly Option[] = communitiesOf(town).map((one) => ({
    value: one.place.code,
    label: one.place.name,
    group: one.above?.name ?? '',
  }));
  return html`<form method="get" action="/knowledge" class="ask">
${textField({ name: 'q', prefix: 'ask', label: k.ask, hint: k.askHint, value: q })}
${selectField({ name: 'place', prefix: 'ask', label: k.place, value: place, options: [{ value: '', label: k.anyPlace }, ...communities] })}
<p><button class="go">${k.search}</button></p></form>`;
}

function row(visit: Visit, item: KnownItem): Html {
  const { w } = visit;
  return html`<li lang="${langOf(item)}"><h3><a href="/knowledge/${item.id}">${item.question}</a></h3>
<p>${excerpt(item.answer)}</p>
<p class="meta">${unitName(item.owner, visit)}${item.places.length > 0 && html` · ${placesOf(visit, item)}`}${
    item.answered > 0 &&
    html` · ${w.knowledge.answered}${visit.lang === 'en' && ' '}${w.knowledge.times(item.answered)}`
  }</p></li>`;
}

const EXCERPT = 90;

function excerpt(answer: string): string {
  const line = answer.replace(/\s+/g, ' ');
  return line.length > EXCERPT ? `${line.slice(0, EXCERPT)}…` : line;
}

/** One question with its answer, as it is read and printed. `mayEdit`: somebody of the unit that answers for it looks. */
export function knowledgeItemPage(visit: Visit, item: KnownItem, mayEdit: boolean): Page {
  const k = visit.w.knowledge;
  const rows: readonly (readonly [string, Child])[] = [
    [k.basis, item.basis],
    [k.owner, unitName(item.owner, visit)],
    [k.validUntil, dayIn(visit.town, item.validUntil)],
    [k.places, item.places.length > 0 ? placesOf(visit, item) : k.wholeTown],
    [k.kinds, item.kinds.map((code) => kindName(code, visit)).join(visit.lang === 'zh' ? '、' : ', ')],
    [k.answered, item.answered > 0 && k.times(item.answered)],
    [k.number, html`<code>${item.id}</code> · ${item.version}`],
  ];
  const body = html`<div class="wrap narrow knowledge">
<p class="back"><a href="/knowledge">${k.back}</a></p>
<article class="slip"><h1 lang="${langOf(item)}">${item.question}</h1>
<div class="answer" lang="${langOf(item)}">${paragraphs(item.answer)}</div>
<dl class="facts">${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></article>
${item.status !== 'live' && html`<p class="note">${k.statuses[item.status]}</p>`}
<p class="hint screen">${k.print}</p>
${mayEdit && html`<p class="row screen"><a class="button" href="/knowledge/desk/${item.id}">${k.edit}</a></p>`}</div>`;
  return { title: item.question, body };
}

function paragraphs(text: string): readonly Html[] {
  return text.split(/\n\s*\n|\n/).flatMap((line) => (line.trim() === '' ? [] : [html`<p>${line}</p>`]));
}

export function placesOf(visit: Visit, { places }: KnownItem): string {
  return places.map((code) => placeName(code, visit)).join(visit.lang === 'zh' ? '、' : ', ');
}

function langOf({ language }: KnownItem): string {
  return language === 'zh' ? 'zh-CN' : 'en';
}
