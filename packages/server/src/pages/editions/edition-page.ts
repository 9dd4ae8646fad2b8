import type { Edition, EditionRates, EditionRow, Share } from '@gezhi/measures';
import {
  besideLines,
  EDITION_WORDS,
  type EditionSummary,
  explainRow,
  namesIn,
  percent,
  type Revision,
  sayPeers,
  sayShare,
  sayStanding,
} from '@gezhi/town';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';

export type ShownEdition = {
  readonly summary: EditionSummary;
  readonly edition: Edition;
  readonly revisions: readonly Revision[];
};

/** The report of a period, to be read and printed: rows in the order of codes, every number a way to its cases; `acts` are what the reader may do to it. */
export function editionPage(visit: Visit, { summary, edition, revisions }: ShownEdition, acts: Html): Page {
  const { lang, town } = visit;
  const w = EDITION_WORDS[lang];
  const { period, policy, position, district, revision } = edition;
  const nameOf = namesIn(town, edition, lang);
  const title = `${w.title} ${period.name}`;
  const body = html`<div class="wrap report">
<h1>${title} <small>${w.phases[summary.state.phase]} · ${w.revision(revision)}</small></h1>
<p>${w.head(town.profile.name[lang], period.name, momentOf(period.from, visit), momentOf(period.to, visit))}</p>
<p class="meta">${w.policy(policy.id, policy.version)} · ${w.position(position[district] ?? 0)} · SHA-256 <code>${edition.hash}</code></p>
<p class="screen"><a href="/editions/${edition.id}.csv">CSV</a> · <a href="/editions/${edition.id}.json">JSON</a> · <a href="/editions/${edition.id}/cases">${w.pages.cases}</a></p>
${acts}
${rowTable(visit, edition, nameOf)}
<p>${w.figures.solve} · ${w.mean}: ${edition.mean ? percent(edition.mean.solve) : w.none}</p>
${edition.outside > 0 && html`<p>${w.outside(edition.outside)}</p>`}
<h2>${w.pages.exclusions}</h2>${exclusionTable(edition, nameOf, w)}
<h2>${w.pages.conduct}</h2>
<ul>${edition.conduct.map(
    (one) =>
      html`<li>${w.conduct(nameOf('unit', one.unit), one.objections, one.casesLost, one.meanMinutesLost ?? 0)}</li>`,
  )}</ul>
<h2>${w.pages.why}</h2>
${edition.rows.map(
  (row) =>
    html`<details id="${row.subject}"><summary>${nameOf('subject', row.subject)}</summary>${explainRow(edition, row, nameOf, lang).map((line) => html`<p>${line}</p>`)}</details>`,
)}
${revisions.length > 1 && revisionList(visit, edition, revisions, nameOf)}
</div>`;
  return { title, body };
}

type NameOf = ReturnType<typeof namesIn>;
type Words = (typeof EDITION_WORDS)['zh'];

function rowTable({ lang }: Visit, edition: Edition, nameOf: NameOf): Html {
  const w = EDITION_WORDS[lang];
  const { volume, n, response, solve, satisfaction, score, unreachable } = w.figures;
  const heads = [
    w.by[edition.by],
    volume,
    n,
    response,
    solve,
    satisfaction,
    score,
    unreachable,
    w.beside.excluded,
  ];
  return html`<div class="scroll"><table class="list numbers-table"><thead><tr>${[...heads, w.standing].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${edition.rows.map((row) => editionRow(edition, row, nameOf, lang))}
<tr><th scope="row">${w.pooled}</th>${rateCells(edition.pooled, lang, (text) => text)}<td></td><td></td></tr></tbody></table></div>`;
}

function editionRow(edition: Edition, row: EditionRow, nameOf: NameOf, lang: Visit['lang']): Html {
  const link = (text: Child, counts?: string): Html => {
    const search = new URLSearchParams({ subject: row.subject, ...(counts ? { counts } : {}) });
    return html`<a href="/editions/${edition.id}/cases?${search.toString()}">${text}</a>`;
  };
  const { beside, peers, standing } = row;
  const title = besideLines(row, EDITION_WORDS[lang], lang).join('\n');
  return html`<tr><th scope="row"><a href="#${row.subject}">${nameOf('subject', row.subject)}</a></th>
${rateCells(row.rates, lang, link)}<td title="${title}">${link(shareText(beside.excluded), 'excluded')}</td>
<td>${sayPeers(peers, lang)}<br><small>${sayStanding(standing, lang)}</small></td></tr>`;
}

function rateCells(
  rates: EditionRates,
  lang: Visit['lang'],
  link: (text: Child, counts?: string) => Child,
): Html {
  const rate = (share: Share | null): Html =>
    html`<td title="${sayShare(share, lang)}">${link(shareText(share), 'valid')}${share && html`<br><small>${percent(share.interval.low)}–${percent(share.interval.high)}</small>`}</td>`;
  return html`<td>${link(rates.volume)}</td><td>${link(rates.n, 'valid')}</td>${[rates.response, rates.solve, rates.satisfaction].map(rate)}
<td>${link(rates.score ? rates.score.value : '–', 'valid')}</td><td>${link(shareText(rates.unreachable), 'unreachable')}</td>`;
}

function shareText(share: Share | null): string {
  return share ? percent(share.value) : '–';
}

function exclusionTable(edition: Edition, nameOf: NameOf, w: Words): Html {
  if (edition.exclusions.length === 0) return html`<p>${w.pages.noExclusions}</p>`;
  return html`<table class="list"><tbody>${edition.exclusions.map(
    ({ subject, number, reason, evidence }) =>
      html`<tr><th scope="row">${nameOf('subject', subject)}</th><td>${number}</td><td>${w.reasons[reason]}</td><td><code>${evidence}</code></td></tr>`,
  )}</tbody></table>`;
}

function revisionList(visit: Visit, edition: Edition, revisions: readonly Revision[], nameOf: NameOf): Html {
  const w = EDITION_WORDS[visit.lang];
  const number = (value: number | null): string =>
    value === null ? w.none : String(Math.round(value * 1e4) / 1e4);
  return html`<h2>${w.pages.revisions}</h2>${revisions.map(
    ({ revision, at, changes }) =>
      html`<h3><a href="/editions/${edition.id}?revision=${revision}">${w.revision(revision)}</a> <small>${momentOf(at, visit)}</small></h3>
<ul>${changes.map(({ subject, figure, before, after }) => html`<li>${nameOf('subject', subject)} · ${w.figures[figure]}: ${number(before)} → ${number(after)}</li>`)}</ul>`,
  )}`;
}
