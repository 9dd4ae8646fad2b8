import type { OpenMatter } from '../../session/resident-session.ts';
import { textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { ACCOUNT_WORDS } from '../words/account-words.ts';

/** Asks for a one-time code. */
export function askCodeForm({ lang }: Visit, error?: string): Html {
  const w = ACCOUNT_WORDS[lang].resident;
  return html`<section aria-labelledby="by-code"><h2 id="by-code">${w.title}</h2><p class="hint">${w.lead}</p>
<form method="post" action="/my/code" class="sheet">
${textField({ name: 'address', label: w.address, value: '', error, maxlength: 254, width: 'middle' })}
<p><button>${w.ask}</button></p></form></section>`;
}

/** The form alone, with what was wrong. */
export function askCodePage(visit: Visit, error: string): Page {
  const { title } = ACCOUNT_WORDS[visit.lang].resident;
  return { title, body: html`<div class="wrap narrow">${askCodeForm(visit, error)}</div>`, active: 'my' };
}

/** Takes the code; it reads the same whether one was sent or not. */
export function takeCodePage({ lang }: Visit, address: string, error?: string): Page {
  const w = ACCOUNT_WORDS[lang].resident;
  const body = html`<div class="wrap narrow"><h1>${w.title}</h1><p class="lead" role="status">${w.sent}</p>
<form method="post" action="/my/code/open" class="sheet"><input type="hidden" name="address" value="${address}">
${textField({ name: 'code', label: w.code, value: '', error, inputmode: 'numeric', maxlength: 10, width: 'short', autocomplete: 'one-time-code' })}
<p><button class="go">${w.open}</button></p></form></div>`;
  return { title: w.title, body, active: 'my' };
}

/** One's open requests; each opens by a press. */
export function residentPage({ lang }: Visit, matters: readonly OpenMatter[]): Page {
  const w = ACCOUNT_WORDS[lang].resident;
  const rows = matters.map(
    ({ number, sayAs, code, kind, state }) =>
      html`<li><form method="post" action="/my" class="row"><input type="hidden" name="number" value="${number}"><input type="hidden" name="code" value="${code}">
<span><strong>${kind.name[lang]}</strong> <small>${sayAs} · ${state[lang]}</small></span><button>${w.show}</button></form></li>`,
  );
  const body = html`<div class="wrap narrow"><h1>${w.mine}</h1>
${rows.length === 0 ? html`<p class="empty">${w.none}</p>` : html`<ul class="accounts">${rows}</ul>`}
<form method="post" action="/my/all/leave"><button class="quiet">${w.leave}</button></form></div>`;
  return { title: w.mine, body, active: 'my' };
}
