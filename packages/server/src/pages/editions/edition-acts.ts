import { DAY, type Instant, isRefusal } from '@gezhi/basis';
import { isoDay, localDay } from '@gezhi/clock';
import type { Appeal } from '@gezhi/measures';
import { wordsById } from '@gezhi/storage';
import { EDITION_WORDS, type EditionOrder, type EditionSummary, mayEdition, readsAll } from '@gezhi/town';
import { EDITION_PROBLEM_ROWS } from '../../problems/edition-problem-words.ts';
import { PROBLEM_ROWS } from '../../problems/problem-words.ts';
import { type Sent, selectField, textField } from '../kit/fields.ts';
import { type Html, html } from '../kit/html.ts';
import type { Visit } from '../kit/visit.ts';

/** What whoever reads an edition may do to it now, as forms; nothing for those who may do nothing. */
export async function editionActs(
  visit: Visit,
  { state }: EditionSummary,
  appealDays: number,
  refused?: string,
): Promise<Html> {
  const { staff, now, town } = visit;
  if (!staff) return html``;
  const w = EDITION_WORDS[visit.lang];
  const forms = OFFERED[state.phase]
    .filter((act) => holds(visit, act))
    .map((act) => {
      if (act === 'decide') return '';
      // A day more than the least: whoever shows it in the afternoon gives whole days.
      const first = isoDay(town.calendar.zone.dayOf(now + (appealDays + 1) * DAY));
      const until =
        act === 'show' && textField({ name: 'until', label: w.pages.until, value: first, type: 'date' });
      return form(visit, state.id, act, until);
    });
  const appeals = readsAll(town, staff.actor) ? Object.values(state.appeals) : [];
  const said = await wordsById(
    town.db.pool,
    town.district,
    appeals.map(({ words }) => words.id),
  );
  return html`<div class="screen">${problemBox(visit, refused)}
${appeals.length > 0 && html`<h2>${w.pages.appeals}</h2>`}
${appeals.map((appeal) => appealBox(visit, state.id, appeal, said.get(appeal.words.id)))}
${forms}</div>`;
}

/** The form by which an edition of a month that is over is begun; nothing for those who may not. */
export function draftForm(visit: Visit, refused?: string): Html {
  if (!visit.staff || !holds(visit, 'draft')) return html``;
  const { lang, staff, now, town } = visit;
  const w = EDITION_WORDS[lang];
  const lastMonth = isoDay(town.calendar.zone.dayOf(now - 31 * DAY)).slice(0, 7);
  const by = (['street', 'unit'] as const).map((value) => ({ value, label: w.by[value] }));
  return html`<h2>${w.acts.drafted}</h2>${problemBox(visit, refused)}<form method="post" action="/editions" class="sheet">
<input type="hidden" name="form" value="${staff.formToken}">
${textField({ name: 'month', label: w.pages.month, value: lastMonth, maxlength: 7, width: 'middle' })}
${selectField({ name: 'by', label: w.pages.rows, value: 'street', options: by })}
<button>${w.acts.drafted}</button></form>`;
}

/** The order that a form of these sent; `undefined` where it is none. */
export function sentOrder({ town }: Visit, sent: Sent): EditionOrder | undefined {
  const act = sent.get('do');
  switch (act) {
    case 'show':
      return { do: act, until: endOf(town.calendar.zone, sent.get('until')) };
    case 'decide': {
      const verdict = sent.get('verdict') === 'exclude' ? 'exclude' : 'keep';
      return { do: act, appeal: sent.get('appeal'), verdict };
    }
    case 'freeze':
    case 'publish':
      return { do: act };
    default:
      return undefined;
  }
}

type Act = 'show' | 'decide' | 'freeze' | 'publish';

const OFFERED: Readonly<Record<EditionSummary['state']['phase'], readonly Act[]>> = {
  drafted: ['show'],
  shown: ['freeze'],
  appealed: ['decide', 'freeze'],
  frozen: ['publish'],
  published: [],
  revised: [],
};
const NAMES = { show: 'shown', freeze: 'frozen', publish: 'published' } as const;

function holds({ town, staff }: Visit, act: Act | 'draft'): boolean {
  return staff !== undefined && !isRefusal(mayEdition(town, `edition.${act}`, staff.actor));
}

function form(visit: Visit, id: string, act: keyof typeof NAMES, fields: Html | false): Html {
  return html`<form method="post" action="/editions/${id}/acts" class="sheet">
<input type="hidden" name="form" value="${visit.staff!.formToken}"><input type="hidden" name="do" value="${act}">
${fields}<button>${EDITION_WORDS[visit.lang].acts[NAMES[act]]}</button></form>`;
}

/** An appeal with its words, what was said on it, and the two answers for whoever may give one. */
function appealBox(visit: Visit, id: string, appeal: Appeal, words: string | undefined): Html {
  const { lang, town, staff } = visit;
  const w = EDITION_WORDS[lang];
  const { number, unit, reason, votes, verdict } = appeal;
  const answers = (['exclude', 'keep'] as const).map(
    (one) => html`<button name="verdict" value="${one}">${w.verdicts[one]}</button> `,
  );
  return html`<section><h3>${number} · ${town.units.get(unit)?.name ?? unit} · ${w.reasons[reason]}</h3>
${words !== undefined && html`<p>${words}</p>`}
<p class="meta">${verdict ? w.verdicts[verdict] : w.pages.votes(votes.length)}</p>
${
  verdict === undefined &&
  holds(visit, 'decide') &&
  html`<form method="post" action="/editions/${id}/acts">
<input type="hidden" name="form" value="${staff!.formToken}"><input type="hidden" name="do" value="decide">
<input type="hidden" name="appeal" value="${appeal.id}">${answers}</form>`
}</section>`;
}

function problemBox({ lang }: Visit, refused: string | undefined): Html {
  const problem =
    refused === undefined ? undefined : (EDITION_PROBLEM_ROWS[refused] ?? PROBLEM_ROWS[refused]);
  if (!problem) return html``;
  return html`<p class="warn" role="alert">${problem.title[lang]} ${problem.remedy[lang]}</p>`;
}

/** The last moment of a day; the beginning of all time, which is refused, for what is no day. */
function endOf(zone: Visit['town']['calendar']['zone'], day: string): Instant {
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))
    ? zone.instantOf(localDay(day), DAY) - 1
    : 0;
}
