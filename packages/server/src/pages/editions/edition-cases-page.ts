import { type CountedRequest, EXCLUSION_REASONS } from '@gezhi/measures';
import { EDITION_WORDS, namesIn } from '@gezhi/town';
import { EDITION_PROBLEM_ROWS } from '../../problems/edition-problem-words.ts';
import { PROBLEM_ROWS } from '../../problems/problem-words.ts';
import { selectField, textArea, textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import type { ShownEdition } from './edition-page.ts';

const ROWS_MAX = 2_000;

/** How each request counts, for those who may know, and the form by which a unit appeals while the edition is shown. */
export function editionCasesPage(
  visit: Visit,
  shown: ShownEdition,
  rows: readonly CountedRequest[],
  refused?: string,
): Page {
  const { lang, town, staff } = visit;
  const { edition, summary } = shown;
  const w = EDITION_WORDS[lang];
  const nameOf = namesIn(town, edition, lang);
  const title = `${w.title} ${edition.period.name} · ${w.pages.cases}`;
  const isShown = summary.state.phase === 'shown' || summary.state.phase === 'appealed';
  const problem = refused && (EDITION_PROBLEM_ROWS[refused] ?? PROBLEM_ROWS[refused]);
  const body = html`<div class="wrap report">
<h1>${title}</h1>
<p><a href="/editions/${edition.id}">${w.title} ${edition.period.name}</a></p>
${problem && html`<p class="warn" role="alert">${problem.title[lang]} ${problem.remedy[lang]}</p>`}
${rows.length === 0 ? html`<p class="empty">${w.pages.notYours}</p>` : caseTable(rows.slice(0, ROWS_MAX), nameOf, w)}
${rows.length > ROWS_MAX && html`<p>${w.pages.more(rows.length - ROWS_MAX)} <a href="/api/editions/${edition.id}/cases">API</a></p>`}
${staff && isShown && appealForm(visit, edition.id, staff.formToken)}
</div>`;
  return { title, body };
}

function caseTable(
  rows: readonly CountedRequest[],
  nameOf: ReturnType<typeof namesIn>,
  w: (typeof EDITION_WORDS)['zh'],
): Html {
  return html`<table class="list"><tbody>${rows.map(
    ({ subject, number, caseId, counts, reason, earned }) =>
      html`<tr><th scope="row"><a href="/cases/${caseId}">${number}</a></th><td>${nameOf('subject', subject)}</td>
<td>${w.counts[counts]}${reason && html` · ${w.reasons[reason]}`}</td>
<td>${earned && `${w.figures.response} ${earned.response / 1000} · ${w.figures.solve} ${earned.solve / 1000} · ${w.figures.satisfaction} ${earned.satisfaction / 1000}`}</td></tr>`,
  )}</tbody></table>`;
}

function appealForm({ lang }: Visit, id: string, token: string): Html {
  const w = EDITION_WORDS[lang];
  const reasons = EXCLUSION_REASONS.map((value) => ({ value, label: w.reasons[value] }));
  return html`<h2>${w.pages.appeal}</h2><form method="post" action="/editions/${id}/cases" class="sheet">
<input type="hidden" name="form" value="${token}">
${textField({ name: 'number', label: w.pages.number, value: '', inputmode: 'numeric', maxlength: 20, width: 'middle' })}
${selectField({ name: 'reason', label: w.pages.reason, value: '', options: reasons })}
${textArea({ name: 'words', label: w.pages.words, value: '' })}
<button>${w.pages.appeal}</button></form>`;
}
