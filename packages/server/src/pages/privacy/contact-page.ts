import { sayRequestNumber } from '@gezhi/basis';
import { type BreakGlass, type Contact, type Person, purposesFor, ROLES } from '@gezhi/town';
import type { CaseView } from '../case/case-view.ts';
import { selectField, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { PRIVACY_WORDS } from '../words/privacy-words.ts';
import { nameIn } from '../words/words.ts';

/** The button to who is behind the numbers of a case, with the purposes that this post may name; none where it has none. */
export function contactForm(visit: Visit, staff: Staff, { c }: CaseView): Html {
  const words = PRIVACY_WORDS[visit.lang];
  const purposes = purposesFor(visit.town, c, staff.actor);
  const numbers = Object.keys(c.voices);
  if (purposes.length === 0) return html`<p class="hint">${words.noneAllowed}</p>`;
  const options = purposes.map(({ id, name, basis }) => ({
    value: id,
    label: name[visit.lang],
    hint: basis,
  }));
  const prefix = 'contact';
  return html`<details class="act"><summary>${words.show}</summary>
<form method="post" action="/cases/${c.caseId}/contact"><input type="hidden" name="form" value="${staff.formToken}">
${
  numbers.length > 1
    ? selectField({
        name: 'number',
        label: visit.w.my.number,
        value: numbers[0]!,
        prefix,
        options: numbers.map((number) => ({ value: number, label: sayRequestNumber(number as never) })),
      })
    : html`<input type="hidden" name="number" value="${numbers[0] ?? ''}">`
}
${selectField({ name: 'purpose', label: words.purpose, value: purposes[0]!.id, options, prefix })}
${textField({ name: 'reason', label: words.reason, value: '', prefix })}
<p><button>${words.showGo}</button></p><p class="hint">${words.hint}</p></form></details>`;
}

/** What came of asking: who is behind a number, once; or why not. */
export type ContactNews =
  | { readonly contact: Contact }
  | { readonly refused: string }
  | { readonly asked: true };

/** Who is behind a number, on a page that nothing keeps; and what waits for a second person. */
export function contactPage(
  visit: Visit,
  staff: Staff,
  { c }: CaseView,
  news: ContactNews,
  waiting: readonly BreakGlass[],
): Page {
  const words = PRIVACY_WORDS[visit.lang];
  const body = html`<div class="wrap narrow"><p class="back"><a href="/cases/${c.caseId}">${words.back}</a></p>
<h1>${'contact' in news ? words.shownTitle : words.show}</h1>
${newsOf(visit, news)}
${waitingList(visit, staff, c.caseId, waiting)}</div>`;
  return { title: words.show, body, active: 'queue' };
}

function newsOf(visit: Visit, news: ContactNews): Child {
  const words = PRIVACY_WORDS[visit.lang];
  if ('refused' in news)
    return html`<div class="alert" role="alert"><h2>${words.refused}</h2><p>${news.refused}</p></div>`;
  if ('asked' in news) return html`<p class="good" role="status">${words.glassAsked}</p>`;
  return contactList(visit, news.contact);
}

/** People as a list of facts: their names, and the ways to reach them in the order they prefer. */
export function contactList(visit: Visit, contact: Contact): Html {
  const words = PRIVACY_WORDS[visit.lang];
  const known = ROLES.flatMap((role) => {
    const person = contact[role];
    return person ? [html`<div><dt>${words.roles[role]}</dt><dd>${sayPerson(visit, person)}</dd></div>`] : [];
  });
  if (known.length === 0) return html`<p>${words.nothing}</p>`;
  return html`<dl class="facts">${known}</dl>`;
}

function sayPerson({ w }: Visit, { name, reachMe = [] }: Person): Html {
  const ways = reachMe.map(({ way, address, hours, language, through }) =>
    [nameIn(w.ways, way), address, through, hours, language].filter(Boolean).join(' '),
  );
  return html`${name}${ways.map((way) => html`<br>${way}`)}`;
}

function waitingList(visit: Visit, staff: Staff, caseId: string, waiting: readonly BreakGlass[]): Child {
  const words = PRIVACY_WORDS[visit.lang];
  const open = waiting.filter(({ allowed_at: at }) => at === null);
  if (open.length === 0 || staff.post.kind !== 'head') return undefined;
  return html`<section><h2>${words.glassOpen}</h2><ul>${open.map(
    (
      row,
    ) => html`<li>${words.glassBy(visit.town.posts.get(row.asked_post)?.name ?? row.asked_post, row.asked_staff)}: ${row.reason}
<form method="post" action="/cases/${caseId}/contact/allow"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="id" value="${row.id}"><button>${words.allow}</button></form></li>`,
  )}</ul></section>`;
}
