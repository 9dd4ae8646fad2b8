import { type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import type { Case } from '@gezhi/cases';
import { openingCode } from '@gezhi/town';
import type { CaseView } from '../case/case-view.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, unitName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { RECEIPT_WORDS } from '../words/receipt-words.ts';

/**
 * The receipt: the number and its code in large type, a slip to print, what happens next and by when. `view` is absent while a report
 * that was taken in is not entered yet: number and code hold all the same.
 */
export function donePage(
  visit: Visit,
  number: RequestNumber,
  view: CaseView | undefined,
  how: { readonly known: boolean; readonly promise?: string | undefined },
): Page {
  const { w, town } = visit;
  const joined = view !== undefined && Object.keys(view.c.voices).length > 1;
  const body = html`<div class="wrap narrow">
<div class="panel" role="status"><h1>${w.done.title}</h1>
<dl class="numbers"><div><dt>${w.done.number}</dt><dd>${sayRequestNumber(number)}</dd></div>
<div><dt>${w.done.code}</dt><dd>${openingCode(town.secret, number)}</dd></div></dl>
<p>${w.done.keep}</p></div>
${how.known && html`<p class="note">${w.done.known}</p>`}
${joined && html`<p class="note">${w.done.joined}</p>`}
<h2>${w.done.next}</h2>
<ol class="steps">${nextSteps(visit, number, view?.c).map((step) => html`<li>${step}</li>`)}</ol>
${slip(visit, number, view?.c)}
${how.promise !== undefined && html`<details class="box"><summary>${RECEIPT_WORDS[visit.lang].promise}</summary><p class="hint">${RECEIPT_WORDS[visit.lang].lead}</p><pre>${how.promise}</pre></details>`}
<p class="hint screen">${w.done.print}</p>
<p class="row screen"><a class="button" href="/my">${w.done.my}</a> <a href="/report">${w.done.another}</a></p>
</div>`;
  return { title: w.done.title, body, active: 'report' };
}

/** Only what is known is said: no date where nothing was promised yet. */
function nextSteps(visit: Visit, number: RequestNumber, c: Case | undefined): readonly string[] {
  const { w } = visit;
  if (!c?.lead) return [w.done.nextTriage, w.done.nextCheck];
  const promised = c.voices[number]?.promised;
  return [
    w.done.nextAccept(unitName(c.lead.unit, visit)),
    ...(promised ? [w.done.nextDue(momentOf(promised.dueAt, visit))] : []),
    w.done.nextCheck,
  ];
}

function slip(visit: Visit, number: RequestNumber, c: Case | undefined): Html {
  const { w, town, lang, origin } = visit;
  const voice = c?.voices[number];
  const rows: readonly (readonly [string, string | false | undefined])[] = [
    [w.done.number, sayRequestNumber(number)],
    [w.done.code, openingCode(town.secret, number)],
    [w.done.at, c && momentOf(voice?.saidAt ?? c.openedAt, visit)],
    [w.done.kind, c && kindName(c.kind, visit)],
    [w.done.place, c && placeName(c.place.code, visit)],
    [w.done.lead, c?.lead && unitName(c.lead.unit, visit)],
    [w.done.due, voice?.promised && momentOf(voice.promised.dueAt, visit)],
    [w.done.url, `${origin}/my`],
  ];
  return html`<section class="slip" aria-labelledby="slip"><h2 id="slip">${town.profile.name[lang]} · ${w.done.slip}</h2>
<dl>${rows.filter(([, value]) => value).map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl></section>`;
}
