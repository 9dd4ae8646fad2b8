import { randomUUID } from 'node:crypto';
import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { LABELS } from '@gezhi/cases';
import { askCodeForm } from '../account/resident-pages.ts';
import { mySurvey } from '../callback/callback-mine.ts';
import type { CaseView } from '../case/case-view.ts';
import { isLate, tellPromise } from '../case/deadlines.ts';
import { type Told, tellStory } from '../case/story.ts';
import { storyList } from '../case/story-list.ts';
import { errorSummary, type Sent, textArea, textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, sayRemaining, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { PRIVACY_WORDS } from '../words/privacy-words.ts';
import { RECEIPT_WORDS } from '../words/receipt-words.ts';

/** Asks for number and code. */
export function findMyPage(
  visit: Visit,
  sent: Sent,
  errors: readonly { readonly field: string; readonly text: string }[],
): Page {
  const { w } = visit;
  const at = (name: string, label: string, hint?: string) => ({
    name,
    label,
    value: name === 'code' ? '' : sent.get(name),
    error: errors.find((e) => e.field === name)?.text,
    ...(hint ? { hint } : {}),
  });
  const body = html`<div class="wrap narrow"><h1>${w.my.title}</h1><p class="lead">${w.my.lead}</p>
${errorSummary(w.form.wrong, errors)}
<form method="post" action="/my" class="sheet">
${textField({ ...at('number', w.my.number, w.my.numberHint), inputmode: 'numeric', width: 'middle', maxlength: 30 })}
${textField({ ...at('code', w.my.code), inputmode: 'numeric', width: 'short', maxlength: 10 })}
<p><button class="go">${w.my.open}</button></p></form>
${askCodeForm(visit)}</div>`;
  return { title: w.my.title, body, active: 'my' };
}

/** One's own request: how far it is, who has it, until when and why then, what happened; and a place to add to it. */
export function myRequestPage(
  visit: Visit,
  number: RequestNumber,
  view: CaseView,
  how: {
    readonly added: boolean;
    readonly answered?: boolean;
    readonly unanswered?: boolean;
    readonly formToken: string;
    readonly refused?: string;
    readonly words?: string;
  },
): Page {
  const { w, lang } = visit;
  const { c } = view;
  const story = tellStory(visit, view, { number });
  const heading = w.my.heading(sayRequestNumber(number));
  const others = Object.keys(c.voices).length;
  const body = html`<div class="wrap">
<h1>${heading}</h1>
<p class="lead">${kindName(c.kind, visit)} · ${placeName(c.place.code, visit)}</p>
${how.added && html`<p class="good" role="status">${w.my.added}</p>`}
<dl class="facts three">
<div><dt>${w.my.state}</dt><dd><span class="tag ${c.phase}">${view.process.states[c.state]?.label[lang] ?? LABELS.phases[c.phase][lang]}</span></dd></div>
<div><dt>${w.my.who}</dt><dd>${unitName(c.lead?.unit, visit)}</dd></div>
<div><dt>${w.my.until}</dt><dd>${until(visit, view, number)}</dd></div>
</dl>
${declined(visit, view)}
${mySurvey(visit, number, view, how)}
${others > 1 && html`<p class="note">${w.my.others(others)}</p>`}
<div class="two"><section aria-labelledby="story"><h2 id="story">${w.my.story}</h2>${storyList(visit, story)}</section>
<div>${reasons(visit, story)}<p><a href="/my/data">${PRIVACY_WORDS[lang].link}</a></p><p><a href="/my/receipt">${RECEIPT_WORDS[lang].link}</a></p>${addForm(visit, how)}
<form method="post" action="/my/leave"><button class="quiet">${w.my.leave}</button></form></div></div></div>`;
  return { title: heading, body, active: 'my' };
}

function until(visit: Visit, view: CaseView, number: RequestNumber): Html {
  const { w, now } = visit;
  const promise = tellPromise(visit, view, number);
  if (!promise) return html`${w.my.noPromise}`;
  const { due, explanation } = promise;
  const open = view.c.endedAt === undefined;
  const late = isLate({ flags: [] }, due.dueAt, now);
  return html`${w.my.promised(momentOf(due.dueAt, visit))}
${open && html`<br><span class="${late ? 'late' : 'left'}">${sayRemaining(due.dueAt, visit)}</span>`}
${due.provisional && html`<br><small>${w.my.provisional}</small>`}
${explanation.length > 0 && html`<details><summary>${w.my.why}</summary><ol class="spans">${explanation.map((s) => html`<li>${s}</li>`)}</ol></details>`}`;
}

function declined(visit: Visit, { facts }: CaseView): Html | undefined {
  const { w, lang } = visit;
  const fact = facts.findLast((f) => f.type === 'declined');
  if (fact?.type !== 'declined') return undefined;
  return html`<section class="note"><h2>${w.my.declined}</h2><p>${LABELS.notDispatched[fact.data.reason][lang]}</p><p class="hint">${w.notDispatchedLaw}</p></section>`;
}

function reasons({ w }: Visit, story: readonly Told[]): Html | undefined {
  const routed = story.findLast((t) => t.type === 'dispatched' || t.type === 'routeUnclear');
  if (!routed || routed.because.length === 0) return undefined;
  return html`<details class="box"><summary>${w.my.routing}</summary><ul>${routed.because.map((s) => html`<li>${s}</li>`)}</ul></details>`;
}

function addForm(
  { w }: Visit,
  how: { readonly formToken: string; readonly refused?: string; readonly words?: string },
): Html {
  return html`<section aria-labelledby="add"><h2 id="add">${w.my.add}</h2>
<form method="post" action="/my/words"><input type="hidden" name="form" value="${how.formToken}"><input type="hidden" name="commandId" value="${randomUUID()}">
${textArea({ name: 'words', label: w.my.words, hint: w.my.addHint, value: how.words ?? '', error: how.refused })}
<p><button>${w.form.send}</button></p></form></section>`;
}
