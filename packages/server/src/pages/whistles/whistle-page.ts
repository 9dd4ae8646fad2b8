import { randomUUID } from 'node:crypto';
import { clocksOf, LABELS, type Task } from '@gezhi/cases';
import { contextOf, type ProposedUnit, taskForceOf } from '@gezhi/town';
import { actions } from '../case/case-page.ts';
import { type CaseView, mayRead } from '../case/case-view.ts';
import { tellStory } from '../case/story.ts';
import { storyList } from '../case/story-list.ts';
import { choiceField, type Option, type Sent, textArea } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName, sayRemaining, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { nameIn } from '../words/words.ts';

/** One whistle: who was called and who came, the task force, what was decided, and what can be done now; first things first on a phone. */
export function whistlePage(visit: Visit, staff: Staff, view: CaseView): Page {
  const { w, lang, town } = visit;
  const { c, process } = view;
  const title = kindName(c.kind, visit);
  const reads = mayRead(town, view, staff);
  const story = tellStory(visit, view, { mayRead: reads });
  const body = html`<div class="wrap"><p class="back"><a href="/whistles">${w.whistle.back}</a></p>
<h1>${title} <small>${placeName(c.place.code, visit)} · ${unitName(c.lead?.unit, visit)}</small></h1>
<p><span class="tag ${c.phase}">${process.states[c.state]?.label[lang] ?? c.state}</span>${c.parent && html` · ${w.whistle.parent} <a href="/cases/${c.parent}">${c.parent.slice(0, 13)}…</a>`}</p>
${unitsSection(visit, view, reads)}
<div class="two"><div>${actions(visit, staff, view)}</div>
<div>${inquiry(visit, view)}${conclusion(visit, view, reads)}${forceSection(visit, view)}${ratings(visit, view)}
<section aria-labelledby="story"><h2 id="story">${w.whistle.minutes}</h2>${!reads && html`<p class="note">${w.case.wordsHidden}</p>`}${storyList(visit, story)}</section></div></div></div>`;
  return { title, body, active: 'queue' };
}

function unitsSection(visit: Visit, view: CaseView, reads: boolean): Html | undefined {
  const words = visit.w.whistle;
  if (view.c.tasks.length === 0) return undefined;
  const heads = [words.unit, words.sign, words.contact, words.arrive, words.deliver];
  return html`<section aria-labelledby="units"><h2 id="units">${words.units}</h2><table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${view.c.tasks.map((task) => unitRow(visit, view, task, reads))}</tbody></table></section>`;
}

function unitRow(visit: Visit, view: CaseView, task: Task, reads: boolean): Html {
  const words = visit.w.whistle;
  const { steps = {} } = task;
  const cell = (label: string, clock: string, at: number | undefined, more?: Child): Html =>
    html`<td data-label="${label}">${at === undefined ? clockOf(visit, view, `${clock}/${task.task}`) : html`${momentOf(at, visit)}${more}`}</td>`;
  const stepped = view.facts.filter((f) => f.type === 'taskStepped').filter((f) => f.data.task === task.task);
  const way = stepped.find((f) => f.data.step === 'arrived')?.data.way;
  const refusal = stepped.find((f) => f.data.step === 'refused')?.data.words;
  const what = view.facts.find((f) => f.type === 'tasked' && f.data.task === task.task);
  const asked =
    what?.type === 'tasked' && what.data.what && reads ? view.said.get(what.data.what.id) : undefined;
  const no =
    steps.refused !== undefined &&
    html`<small class="late">${words.refused} ${momentOf(steps.refused, visit)}${refusal && reads && ` · ${words.why}: ${view.said.get(refusal.id) ?? ''}`}</small>`;
  return html`<tr><th scope="row">${unitName(task.unit, visit)}${asked && html`<small>${asked}</small>`}${no}</th>
${cell(words.sign, 'sign', steps.signed)}${cell(words.contact, 'contact', steps.contacted)}
${cell(words.arrive, 'contact', steps.arrived, way && html` <small>${words[way]}</small>`)}${cell(words.deliver, 'deliver', task.doneAt)}</tr>`;
}

/** How much time is left for a step that was not taken, where its clock runs. */
function clockOf(visit: Visit, { c, process }: CaseView, name: string): Child {
  const clock = clocksOf(process, c, contextOf(visit.town, visit.now).due).find((one) => one.clock === name);
  if (!clock || clock.stoppedAt !== undefined || !clock.due) return '—';
  const { dueAt } = clock.due;
  return html`${visit.w.whistle.waiting} <span class="${dueAt <= visit.now ? 'late' : 'left'}">${sayRemaining(dueAt, visit)}</span>`;
}

function inquiry(visit: Visit, { c, facts }: CaseView): Html | undefined {
  const words = visit.w.whistle;
  const before = facts.findLast((fact) => fact.type === 'escalated');
  const refused = c.tasks.some(({ steps }) => steps?.refused !== undefined);
  if (!before && !refused) return undefined;
  return html`<section class="note"><h2>${words.inquiry}</h2><p>${before ? words.inquired(momentOf(before.occurredAt, visit)) : words.inquiryHint}</p></section>`;
}

function conclusion(visit: Visit, { facts, said }: CaseView, reads: boolean): Html | undefined {
  const done = facts.findLast((fact) => fact.type === 'done');
  if (done?.type !== 'done') return undefined;
  const words = reads && said.get(done.data.words.id);
  return html`<section class="good"><h2>${visit.w.whistle.conclusion}</h2><p>${LABELS.outcomes[done.data.outcome][visit.lang]}${words && html`: ${words}`}</p></section>`;
}

function forceSection(visit: Visit, { c }: CaseView): Html {
  const { whistle: words, nobody } = visit.w;
  const { secretary, members } = taskForceOf(visit.town, c);
  const postName = (code: string | undefined): string => visit.town.posts.get(code ?? '')?.name ?? nobody;
  return html`<section aria-labelledby="force"><h2 id="force">${words.force}</h2><p class="hint">${words.forceHint}</p>
<dl class="facts"><div><dt>${words.secretary}</dt><dd>${postName(secretary)}</dd></div>${members.map(({ unit, post }) => html`<div><dt>${words.member}</dt><dd>${unitName(unit, visit)} · ${postName(post)}</dd></div>`)}</dl></section>`;
}

function ratings(visit: Visit, { c }: CaseView): Html | undefined {
  const { whistle: words, act } = visit.w;
  if (!c.ratings?.length) return undefined;
  return html`<section aria-labelledby="rated"><h2 id="rated">${words.ratings}</h2><ul>${c.ratings.map(
    ({ by, of, marks }) => {
      const said = Object.entries(marks).map(([name, mark]) => `${nameIn(act.marks, name)} ${mark}`);
      return html`<li>${words.rated(unitName(by, visit), unitName(of, visit), said.join(' · '))}</li>`;
    },
  )}</ul></section>`;
}

/** The form by which a street calls several units at once, each proposed with the law that gives it its power. */
export function whistleDraftPage(
  visit: Visit,
  staff: Staff,
  { c }: CaseView,
  {
    proposed,
    kinds,
    sent,
    error,
  }: {
    readonly proposed: readonly ProposedUnit[];
    readonly kinds: readonly string[];
    readonly sent: Sent;
    readonly error?: string;
  },
): Page {
  const words = visit.w.whistle;
  const named = new Set(proposed.map(({ unit }) => unit));
  const options: Option[] = proposed.map(({ unit, grounds }) => ({
    value: unit,
    label: unitName(unit, visit),
    hint: grounds.map(({ role, basis }) => `${words.roles[role]} · ${basis}`).join('; '),
  }));
  const others: Option[] = [...visit.town.units.values()]
    .filter(({ code, kind }) => !named.has(code) && code !== staff.unit.code && OFFICES.has(kind))
    .map(({ code, name }) => ({ value: code, label: name }));
  const chosen = sent.all('units');
  const kindOptions = kinds.map((value) => ({ value, label: kindName(value, visit) }));
  const body = html`<div class="wrap narrow"><p class="back"><a href="/cases/${c.caseId}">${kindName(c.kind, visit)}</a></p>
<h1>${words.draftTitle}</h1><p class="lead">${words.draftLead}</p>${error && html`<p class="alert" role="alert">${error}</p>`}
<form method="post" action="/whistles/new" class="sheet"><input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="commandId" value="${randomUUID()}"><input type="hidden" name="case" value="${c.caseId}">
${choiceField({ name: 'kind', label: words.kind, options: kindOptions, chosen: [sent.get('kind') || (kinds[0] ?? '')] })}
${textArea({ name: 'words', label: words.words, value: sent.get('words') })}
${options.length > 0 ? choiceField({ name: 'units', label: words.proposed, options, chosen, many: true }) : html`<p class="note">${words.noneProposed}</p>`}
<details class="box"><summary>${words.others}</summary>${choiceField({ name: 'units', prefix: 'other', label: words.unit, options: others, chosen, many: true })}</details>
<p><button class="go">${words.send}</button></p></form></div>`;
  return { title: words.draftTitle, body, active: 'queue' };
}

/** What can be called: offices and what works for them, never communities. */
const OFFICES: ReadonlySet<string> = new Set([
  'department',
  'police',
  'centre',
  'utility',
  'propertyFirm',
  'contractor',
]);
