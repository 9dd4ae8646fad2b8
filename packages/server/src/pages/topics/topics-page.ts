import { DAY } from '@gezhi/basis';
import { dayIn, TOPIC_WINDOWS, type TopicRun, type TopicStand, type TownTopic } from '@gezhi/town';
import { HEAT_FORMULA } from '../../routes/topics.ts';
import { type Option, selectField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { kindName, momentOf, placeName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { communitiesOf } from '../report/report-form.ts';

export type TopicsShown = {
  readonly run: TopicRun;
  readonly days: string;
  readonly place: string;
  readonly kind: string;
  readonly refused?: boolean;
  readonly history: ReadonlyMap<string, readonly TopicStand[]>;
};

/** What many write about: for staff with the cases behind it, for everybody as far as nobody can be told from it. */
export function topicsPage(visit: Visit, shown: TopicsShown): Page {
  const { w, lang, staff } = visit;
  const words = w.topics;
  const { run, refused } = shown;
  const body = html`<div class="wrap topics">
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
${!staff && html`<p class="hint">${words.publicNote}</p>`}
${refused && html`<p class="error" role="alert">${words.refused}</p>`}
${filters(visit, shown)}
<p class="meta">${run.madeAt === 0 ? words.notYet : words.made(momentOf(run.madeAt, visit), run.messages)}${
    run.coveredFrom > run.from && html` · ${words.cut(momentOf(run.coveredFrom, visit))}`
  }</p>
${run.topics.length > 0 ? table(visit, shown) : run.madeAt !== 0 && html`<p class="empty">${words.none}</p>`}
<details class="box"><summary>${words.formula(run.policy)}</summary><p>${HEAT_FORMULA[lang]}</p></details>
<p class="hint">${words.byMachine}</p></div>`;
  return { title: words.title, body, ...(staff ? { active: 'queue' as const } : {}) };
}

function filters(visit: Visit, { days, place, kind }: TopicsShown): Html {
  const { w, town, staff } = visit;
  const words = w.topics;
  const windows: readonly Option[] = TOPIC_WINDOWS.map((n) => ({ value: String(n), label: words.days(n) }));
  const places: readonly Option[] = communitiesOf(town).map((one) => ({
    value: one.place.code,
    label: one.place.name,
    group: one.above?.name ?? '',
  }));
  const kinds = town.pack.kinds.map(({ code }) => ({ value: code, label: kindName(code, visit) }));
  const any = { value: '', label: words.all };
  return html`<form method="get" action="/topics" class="filter tools">
${selectField({ name: 'days', label: words.window, value: days, options: windows })}
${staff && selectField({ name: 'place', label: words.place, value: place, options: [any, ...places] })}
${staff && selectField({ name: 'kind', label: words.kind, value: kind, options: [any, ...kinds] })}
<button>${words.show}</button></form>`;
}

function table(visit: Visit, { run: { topics, to }, history }: TopicsShown): Html {
  const words = visit.w.topics;
  const compared = topics.some(({ season }) => season !== null);
  const heads = [
    words.what,
    words.where,
    words.since,
    words.voices,
    words.people,
    compared && words.season,
    words.heat,
  ];
  return html`<table class="list"><thead><tr>${heads.map((head) => head && html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${topics.map((topic) => row(visit, topic, to, compared, history.get(topic.id) ?? []))}</tbody></table>
${!compared && html`<p class="hint">${words.season}: ${words.noSeason}</p>`}`;
}

function row(
  visit: Visit,
  topic: TownTopic,
  to: number,
  compared: boolean,
  history: readonly TopicStand[],
): Html {
  const { w, staff } = visit;
  const words = w.topics;
  const isNew = topic.isNew && topic.since > to - DAY;
  return html`<tr><th scope="row">${topic.label}${isNew && html` <span class="tag">${words.fresh}</span>`}${staff && kindsOf(visit, topic)}${lineage(visit, topic)}${historyLine(visit, history)}${staff && cases(visit, topic)}</th>
<td data-label="${words.where}">${placesOf(visit, topic)}</td>
<td class="figure" data-label="${words.since}">${dayIn(visit.town, topic.since)}</td>
<td class="figure" data-label="${words.voices}">${topic.voices}${topic.joined > 0 && html`<small>${words.joined(topic.joined)}</small>`}</td>
<td class="figure" data-label="${words.people}">${topic.people}</td>
${compared && html`<td data-label="${words.season}">${season(visit, topic)}</td>`}
<td class="figure" data-label="${words.heat}">${topic.heat.toFixed(1)}</td></tr>`;
}

function kindsOf(visit: Visit, { kinds }: TownTopic): Html {
  const said = kinds.map(({ kind, voices }) => `${kindName(kind, visit)} (${voices})`);
  return html`<small>${said.join(visit.lang === 'zh' ? '、' : ', ')}</small>`;
}

function lineage({ w }: Visit, { mergedFrom, splitFrom }: TownTopic): Child {
  if (mergedFrom.length > 0) return html`<small>${w.topics.merged(mergedFrom.length)}</small>`;
  return splitFrom !== null && html`<small>${w.topics.split}</small>`;
}

const LINE = { width: 120, height: 24 };

/** The people of each day as a line, and the same in words for whoever cannot see it. */
function historyLine({ w }: Visit, history: readonly TopicStand[]): Child {
  if (history.length < 2) return undefined;
  const most = Math.max(1, ...history.map(({ people }) => people));
  const points = history.map(({ people }, i) => {
    const x = (i / (history.length - 1)) * LINE.width;
    return `${x.toFixed(1)},${(LINE.height - 2 - (people / most) * (LINE.height - 4)).toFixed(1)}`;
  });
  const said = history.map(({ day, people }) => `${day} ${people}`).join(' · ');
  return html`<details><summary><svg role="img" aria-label="${w.topics.history}" width="${LINE.width}" height="${LINE.height}" viewBox="0 0 ${LINE.width} ${LINE.height}"><polyline points="${points.join(' ')}" fill="none" stroke="currentColor" stroke-width="1.5"/></svg></summary><small>${w.topics.history}: ${said}</small></details>`;
}

const CASES_SHOWN = 30;

function cases(visit: Visit, topic: TownTopic): Html {
  const shown = topic.cases.slice(0, CASES_SHOWN);
  return html`<details><summary>${visit.w.topics.allCases(topic.cases.length)}</summary><ul class="plain">${shown.map((id) => html`<li><a href="/cases/${id}">${id.slice(0, 13)}…</a></li>`)}</ul></details>`;
}

function placesOf(visit: Visit, { where }: TownTopic): Child {
  if (where.length === 0) return visit.w.topics.unknownPlace;
  return html`<ul class="bare">${where.map(({ place, voices }) => html`<li>${placeName(place, visit)} (${voices})</li>`)}</ul>`;
}

function season(visit: Visit, topic: TownTopic): string {
  const words = visit.w.topics;
  if (!topic.season) return words.noSeason;
  const { kind, area, count, expected, low, high, unusual } = topic.season;
  const say = unusual ? words.above : words.within;
  const what = area ? `${placeName(area, visit)} · ${kindName(kind, visit)}` : kindName(kind, visit);
  return say(what, count, expected.toFixed(1), low, high);
}
