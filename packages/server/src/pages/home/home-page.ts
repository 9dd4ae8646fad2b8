import type { Instant } from '@gezhi/basis';
import { isOpenPhase, LABELS, PHASES, type Phase } from '@gezhi/cases';
import {
  countFacts,
  countOpenPhases,
  type NewestRow,
  newestPublicCases,
  type PhaseCount,
} from '@gezhi/storage';
import { secretKinds, type Town } from '@gezhi/town';
import type { WebApp } from '../../web.ts';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, publicPlaceName, sayAge } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';

/** What the first page tells of a town; no words and no person in it. */
export type Pulse = {
  readonly at: Instant;
  readonly phases: readonly PhaseCount[];
  readonly facts: number;
  readonly newest: readonly NewestRow[];
};

const NEWEST = 12;

export async function readPulse(town: Town, now: Instant): Promise<Pulse> {
  const { pool } = town.db;
  const [phases, facts, newest] = await Promise.all([
    countOpenPhases(pool, town.district, now, secretKinds(town)),
    countFacts(pool, town.district),
    newestPublicCases(pool, town.district, NEWEST),
  ]);
  return { at: now, phases, facts, newest };
}

export const LIVE_SECONDS = 10;

/** What the town is doing now. */
export function homePage(visit: Visit, pulse: Pulse, live: boolean, webApps: readonly WebApp[]): Page {
  const { w, town, lang } = visit;
  const body = html`<div class="hero"><div class="wrap">
<h1>${w.home.title(town.profile.name[lang])}</h1>
<p class="lead">${w.home.lead}</p>
<ul class="entries">${entries(visit, webApps)}</ul>
${webApps.length > 0 && plainWays(visit, webApps)}
</div></div>
<div class="wrap">
${counts(visit, pulse)}
${newest(visit, pulse)}
<p class="meta">${w.home.asOf(momentOf(pulse.at, visit))} · ${w.home.facts(number(pulse.facts, lang))} ·
${live ? html`<a href="/">${w.home.liveStop}</a>` : html`<a href="/?live=1">${w.home.live}</a>`}</p>
</div>`;
  return {
    title: w.home.title(town.profile.name[lang]),
    body,
    active: 'home',
    ...(live ? { refreshSeconds: LIVE_SECONDS } : {}),
  };
}

/** The ways in: the apps where they are served, else the pages that need no script. */
function entries({ w, staff }: Visit, webApps: readonly WebApp[]): readonly Html[] {
  const has = (app: WebApp): boolean => webApps.includes(app);
  const entry = (href: string, name: string, hint: string, main = false): Html =>
    html`<li><a class="entry${main && ' main'}" href="${href}"><strong>${name}</strong><span>${hint}</span></a></li>`;
  return [
    entry(has('portal') ? '/portal/' : '/report', w.home.report, w.home.reportHint, true),
    entry(has('portal') ? '/portal/mine' : '/my', w.home.my, w.home.myHint),
    ...(has('console') ? [entry('/console/', w.home.console, w.home.consoleHint)] : []),
    ...(has('field') ? [entry('/field/', w.home.field, w.home.fieldHint)] : []),
    ...(has('console') ? [] : [entry(staff ? '/queue' : '/staff', w.home.staff, w.home.staffHint)]),
  ];
}

/** The same without a script, for old browsers and for whoever prefers it. */
function plainWays({ w, staff }: Visit, webApps: readonly WebApp[]): Html {
  const way = (href: string, name: string): Html => html` · <a href="${href}">${name}</a>`;
  const desks = webApps.includes('console') && way(staff ? '/queue' : '/staff', w.home.staff);
  return html`<p class="plain-ways">${w.home.plain}${way('/report', w.home.report)}${way('/my', w.home.my)}${desks}</p>`;
}

function counts({ w, lang }: Visit, { phases }: Pulse): Html {
  const count = new Map(phases.map((row) => [row.phase, row]));
  const total = phases.reduce((sum, row) => sum + row.count, 0);
  const late = phases.reduce((sum, row) => sum + row.late, 0);
  const step = (phase: Phase): Html =>
    html`<li><b>${number(count.get(phase)?.count ?? 0, lang)}</b><span>${LABELS.phases[phase][lang]}</span></li>`;
  return html`<section aria-labelledby="now"><h2 id="now">${w.home.now}</h2>
<p class="sum">${w.home.open(number(total, lang))}${lang === 'zh' ? '，' : ', '}${
    late > 0 ? html`<span class="late">${w.home.late(number(late, lang))}</span>` : w.home.noneLate
  }</p>
<ol class="way">${PHASES.filter(isOpenPhase).map(step)}</ol></section>`;
}

function newest(visit: Visit, pulse: Pulse): Html {
  const { w, lang } = visit;
  const row = (c: NewestRow): Html => html`<tr>
<th scope="row">${kindName(c.kind, visit)}</th>
<td data-label="${w.home.where}">${publicPlaceName(c.place, visit)}</td>
<td data-label="${w.home.state}"><span class="tag ${c.phase}">${LABELS.phases[c.phase as Phase][lang]}</span></td>
<td data-label="${w.home.age}">${sayAge(c.opened_at, visit)}</td></tr>`;
  const table = html`<table class="list"><thead><tr><th scope="col">${w.home.what}</th><th scope="col">${w.home.where}</th><th scope="col">${w.home.state}</th><th scope="col">${w.home.age}</th></tr></thead>
<tbody>${pulse.newest.map(row)}</tbody></table>`;
  return html`<section aria-labelledby="newest"><h2 id="newest">${w.home.newest}</h2>
<p class="hint">${w.home.newestHint}</p>
${pulse.newest.length > 0 ? table : html`<p>${w.home.none}</p>`}</section>`;
}

function number(n: number, lang: string): string {
  return n.toLocaleString(lang === 'zh' ? 'zh-CN' : 'en');
}
