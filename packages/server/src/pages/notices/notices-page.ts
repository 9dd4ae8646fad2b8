import { parseInstant } from '@gezhi/basis';
import { NOTICE_STATES, type WireNotice } from '@gezhi/contract';
import { selectField, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf } from '../kit/say.ts';
import { type Staff, type Visit, withQuery } from '../kit/visit.ts';
import { nameIn } from '../words/words.ts';

/** One page of the delivery ledger, as the address asked for it. */
export type NoticesShown = {
  readonly notices: readonly WireNotice[];
  readonly next: string | undefined;
  readonly state: string;
  readonly target: string;
  readonly isFirst: boolean;
  readonly retried: boolean;
  readonly refused?: string | undefined;
};

export function noticesPage(visit: Visit, staff: Staff, shown: NoticesShown): Page {
  const { w } = visit;
  const words = w.notices;
  const body = html`<div class="wrap">
<p class="back"><a href="/queue">${w.case.back}</a></p>
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
${shown.retried && html`<p class="good" role="status">${words.retried}</p>`}
${shown.refused && html`<p class="error" role="alert">${shown.refused}</p>`}
${shown.notices.some((one) => one.state === 'outbox') && html`<p class="note">${words.noGateway}</p>`}
<div class="tools">${filters(visit, shown)}</div>
${shown.notices.length > 0 ? table(visit, staff, shown.notices) : html`<p class="empty">${words.none}</p>`}
<p class="row">${!shown.isFirst && html`<a href="${withQuery(visit.here, 'after', undefined)}">${words.newest}</a> `}${
    shown.next &&
    html`<a class="button" href="${withQuery(visit.here, 'after', shown.next)}">${words.older}</a>`
  }</p></div>`;
  return { title: words.title, body, active: 'queue' };
}

function filters({ w }: Visit, { state, target }: NoticesShown): Html {
  const words = w.notices;
  const options = NOTICE_STATES.map((name) => ({ value: name, label: words.states[name] }));
  return html`<form method="get" action="/notices" class="filter">
${selectField({ name: 'state', label: words.state, value: state, options: [{ value: '', label: words.allStates }, ...options] })}
${textField({ name: 'target', label: words.target, value: target, maxlength: 60, width: 'middle' })}
<button>${words.filter}</button></form>`;
}

function table(visit: Visit, staff: Staff, notices: readonly WireNotice[]): Html {
  const words = visit.w.notices;
  const heads = [words.who, words.text, words.way, words.state, words.when];
  return html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${notices.map((notice) => noticeRow(visit, staff, notice))}</tbody></table>`;
}

const AGAIN: readonly string[] = ['refused', 'failed', 'noWay', 'outbox'];

function noticeRow(visit: Visit, staff: Staff, notice: WireNotice): Html {
  const words = visit.w.notices;
  const again =
    AGAIN.includes(notice.state) &&
    html`<form method="post" action="/notices/retry"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="id" value="${notice.id}"><button class="quiet">${words.retry}</button></form>`;
  return html`<tr><th scope="row"><a href="${notice.link}">${sayTarget(visit, notice)}</a>${notice.step !== undefined && html`<small>${words.ring(notice.step)}</small>`}</th>
<td data-label="${words.text}">${notice.text?.[visit.lang] ?? notice.rule}</td>
<td data-label="${words.way}">${nameIn(words.ways, notice.way)}</td>
<td data-label="${words.state}">${sayState(visit, notice)}${again}</td>
<td data-label="${words.when}">${moment(visit, notice.sentAt ?? notice.madeAt)}${notice.nextAt && html`<small>${words.next(moment(visit, notice.nextAt))}</small>`}</td></tr>`;
}

/** Who was told of a case, when, by which way: a part of its page. */
export function toldSection(visit: Visit, caseId: string, notices: readonly WireNotice[]): Html {
  const words = visit.w.notices;
  const items = notices.map(
    (notice) =>
      html`<li><strong>${sayTarget(visit, notice)}</strong> · ${moment(visit, notice.sentAt ?? notice.madeAt)} · ${nameIn(words.ways, notice.way)} · ${sayState(visit, notice)}<br>${notice.text?.[visit.lang] ?? notice.rule}</li>`,
  );
  return html`<section aria-labelledby="told"><h2 id="told">${words.onCase}</h2>
${items.length > 0 ? html`<ul>${items}</ul>` : html`<p>${words.onCaseNone}</p>`}
<p><a href="/notices?case=${caseId}">${words.all}</a></p></section>`;
}

function sayTarget({ w }: Visit, { target }: WireNotice): string {
  const words = w.notices;
  switch (target.kind) {
    case 'requester':
      return words.requester(target.code);
    case 'subscriber':
      return words.subscriber;
    case 'unit':
      return words.dutyOf(target.name);
    case 'post':
      return target.name;
  }
}

function sayState(visit: Visit, notice: WireNotice): Child {
  const words = visit.w.notices;
  const { state, reason, attempts, sentTo } = notice;
  const more = [
    reason === undefined ? undefined : nameIn(words.reasons, reason),
    attempts > 1 || (state === 'waiting' && attempts > 0) ? words.attempts(attempts) : undefined,
    sentTo && words.gotBy(sentTo.name),
  ].filter((one) => one !== undefined);
  return html`${words.states[state]}${more.length > 0 && html` <small>${more.join(visit.lang === 'zh' ? '，' : ', ')}</small>`}`;
}

function moment(visit: Visit, text: string): string {
  return momentOf(parseInstant(text) ?? 0, visit);
}
