import { randomUUID } from 'node:crypto';
import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import { type Call, type coachedShares, type Person, percent, type ReachMe } from '@gezhi/town';
import { CONTACT_WAYS } from '../case/act-form.ts';
import { choiceField, NOTHING_SENT, type Sent, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, publicPlaceName, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { callbackQuestions } from './callback-questions.ts';

/** What the desk shows: the call that the seat has, if any, with what was asked and what the unit said; what came of the last one. */
export type DeskShown = {
  readonly call?: Call & { readonly asked: string; readonly unitSaid?: string; readonly person?: Person };
  readonly news?: 'saved' | 'skipped' | 'gone' | 'paperSaved' | 'none';
  readonly refused?: string;
  readonly sent?: Sent;
  readonly coached: Awaited<ReturnType<typeof coachedShares>>;
};

/** The callback desk: one request at a time, which the seat did not choose. */
export function callbackPage(visit: Visit, staff: Staff, shown: DeskShown): Page {
  const { w } = visit;
  const { call, news, refused } = shown;
  const body = html`<div class="wrap">
<h1>${w.callback.title} <small>${staff.unit.name}</small></h1>
<p class="lead">${w.callback.lead}</p>
${news && html`<p class="${news === 'none' ? 'note' : 'good'}" role="status">${w.callback[news]}</p>`}
${refused && html`<p class="alert" role="alert">${refused}</p>`}
${call ? callSection(visit, staff, call, shown.sent ?? NOTHING_SENT) : nextForm(visit, staff)}
${paperForm(visit, staff)}
${coachedSection(visit, shown)}</div>`;
  return { title: w.callback.title, body, active: 'queue' };
}

/** What every form of the desk carries. */
function carried({ formToken }: Staff): Html {
  return html`<input type="hidden" name="form" value="${formToken}"><input type="hidden" name="commandId" value="${randomUUID()}">`;
}

function nextForm({ w }: Visit, staff: Staff): Html {
  return html`<form method="post" action="/callbacks/next">${carried(staff)}<p><button class="go">${w.callback.next}</button></p></form>`;
}

type Shown = NonNullable<DeskShown['call']>;

function callSection(visit: Visit, staff: Staff, call: Shown, sent: Sent): Html {
  const { w } = visit;
  const words = w.callback;
  const said = sayRequestNumber(call.number as RequestNumber);
  return html`<section class="sheet" aria-labelledby="call"><h2 id="call">${said}</h2>
<p class="meta">${kindName(call.c.kind, visit)} · ${publicPlaceName(call.c.place.code, visit)} · ${words.until(momentOf(call.until, visit))}</p>
<div class="two"><div>
<h3>${words.reach}</h3>${reachList(visit, call.person)}
<h3>${words.asked}</h3><blockquote class="said"><p>${call.asked}</p></blockquote>
<h3>${words.unitSaid}</h3><blockquote class="said"><p>${call.unitSaid ?? words.unitSaidNothing}</p><footer>${words.by(unitName(call.c.lead?.unit, visit))}</footer></blockquote>
</div><div>
<h3>${words.script}</h3><p>${words.opening(said)}</p>
<form method="post" action="/callbacks/answer">${carried(staff)}
${callbackQuestions(visit, sent, 'call')}
${wayField(visit, 'call', sent.get('way') || 'phone')}
<p>${words.closing}</p>
<p><button class="go">${words.save}</button></p></form>
<details class="act"><summary>${words.skip}</summary><form method="post" action="/callbacks/skip">${carried(staff)}
<p class="hint">${words.skipHint}</p>${wayField(visit, 'skip', 'phone')}<p><button>${words.skipButton}</button></p></form></details>
<details class="act"><summary>${words.letter}</summary><form method="post" action="/callbacks/letter">${carried(staff)}
<p class="hint">${words.letterHint}</p><p><button>${words.letterButton}</button></p></form></details>
</div></div></section>`;
}

function wayField({ w }: Visit, prefix: string, chosen: string): Html {
  const options = CONTACT_WAYS.filter((way) => way !== 'web').map((value) => ({
    value,
    label: w.ways[value],
  }));
  return choiceField({ name: 'way', label: w.callback.way, prefix, options, chosen: [chosen], inline: true });
}

function reachList(visit: Visit, person: Person | undefined): Html {
  const { w } = visit;
  const ways = person?.reachMe ?? [];
  if (ways.length === 0) return html`<p class="note">${w.callback.noReach}</p>`;
  return html`${person?.name && html`<p>${person.name}</p>`}<ol>${ways.map((way) => html`<li>${reachLine(visit, way)}</li>`)}</ol>`;
}

function reachLine({ w }: Visit, { way, address, hours, language, through }: ReachMe): Child {
  const number = way === 'phone' && address ? html`<a href="tel:${address}">${address}</a>` : address;
  const rest = [hours && w.callback.hours(hours), language, through].filter(Boolean).join(' · ');
  return [`${w.ways[way]} `, number, rest && html` <small>${rest}</small>`];
}

function paperForm(visit: Visit, staff: Staff): Html {
  const { w } = visit;
  const words = w.callback;
  const plain = { value: '', prefix: 'paper', inputmode: 'numeric' as const };
  return html`<details class="box"><summary>${words.paper}</summary><p>${words.paperLead}</p>
<form method="post" action="/callbacks/paper">${carried(staff)}
${textField({ ...plain, name: 'number', label: words.number, width: 'middle', maxlength: 30 })}
${textField({ ...plain, name: 'code', label: words.code, width: 'short', maxlength: 10 })}
${callbackQuestions(visit, NOTHING_SENT, 'paper')}
<p><button>${words.paperButton}</button></p></form></details>`;
}

/** Beside the rates, never among them: per unit, with its interval. */
function coachedSection(visit: Visit, { coached }: DeskShown): Html {
  const words = visit.w.callback;
  const rows = coached.map(({ unit, share }) => {
    const { low, high } = share.interval;
    const said = words.coachedShare(percent(share.value), share.denominator, percent(low), percent(high));
    return html`<tr><th scope="row">${unitName(unit, visit)}</th><td data-label="${words.share}">${said}</td></tr>`;
  });
  return html`<section aria-labelledby="coached"><h2 id="coached">${words.coachedTitle}</h2><p class="hint">${words.coachedLead}</p>
${rows.length > 0 ? html`<table class="list"><thead><tr><th scope="col">${words.unit}</th><th scope="col">${words.share}</th></tr></thead><tbody>${rows}</tbody></table>` : html`<p class="empty">${words.coachedNone}</p>`}</section>`;
}
