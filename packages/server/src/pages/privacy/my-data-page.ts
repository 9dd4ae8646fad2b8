import { randomUUID } from 'node:crypto';
import { parseInstant, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { type OwnData, PRIVACY_ASKS } from '@gezhi/town';
import { selectField, textArea } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { PRIVACY_WORDS } from '../words/privacy-words.ts';
import { contactList } from './contact-page.ts';

export type MyData = {
  readonly number: RequestNumber;
  readonly formToken: string;
  readonly data: OwnData;
  /** Looks of the whole district that are put off by law now. */
  readonly putOff: number;
};

/** A person's own data: who looked, a copy, and what they may ask for. Made to be printed. */
export function myDataPage(
  visit: Visit,
  { number, formToken, data, putOff }: MyData,
  news: { readonly told?: readonly string[]; readonly refused?: string } = {},
): Page {
  const words = PRIVACY_WORDS[visit.lang];
  const { told = [], refused } = news;
  const body = html`<div class="wrap"><p class="back"><a href="/my/request">${visit.w.my.heading(sayRequestNumber(number))}</a></p>
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
${told.length > 0 && html`<div class="good" role="status">${told.map((line) => html`<p>${line}</p>`)}</div>`}
${refused && html`<div class="alert" role="alert"><p>${refused}</p></div>`}
<section aria-labelledby="looks"><h2 id="looks">${words.looks}</h2>${looks(visit, data)}${attempts(visit, data)}
${putOff > 0 && html`<p class="hint">${words.putOff(putOff)}</p>`}</section>
<section aria-labelledby="copy"><h2 id="copy">${words.copy}</h2><p class="hint">${words.copyHint} <a href="/my/data.json" download>${words.copyJson}</a></p>
<p>${kindName(data.kind, visit)}</p><h3>${words.contact}</h3>${contactList(visit, data.contact)}
${data.kept.map(({ until, reason }) => html`<p class="note">${words.kept(momentOf(parseInstant(until)!, visit), reason)}</p>`)}
<h3>${words.said}</h3>${data.said.map((said) => html`<blockquote class="said"><p>${said}</p></blockquote>`)}</section>
${askForm(visit, formToken)}${retaliationForm(visit, formToken)}</div>`;
  return { title: words.title, body, active: 'my' };
}

function looks(visit: Visit, { looks: rows }: OwnData): Html {
  const words = PRIVACY_WORDS[visit.lang];
  const others = rows.filter(({ purpose }) => purpose !== 'own');
  if (others.length === 0) return html`<p>${words.noLooks}</p>`;
  return html`<table><thead><tr><th>${words.when}</th><th>${words.who}</th><th>${words.staff}</th><th>${words.why}</th></tr></thead>
<tbody>${others.map(
    (
      look,
    ) => html`<tr><td>${momentOf(parseInstant(look.at)!, visit)}</td><td>${look.unit ? `${look.unit} · ${look.post}` : words.system}</td>
<td>${look.staff}</td><td>${purposeName(visit, look.purpose)}<br><small>${look.basis}</small>${reasonOf(look.reason)}</td></tr>`,
  )}</tbody></table>`;
}

/** A unit that the matter is about tried to see who complained. */
function attempts(visit: Visit, { attempts: rows }: OwnData): Child {
  const words = PRIVACY_WORDS[visit.lang];
  if (rows.length === 0) return undefined;
  return html`<h3>${words.attempts}</h3><p class="hint">${words.attemptsHint}</p><ul>${rows.map(
    ({ at, unit, post, staff }) =>
      html`<li>${momentOf(parseInstant(at)!, visit)} · ${unit} · ${post}${staff && html` · ${staff}`}</li>`,
  )}</ul>`;
}

function reasonOf(reason: string | undefined): Child {
  return reason && html`<br>“${reason}”`;
}

function purposeName({ town, lang }: Visit, id: string): string {
  return town.purposes.get(id)?.name[lang] ?? id;
}

function askForm(visit: Visit, formToken: string): Html {
  const words = PRIVACY_WORDS[visit.lang];
  const options = PRIVACY_ASKS.map((ask) => ({ value: ask, label: words.asks[ask] }));
  return html`<section aria-labelledby="ask" class="screen"><h2 id="ask">${words.ask}</h2><p class="hint">${words.askHint}</p>
<form method="post" action="/my/data/ask"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="commandId" value="${randomUUID()}">
${selectField({ name: 'what', label: words.what, value: 'correct', options, prefix: 'ask' })}
${textArea({ name: 'words', label: words.words, value: '', prefix: 'ask' })}
<p><button>${words.askGo}</button></p></form></section>`;
}

function retaliationForm(visit: Visit, formToken: string): Html {
  const words = PRIVACY_WORDS[visit.lang];
  return html`<details class="box screen"><summary>${words.retaliation}</summary><p class="hint">${words.retaliationHint}</p>
<form method="post" action="/my/data/retaliation"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="commandId" value="${randomUUID()}">
${textArea({ name: 'words', label: words.words, value: '', prefix: 'retaliation' })}
<p><button>${words.retaliationGo}</button></p></form></details>`;
}
