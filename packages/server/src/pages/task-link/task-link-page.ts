import { randomUUID } from 'node:crypto';
import { type Case, TASK_STEPS } from '@gezhi/cases';
import type { MadeLink, TaskSeen } from '@gezhi/town';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { LINK_WORDS } from './task-link-words.ts';

const BUTTONS = ['signed', 'contacted', 'arrived', 'done', 'refused'] as const;

/** What the holder of a link sees: what, where, until when, and the buttons that are left. Nothing of who asked. */
export function taskLinkPage(
  visit: Visit,
  token: string,
  seen: TaskSeen,
  news?: { readonly saved: true } | { readonly refused: string },
): Page {
  const w = LINK_WORDS[visit.lang];
  const { task, what, point, link } = seen;
  const due = seen.dueAt;
  const body = html`<div class="wrap">
<h1>${w.title}</h1><p class="lead">${w.lead(unitName(link.unit, visit))}</p>
${news && 'saved' in news && html`<p class="good" role="status">${w.saved}</p>`}
${news && 'refused' in news && html`<p class="error" role="alert">${news.refused}</p>`}
<dl class="facts">
<div><dt>${w.what}</dt><dd>${kindName(seen.kind, visit)}${what && html`<br>${what}`}</dd></div>
<div><dt>${w.where}</dt><dd>${placeName(seen.place, visit)}${point && html`<br><small>${w.map} ${point[1].toFixed(5)}, ${point[0].toFixed(5)}</small>`}</dd></div>
<div><dt>${w.until}</dt><dd>${due === undefined ? w.noTerm : html`${momentOf(due, visit)}${due < visit.now && seen.open && html` <span class="late">${w.late}</span>`}`}</dd></div>
<div><dt>${w.sofar}</dt><dd>${soFar(visit, seen)}</dd></div></dl>
${seen.open ? stepForm(visit, token, seen) : html`<p class="note">${task.doneAt === undefined ? w.over : w.doneAt(momentOf(task.doneAt, visit))}</p>`}
<p class="hint">${w.linkUntil(momentOf(link.expiresAt, visit))}</p></div>`;
  return { title: w.title, body };
}

function soFar(visit: Visit, { task }: TaskSeen): Child {
  const w = LINK_WORDS[visit.lang];
  const told = TASK_STEPS.flatMap((step) => {
    const at = task.steps?.[step];
    return at === undefined ? [] : [html`${w.steps[step]} ${momentOf(at, visit)}<br>`];
  });
  return told.length > 0 ? told : w.nothing;
}

function stepForm(visit: Visit, token: string, { task }: TaskSeen): Html {
  const w = LINK_WORDS[visit.lang];
  const left = BUTTONS.filter((step) => step === 'done' || task.steps?.[step] === undefined);
  return html`<form method="post" action="/t/${token}" enctype="multipart/form-data">
<input type="hidden" name="sending" value="${randomUUID()}">
<div class="field"><label for="words">${w.words}</label><textarea id="words" name="words" rows="3" maxlength="1000"></textarea><p class="hint">${w.why}</p></div>
<div class="field"><label for="photo">${w.photo}</label><input id="photo" name="photo" type="file" accept="image/*"></div>
<p class="row">${left.map((step) => html`<button name="step" value="${step}"${step === 'done' && html` class="go"`}>${w.steps[step]}</button> `)}</p></form>`;
}

/** Why a link does not open, and what to do. */
export function linkTroublePage(visit: Visit, code: string): Page {
  const w = LINK_WORDS[visit.lang];
  const [title, remedy] = w.troubles[code] ?? w.troubles['bad-link']!;
  return { title, body: html`<div class="wrap"><h1>${title}</h1><p class="lead">${remedy}</p></div>` };
}

/** For the lead of a case: the open tasks of other units, a button for each, and the links there are. */
export function caseLinksPage(
  visit: Visit,
  staff: Staff,
  c: Case,
  links: readonly MadeLink[],
  refused?: string,
): Page {
  const w = LINK_WORDS[visit.lang].staff;
  const open = c.tasks.filter(({ doneAt }) => doneAt === undefined);
  const body = html`<div class="wrap"><p class="back"><a href="/cases/${c.caseId}">${w.back}</a></p>
<h1>${w.title}</h1><p class="lead">${w.lead}</p>${refused && html`<p class="error" role="alert">${refused}</p>`}
${open.length === 0 ? html`<p class="empty">${w.none}</p>` : open.map(({ task, unit }) => makeForm(visit, staff, c, task, unit))}
${links.length > 0 && html`<h2>${w.links}</h2><table class="list"><tbody>${links.map((one) => linkRow(visit, staff, c, one))}</tbody></table>`}</div>`;
  return { title: w.title, body, active: 'queue' };
}

function makeForm(visit: Visit, staff: Staff, c: Case, task: string, unit: string): Html {
  const w = LINK_WORDS[visit.lang].staff;
  return html`<form method="post" action="/cases/${c.caseId}/links" class="filter"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="task" value="${task}">
<strong>${unitName(unit, visit)}</strong> <div class="field"><label for="hours-${task}">${w.hours}</label><input id="hours-${task}" name="hours" class="short" inputmode="numeric" value="72" maxlength="3"></div><button class="go">${w.make}</button></form>`;
}

function linkRow(visit: Visit, staff: Staff, c: Case, { link, token }: MadeLink): Html {
  const w = LINK_WORDS[visit.lang].staff;
  const state = link.revokedAt !== null ? w.revoked : link.expiresAt <= visit.now ? w.expired : w.live;
  const isLive = state === w.live;
  return html`<tr><th scope="row">${unitName(link.unit, visit)}</th><td>${isLive ? html`<code>${visit.origin}/t/${token}</code>` : ''}</td><td>${state} · ${momentOf(link.expiresAt, visit)}</td>
<td>${isLive && html`<form method="post" action="/cases/${c.caseId}/links"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="revoke" value="${link.id}"><button class="quiet">${w.revoke}</button></form>`}</td></tr>`;
}
