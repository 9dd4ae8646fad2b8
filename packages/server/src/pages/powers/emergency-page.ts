import { isRefusal } from '@gezhi/basis';
import { descendants, tierOf } from '@gezhi/place';
import type { EmergencyRow } from '@gezhi/storage';
import { EMERGENCY_DAYS_MAX, emergencyName, isInForce, mayOver, newId } from '@gezhi/town';
import { endOf } from '../../views/emergency-view.ts';
import { type Option, type Sent, selectField, textArea, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf, placeName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';

export type EmergenciesShown = {
  /** The newest first. */
  readonly emergencies: readonly EmergencyRow[];
  readonly next: number | undefined;
  readonly done?: boolean;
  /** What was refused, and what had been written. */
  readonly refused?: { readonly text: string; readonly sent: Sent };
};

/** What is in force, why and until when, and what is over with its review, for everybody; and the forms, for whoever may. */
export function emergenciesPage(visit: Visit, shown: EmergenciesShown): Page {
  const w = EMERGENCY_WORDS[visit.lang];
  const { emergencies, next, refused } = shown;
  const [open, past] = [true, false].map((is) =>
    emergencies.filter((one) => (endOf(one, visit.now) === undefined) === is),
  ) as [EmergencyRow[], EmergencyRow[]];
  const body = html`<div class="wrap">
<h1>${w.title}</h1><p class="lead">${w.lead}</p>
${shown.done && html`<p class="good" role="status">${w.done}</p>`}
${refused && html`<p class="error" role="alert">${refused.text}</p>`}
<section aria-labelledby="now"><h2 id="now">${w.inForce}</h2>
${open.length === 0 ? html`<p class="empty">${w.noneInForce}</p>` : open.map((one) => entry(visit, one))}</section>
${declareForm(visit, refused?.sent)}
<section aria-labelledby="rows"><h2 id="rows">${w.rows}</h2>${rowsMeanwhile(visit)}</section>
<section aria-labelledby="past"><h2 id="past">${w.past}</h2>
${past.length === 0 ? html`<p class="empty">${w.nonePast}</p>` : past.map((one) => entry(visit, one))}</section>
${next !== undefined && html`<p class="row"><a class="button" href="/emergencies?before=${next}">${w.older}</a></p>`}
<p class="small">${w.listAsData}: <a href="/api/emergencies">/api/emergencies</a></p></div>`;
  return { title: w.title, body };
}

function entry(visit: Visit, e: EmergencyRow): Html {
  const w = EMERGENCY_WORDS[visit.lang];
  const name = emergencyName(e.number);
  const over = endOf(e, visit.now);
  const at = (moment: number): string => momentOf(moment, visit);
  const how = e.endedPost === null ? w.endedByItself : w.endedBy(postName(visit, e.endedPost));
  const term =
    over === undefined
      ? w.until(at(e.startsAt), at(e.endsAt))
      : html`${w.ran(at(e.startsAt), at(over))} · ${how}`;
  const rows: readonly (readonly [string, Child])[] = [
    [w.area, placeName(e.area, visit)],
    [w.basis, e.basis],
    [w.term, e.renews === null ? term : html`${term} · ${w.renews(emergencyName(e.renews))}`],
    [w.declared, html`${postName(visit, e.declaredPost)} <small>${at(e.declaredAt)}</small>`],
    [w.purge, purgeOf(visit, e)],
  ];
  return html`<article class="note" id="${name}"><h3>${name} · ${w.level(e.level)}</h3>
<p>${e.reason}</p>
<dl class="facts">${rows.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
${e.endedReason !== null && html`<h4>${how}</h4><p>${e.endedReason}</p>`}${over !== undefined && html`<h4>${w.review}</h4><p>${reviewOf(visit, e)}</p>`}
${acts(visit, e)}</article>`;
}

function postName({ town }: Visit, post: string): string {
  return town.posts.get(post)?.name ?? post;
}

function purgeOf(visit: Visit, { purgeAt, purgedAt, purged }: EmergencyRow): string {
  const w = EMERGENCY_WORDS[visit.lang];
  if (purgedAt !== null) return w.purged(purged, momentOf(purgedAt, visit));
  const at = momentOf(purgeAt, visit);
  return purgeAt <= visit.now ? w.purging(purged, at) : w.purgeAt(at);
}

function reviewOf(visit: Visit, { review, reviewAt, reviewPost }: EmergencyRow): Html {
  const w = EMERGENCY_WORDS[visit.lang];
  if (review === null || reviewAt === null || reviewPost === null) return html`${w.noReview}`;
  return html`${review}<br><small>${postName(visit, reviewPost)} · ${momentOf(reviewAt, visit)}</small>`;
}

/** The lines of the power lists that hold only meanwhile, so that everybody sees how little it is. */
function rowsMeanwhile({ town, lang }: Visit): Html {
  const rows = [...town.packs.values()].flatMap(({ powers: { permits, forbids } }) =>
    [...permits, ...forbids].filter((row) => row.during?.includes('emergency')),
  );
  if (rows.length === 0) return html`<p>${EMERGENCY_WORDS[lang].noRows}</p>`;
  return html`<ul>${rows.map(({ text, basis }) => html`<li>${text[lang]}<br><small>${basis}</small></li>`)}</ul>`;
}

function may(visit: Visit, power: string, area: { layer: string; code: string }): boolean {
  return visit.staff !== undefined && !isRefusal(mayOver(visit.town, power, area, visit.staff.actor));
}

function token({ staff }: Visit): Html {
  return html`<input type="hidden" name="form" value="${staff?.formToken}">`;
}

/** What whoever may can do with one: end it or follow on it while it runs, review it once afterwards. */
function acts(visit: Visit, e: EmergencyRow): Child {
  const w = EMERGENCY_WORDS[visit.lang];
  const area = { layer: e.layer, code: e.area };
  const path = `/emergencies/${emergencyName(e.number)}`;
  const prefix = `e${e.number}`;
  const form = (title: string, act: string, field: Html, go: string): Html =>
    html`<details class="act"><summary>${title}</summary><form method="post" action="${path}/${act}">${token(visit)}
${field}<p class="row"><button class="go">${go}</button></p></form></details>`;
  const words = (name: string, label: string): Html => textArea({ name, label, value: '', prefix });
  if (endOf(e, visit.now) !== undefined) {
    if (e.reviewAt !== null || e.endedAt === null || !may(visit, 'emergency.review', area)) return undefined;
    return form(w.reviewTitle, 'review', words('review', w.review), w.reviewGo);
  }
  const ends =
    may(visit, 'emergency.end', area) && form(w.endTitle, 'end', words('reason', w.reason), w.endGo);
  const renews =
    isInForce(e, visit.now) &&
    may(visit, 'emergency.declare', area) &&
    html`<details class="act"><summary>${w.renewTitle(emergencyName(e.number))}</summary><form method="post" action="/emergencies">${token(visit)}
<input type="hidden" name="id" value="${newId(visit.now)}"><input type="hidden" name="renews" value="${emergencyName(e.number)}"><input type="hidden" name="area" value="${e.area}">
${fields(visit, prefix, undefined, String(e.level), e.basis)}<p class="row"><button class="go">${w.renewGo}</button></p></form></details>`;
  return html`${ends}${renews}`;
}

function declareForm(visit: Visit, sent: Sent | undefined): Child {
  const w = EMERGENCY_WORDS[visit.lang];
  const areas = areasOf(visit);
  if (areas.length === 0) return undefined;
  return html`<details class="act"${sent && html` open`}><summary>${w.declareTitle}</summary><form method="post" action="/emergencies">${token(visit)}
<input type="hidden" name="id" value="${newId(visit.now)}">
${selectField({ name: 'area', label: w.area, value: sent?.get('area') ?? '', options: areas })}
${fields(visit, 'new', sent, '3', '')}<p class="row"><button class="go">${w.declareGo}</button></p></form></details>`;
}

function fields(visit: Visit, prefix: string, sent: Sent | undefined, level: string, basis: string): Html {
  const w = EMERGENCY_WORDS[visit.lang];
  const value = (name: string, otherwise: string): string => sent?.get(name) || otherwise;
  const levels = [1, 2, 3, 4].map((n) => ({ value: String(n), label: w.level(n) }));
  return html`${selectField({ name: 'level', label: w.levelLabel, value: value('level', level), options: levels, prefix })}
${textField({ name: 'basis', label: w.basis, value: value('basis', basis), maxlength: 300, prefix })}
${textArea({ name: 'reason', label: w.reason, value: value('reason', ''), prefix })}
${textField({ name: 'days', label: w.days, value: value('days', String(7)), inputmode: 'numeric', maxlength: String(EMERGENCY_DAYS_MAX).length, width: 'short', prefix })}`;
}

const TIERS: ReadonlySet<string> = new Set(['district', 'street', 'community']);

/** Over which places whoever looks may declare one: their post's own place and those in it, down to communities. */
function areasOf(visit: Visit): readonly Option[] {
  const { town, staff } = visit;
  const layer = town.profile.layers[0]?.code;
  const own = staff?.post.place;
  if (layer === undefined || own === undefined || !may(visit, 'emergency.declare', { layer, code: own }))
    return [];
  const levels = new Map(
    town.places.places.filter((place) => place.layer === layer).map(({ code, level }) => [code, level]),
  );
  return [{ layer, code: own }, ...descendants(town.places, layer, own)]
    .filter((place) => place.layer === layer && TIERS.has(tierOf(levels.get(place.code)) ?? ''))
    .map(({ code }) => ({ value: code, label: placeName(code, visit) }))
    .sort((a, b) => (a.value < b.value ? -1 : 1));
}
