import { randomUUID } from 'node:crypto';
import type { DraftReading } from '@gezhi/contract';
import { errorSummary, type Sent, textArea, textField } from '../kit/fields.ts';
import { type Child, flag, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { DESK_WORDS } from '../words/desk-words.ts';
import { deskPanel } from './desk-panel.ts';

/** The script of the desk, served by us; the page works without it. */
export const DESK_SCRIPT = '/assets/desk.js';

export type DeskNews = {
  readonly lines: readonly string[];
  readonly isGood: boolean;
  readonly caseId?: string | undefined;
};

/** Where a seat writes down a call: a form, and beside it what is read in it. */
export function deskPage(
  visit: Visit,
  staff: Staff,
  sent: Sent,
  shown: {
    readonly reading?: DraftReading | undefined;
    readonly errors?: readonly { readonly field: string; readonly text: string }[];
    readonly news?: DeskNews;
  },
): Page {
  const words = DESK_WORDS[visit.lang];
  const { errors = [], news, reading } = shown;
  const error = (field: string): string | undefined => errors.find((one) => one.field === field)?.text;
  const body = html`<div class="wrap desk">
<p class="back"><a href="/queue">${visit.w.queue.title}</a></p>
<h1>${words.title}</h1>${newsBox(visit, news)}${errorSummary(visit.w.form.wrong, errors)}
<form method="post" action="/desk" class="desk-form" data-desk>
<input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="id" value="${sent.get('id') || randomUUID()}">
<div class="desk-write">
${textArea({ name: 'words', label: words.words, value: sent.get('words'), rows: 8, error: error('words') })}
${textField({ name: 'placeText', label: words.place, value: sent.get('placeText') })}
<div class="pair">${textField({ name: 'caller', label: words.caller, hint: words.callerHint, value: sent.get('caller'), type: 'tel', inputmode: 'tel', maxlength: 30, error: error('caller') })}
${textField({ name: 'name', label: words.name, value: sent.get('name'), maxlength: 60 })}</div>
<div class="choice"><input type="checkbox" id="f-publicity" name="publicity" value="public"${flag('checked', sent.get('publicity') === 'public')}><label for="f-publicity">${words.publicity}</label></div>
<p class="row"><button name="do" value="take" class="go" data-key="F8">${words.take} <small>${words.takeHint}</small></button> <button name="do" value="read" class="quiet" data-key="F7">${words.read}</button></p>
<p class="hint">${words.keys}</p></div>
<div class="desk-read" aria-live="polite" data-panel>${deskPanel(visit, sent, reading)}</div>
</form></div>`;
  return { title: words.title, body, active: 'queue', script: DESK_SCRIPT };
}

function newsBox({ lang }: Visit, news: DeskNews | undefined): Child {
  if (!news) return undefined;
  const link = news.caseId && html` <a href="/cases/${news.caseId}">${DESK_WORDS[lang].see}</a>`;
  return html`<div class="${news.isGood ? 'good' : 'alert'}" role="status">${news.lines.map((line) => html`<p>${line}</p>`)}${link}</div>`;
}
