import { randomUUID } from 'node:crypto';
import { BREACH_DATA, BREACH_WORDS, BREACHES, type BreachOpened } from '@gezhi/town';
import { choiceField, type Sent, textArea, textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf, sayRemaining } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { BREACH_PAGE_WORDS } from '../words/breach-words.ts';

export type BreachShown = {
  readonly formToken: string;
  readonly isAdmin: boolean;
  readonly sent: Sent;
  /** What the clock on the wall shows now: `2026-05-06`, `10:00`. */
  readonly wall: { readonly day: string; readonly time: string };
  readonly error?: string;
};

/** The form by which whoever notices a breach of personal data reports it. */
export function breachPage(visit: Visit, { formToken, isAdmin, sent, wall, error }: BreachShown): Page {
  const w = BREACH_PAGE_WORDS[visit.lang];
  const named = BREACH_WORDS[visit.lang];
  const body = html`<div class="wrap narrow"><h1>${w.title}</h1><p class="lead">${w.lead}</p><p class="note">${w.secret} ${isAdmin && w.adminSees}</p>
${error && html`<p class="alert" role="alert">${error}</p>`}
<form method="post" action="/breach" class="sheet"><input type="hidden" name="form" value="${formToken}"><input type="hidden" name="commandId" value="${sent.get('commandId') || randomUUID()}">
${choiceField({ name: 'what', label: w.what, chosen: [sent.get('what') || 'leak'], options: BREACHES.map((value) => ({ value, label: named.what[value] })) })}
${choiceField({ name: 'data', label: w.data, many: true, chosen: sent.all('data'), options: BREACH_DATA.map((value) => ({ value, label: named.data[value] })) })}
${textArea({ name: 'words', label: w.words, value: sent.get('words') })}
${textField({ name: 'people', label: w.people, hint: w.peopleHint, value: sent.get('people'), inputmode: 'numeric', maxlength: 8, width: 'short' })}
${textArea({ name: 'done', label: w.done, value: sent.get('done') })}
${textField({ name: 'day', label: w.day, type: 'date', value: sent.get('day') || wall.day, width: 'middle' })}
${textField({ name: 'time', label: w.time, hint: w.timeHint, value: sent.get('time') || wall.time, maxlength: 5, width: 'short' })}
<p><button class="go">${w.go}</button></p></form>${noticesSay(visit)}</div>`;
  return { title: w.title, body, active: 'staff' };
}

/** What was opened, and what it owes; `sees`: whoever reported it may see the case too. */
export function breachOpenedPage(visit: Visit, { caseId, known, owes }: BreachOpened, sees: boolean): Page {
  const w = BREACH_PAGE_WORDS[visit.lang];
  const rows = owes.map(
    ({ label, dueAt }) =>
      html`<tr><th scope="row">${label[visit.lang]}</th><td>${momentOf(dueAt, visit)} · <span class="${dueAt <= visit.now ? 'late' : 'left'}">${sayRemaining(dueAt, visit)}</span></td></tr>`,
  );
  const body = html`<div class="wrap narrow"><h1>${w.title}</h1>
<div class="good" role="status"><h2>${w.opened}</h2><p><code>${caseId}</code></p>${known && html`<p>${w.known}</p>`}${sees && html`<p><a class="button" href="/cases/${caseId}">${w.show}</a></p>`}</div>
<h2>${w.owes}</h2><table class="list"><thead><tr><th scope="col">${w.step}</th><th scope="col">${w.due}</th></tr></thead><tbody>${rows}</tbody></table>
${noticesSay(visit)}</div>`;
  return { title: w.title, body, active: 'staff' };
}

function noticesSay({ lang }: Visit): Html {
  const w = BREACH_PAGE_WORDS[lang];
  return html`<section aria-labelledby="notices"><h2 id="notices">${w.notices}</h2><ol>${w.noticesSay.map((line) => html`<li>${line}</li>`)}</ol></section>`;
}
