import { randomUUID } from 'node:crypto';
import { type CaseId, type Instant, type RequestNumber, sayRequestNumber } from '@gezhi/basis';
import {
  type Action,
  type Application,
  type CarriedVoice,
  LABELS,
  type Process,
  TASK_STEPS,
} from '@gezhi/cases';
import { whistleKinds } from '@gezhi/town';
import { NOTHING_SENT, type Sent } from '../kit/fields.ts';
import { type Child, flag, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { clockName, kindName, momentOf, placeName, sayRemaining, unitName } from '../kit/say.ts';
import type { Staff, Visit } from '../kit/visit.ts';
import { toldSection } from '../notices/notices-page.ts';
import { contactForm } from '../privacy/contact-page.ts';
import { LINK_WORDS } from '../task-link/task-link-words.ts';
import { nameIn } from '../words/words.ts';
import { ACT_FIELDS, bendFields } from './act-fields.ts';
import { hintsButton } from './answer-hints.ts';
import { type CaseView, mayRead, possibleActions } from './case-view.ts';
import { type ToldClock, tellClocks } from './deadlines.ts';
import { sayApplication } from './procedure-fields.ts';
import { type Told, tellStory } from './story.ts';
import { storyList } from './story-list.ts';

/** What came of the form that was sent: done, or refused with everything that was typed. */
export type CaseNews =
  | { readonly done: string }
  | {
      readonly refused: string;
      readonly action: string;
      readonly sent: Sent;
      readonly bendable: boolean;
      /** Hints on the answer that was typed, where its writer asked for them; nothing was sent then. */
      readonly hints?: Html;
      /** The last fact that the sender had seen, where the case moved on meanwhile. */
      readonly staleSince?: number;
    };

/** A case for somebody on a post: its story and reasons, its clocks, its requests, and what can be done now. */
export function casePage(visit: Visit, staff: Staff, view: CaseView, news?: CaseNews): Page {
  const { w, town } = visit;
  const reads = mayRead(town, view, staff);
  const story = tellStory(visit, view, { mayRead: reads });
  const title = kindName(view.c.kind, visit);
  const body = html`<div class="wrap">
<p class="back"><a href="/queue">${w.case.back}</a></p>
<h1>${title}</h1>
<p class="lead">${placeName(view.c.place.code, visit)}</p>
${newsBox(visit, view, story, news)}
${facts(visit, view)}
<div class="two"><div>
${actions(visit, staff, view, news)}
${clocks(visit, view)}
</div><div>
<section aria-labelledby="story"><h2 id="story">${w.case.story}</h2>
${!reads && html`<p class="note">${w.case.wordsHidden}</p>`}
${storyList(visit, story, freshOf(view, news))}</section>
${routing(visit, story)}
${requests(visit, staff, view)}
${tasks(visit, view)}
${toldSection(visit, view.c.caseId, view.told ?? [])}
</div></div>
</div>`;
  return { title, body, active: 'queue' };
}

function freshOf({ facts }: CaseView, news: CaseNews | undefined): ReadonlySet<number> {
  if (!news) return new Set();
  if ('done' in news) return new Set(facts.filter((f) => f.cause === news.done).map((f) => f.seq));
  const since = news.staleSince;
  return new Set(since === undefined ? [] : facts.filter((f) => f.seq > since).map((f) => f.seq));
}

function newsBox(visit: Visit, view: CaseView, story: readonly Told[], news: CaseNews | undefined): Child {
  if (!news) return undefined;
  const fresh = freshOf(view, news);
  const sentences = story.filter((t) => fresh.has(t.seq)).map((t) => html`<li>${t.sentence}</li>`);
  if ('done' in news) {
    return sentences.length > 0 && html`<div class="good" role="status"><ul>${sentences}</ul></div>`;
  }
  if (news.staleSince === undefined) return undefined;
  return html`<div class="alert" role="alert"><h2>${visit.w.case.stale}</h2><ul>${sentences}</ul></div>`;
}

function facts(visit: Visit, { c, process }: CaseView): Html {
  const { w, lang } = visit;
  const caseLink = (id: CaseId): Html => html`<a href="/cases/${id}">${id.slice(0, 13)}…</a> `;
  const rows: readonly (readonly [string, Child])[] = [
    [
      w.case.state,
      html`<span class="tag ${c.phase}">${process.states[c.state]?.label[lang] ?? c.state}</span>`,
    ],
    [w.case.flags, c.flags.map((f) => html`<span class="tag flag-${f}">${LABELS.flags[f][lang]}</span> `)],
    [w.case.kind, `${kindName(c.kind, visit)}${c.kindBecause === 'proposed' ? w.case.kindProposed : ''}`],
    [w.case.lead, unitName(c.lead?.unit, visit)],
    [w.case.coUnits, c.coUnits.map((unit) => unitName(unit, visit)).join(lang === 'zh' ? '、' : ', ')],
    [w.case.opened, momentOf(c.openedAt, visit)],
    [w.case.outcome, c.outcome && LABELS.outcomes[c.outcome][lang]],
    [w.case.parent, c.parent && caseLink(c.parent)],
    [w.case.children, c.children.map(caseLink)],
    [w.case.mergedInto, c.mergedInto && caseLink(c.mergedInto)],
    [w.case.externals, c.externals.map((e) => `${e.system} ${e.number}`).join(', ')],
  ];
  const filled = rows.filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value));
  return html`<dl class="facts">${filled.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** What can be done now, each with its form. */
export function actions(visit: Visit, staff: Staff, view: CaseView, news?: CaseNews): Html {
  const { w, town } = visit;
  const possible = possibleActions(town, view, staff);
  const moving = possible.filter((action) => action.to !== undefined);
  const others = possible.filter((action) => action.to === undefined);
  const refused = news && 'refused' in news ? news : undefined;
  const lost = refused && !possible.some((action) => action.name === refused.action);
  const form = (action: Action): Html => actForm(visit, staff, view, action, refused);
  return html`<section class="acts" aria-labelledby="acts"><h2 id="acts">${w.case.actions}</h2>
${lost && html`<p class="error" role="alert">${refused.refused}</p>`}
${moving.length > 0 ? moving.map(form) : html`<p>${w.case.noActions}</p>${whoCan(visit, view)}`}
${others.length > 0 && html`<h3>${w.case.more}</h3>${others.map(form)}`}
<p class="hint">${w.case.number}: <code>${view.c.caseId}</code> · #${view.c.seq}</p></section>`;
}

/** The rows of the power list that let somebody move the case from here. */
function whoCan({ w, town, lang }: Visit, { c, process }: CaseView): Child {
  const { powers } = town.packs.get(c.scene) ?? town.pack;
  const needed = new Set(
    Object.values(process.actions)
      .filter((a) => a.to !== undefined && a.from !== 'any' && a.from !== 'open' && a.from.has(c.state))
      .map((a) => a.power),
  );
  const rows = powers.permits.filter(
    (row) => row.powers.some((power) => needed.has(power)) && !row.roles?.includes('system'),
  );
  return (
    rows.length > 0 &&
    html`<details class="box"><summary>${w.case.whyNot}</summary><ul>${rows.map((row) => html`<li>${row.text[lang]} <small>${row.basis}</small></li>`)}</ul></details>`
  );
}

type Refused = Extract<CaseNews, { readonly refused: string }>;

function actForm(
  visit: Visit,
  staff: Staff,
  view: CaseView,
  action: Action,
  refused: Refused | undefined,
): Html {
  if (action.kinds?.some((kind) => whistleKinds(visit.town).includes(kind)))
    return whistleLink(visit, view, action);
  const own = refused?.action === action.name ? refused : undefined;
  const { c } = view;
  const said = (application: Application): Html => {
    const words = view.said.get(application.reason.id);
    return html`<blockquote class="said"><p>${words}</p><footer>${sayApplication(visit, application)}</footer></blockquote>`;
  };
  const { past = [], known = [] } = view;
  const asking = {
    visit,
    c,
    sent: own?.sent ?? NOTHING_SENT,
    prefix: action.name,
    action,
    said,
    past,
    known,
  };
  const fields = ACT_FIELDS[action.act](asking);
  const label = action.label[visit.lang];
  const inside = html`<form method="post" action="/cases/${c.caseId}/do">
<input type="hidden" name="form" value="${staff.formToken}"><input type="hidden" name="action" value="${action.name}">
<input type="hidden" name="commandId" value="${randomUUID()}"><input type="hidden" name="seq" value="${c.seq}">
${own?.refused && html`<p class="error" role="alert">${own.refused}</p>`}
${fields}${own?.bendable && bendFields(asking, staff.unit.code)}
${own?.hints}
<p><button class="${action.to !== undefined && 'go'}">${label}</button>${hintsButton(visit, action.act)}</p></form>`;
  const bare = fields === undefined && !own?.bendable;
  if (bare) return html`<div class="act bare">${inside}</div>`;
  return html`<details class="act"${flag('open', own !== undefined)}><summary>${label}</summary>${inside}</details>`;
}

/** A whistle is drafted in its own room, where several units are proposed with their law. */
function whistleLink({ lang }: Visit, { c }: CaseView, action: Action): Html {
  return html`<div class="act bare"><p><a class="button" href="/whistles/new?case=${c.caseId}">${action.label[lang]}</a></p></div>`;
}

function clocks(visit: Visit, view: CaseView): Html | undefined {
  const told = tellClocks(visit, view);
  if (told.length === 0) return undefined;
  return html`<section aria-labelledby="clocks"><h2 id="clocks">${visit.w.case.clocks}</h2><ul class="clocks">${told.map((clock) => clockRow(visit, view.process, clock))}</ul></section>`;
}

function clockRow(visit: Visit, process: Process, clock: ToldClock): Html {
  const { w } = visit;
  const { due, stoppedAt, late, explanation } = clock;
  const state = (dueAt: Instant): Html =>
    stoppedAt === undefined
      ? html`<span class="${late ? 'late' : 'left'}">${sayRemaining(dueAt, visit)}</span>`
      : html`<span class="${late && 'late'}">${late && html`${w.case.clockLate} · `}${w.case.clockStopped(momentOf(stoppedAt, visit))}</span>`;
  return html`<li><strong>${clockName(visit, process, clock.clock)}</strong>
${due ? html`<span>${momentOf(due.dueAt, visit)}</span> ${state(due.dueAt)}` : html`<span>${w.case.noTerm}</span>`}
${clock.boundBy && html`<small>${w.case.boundBy(clock.boundBy)}</small>`}
${due?.provisional && html`<small>${w.my.provisional}</small>`}
${explanation.length > 0 && html`<details><summary>${w.case.explain}</summary><ol class="spans">${explanation.map((s) => html`<li>${s}</li>`)}</ol></details>`}</li>`;
}

function routing(visit: Visit, story: readonly Told[]): Html | undefined {
  const routed = story.findLast((t) => t.type === 'dispatched' || t.type === 'routeUnclear');
  if (!routed || routed.because.length === 0) return undefined;
  const { w } = visit;
  const title = routed.type === 'dispatched' ? w.case.routing : w.case.routingUnclear;
  return html`<section aria-labelledby="routing"><h2 id="routing">${title}</h2><ul>${routed.because.map((s) => html`<li>${s}</li>`)}</ul></section>`;
}

function requests(visit: Visit, staff: Staff, view: CaseView): Html | undefined {
  const { c } = view;
  const voices = Object.values(c.voices);
  if (voices.length === 0) return undefined;
  const { w } = visit;
  return html`<section aria-labelledby="requests"><h2 id="requests">${w.case.requests} (${voices.length})</h2>
<ul class="voices">${voices.map((voice) => voiceRow(visit, voice))}</ul>${contactForm(visit, staff, view)}</section>`;
}

function voiceRow(visit: Visit, voice: CarriedVoice): Html {
  const { w, lang } = visit;
  const { promised, callback, excluded } = voice;
  const answer = callback?.answer;
  const said =
    answer === undefined
      ? w.case.notCalledBack
      : answer === 'unreachable'
        ? LABELS.facts.unreachable[lang]
        : [
            LABELS.contacted[answer.contacted][lang],
            LABELS.solved[answer.solved][lang],
            LABELS.satisfied[answer.satisfied][lang],
          ].join(' · ');
  return html`<li><strong>${sayRequestNumber(voice.number as RequestNumber)}</strong>
<span>${LABELS.requestKinds[voice.requestKind][lang]} · ${nameIn(w.channels, voice.channel)} · ${w.case[voice.publicity]}</span>
<span>${promised ? w.case.promised(momentOf(promised.dueAt, visit)) : w.my.noPromise}</span>
<span>${w.case.callback}: ${said}</span>
${excluded && html`<span>${w.case.excluded}: ${nameIn(w.act.exclusions, excluded.reason)}</span>`}</li>`;
}

function tasks(visit: Visit, { c }: CaseView): Html | undefined {
  if (c.tasks.length === 0) return undefined;
  const { w } = visit;
  return html`<section aria-labelledby="tasks"><h2 id="tasks">${w.case.tasks}</h2><ul>${c.tasks.map(
    ({ unit, dueAt, doneAt, steps }) =>
      html`<li>${unitName(unit, visit)} · ${
        doneAt === undefined ? w.case.taskOpen : w.case.taskDone(momentOf(doneAt, visit))
      }${TASK_STEPS.flatMap((step) => {
        const at = steps?.[step];
        return at === undefined ? [] : [html` · ${w.act.steps[step]} ${momentOf(at, visit)}`];
      })}${dueAt !== undefined && html` · ${w.case.due(momentOf(dueAt, visit))}`}</li>`,
  )}</ul><p><a href="/cases/${c.caseId}/links">${LINK_WORDS[visit.lang].staff.open}</a></p></section>`;
}
