import { parseInstant } from '@gezhi/basis';
import type { AlgorithmList, ReadReport } from '@gezhi/contract';
import { kindLabel } from '../../views/names.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { ALGORITHM_WORDS } from '../words/algorithms-words.ts';

type Entry = AlgorithmList['algorithms'][number];

/** The public register of algorithms, with the report of proposals against decisions. */
export function algorithmsPage(visit: Visit, register: AlgorithmList, report: ReadReport): Page {
  const words = ALGORITHM_WORDS[visit.lang];
  const body = html`<div class="wrap">
<h1>${words.title}</h1><p class="lead">${words.lead}</p>
<nav class="register" aria-label="${words.title}"><ul>${register.algorithms.map(
    ({ id, name }) => html`<li><a href="#a-${id}">${name[visit.lang]}</a></li>`,
  )}<li><a href="#report">${words.report}</a></li></ul></nav>
${register.algorithms.map((entry) => section(visit, entry, register.models))}
${reportSection(visit, report)}
<p class="small">${words.data}: <a href="/api/algorithms">/api/algorithms</a> · <a href="/api/read/report">/api/read/report</a>. ${words.print}</p></div>`;
  return { title: words.title, body };
}

function section(visit: Visit, entry: Entry, models: AlgorithmList['models']): Html {
  const { lang } = visit;
  const words = ALGORITHM_WORDS[lang];
  const rows = (['purpose', 'learnedFrom', 'howWell', 'decides', 'objection'] as const).map(
    (key) => html`<div><dt>${words[key]}</dt><dd>${entry[key][lang]}</dd></div>`,
  );
  const since = entry.since && html` · ${words.since} ${moment(visit, entry.since)}`;
  return html`<section class="algorithm" aria-labelledby="a-${entry.id}"><h2 id="a-${entry.id}">${entry.name[lang]}</h2>
<p class="small">${words[entry.sort]} · ${words.version} <code>${entry.version}</code>${since}</p>
<dl class="facts">${rows}</dl>
${entry.id === 'urgent' && dangerRules(visit)}
${entry.figures && figures(visit, entry)}
${entry.id === 'kind' && models.length > 0 && trainings(visit, models)}</section>`;
}

/** The rules of danger one by one, as the scene has them. */
function dangerRules({ town, lang }: Visit): Child {
  const rules = town.pack.urgent.file?.rules ?? [];
  const tests = rules.reduce((n, { tests: { yes, no } }) => n + yes.length + no.length, 0);
  const items = rules.map(
    ({ name, to, words }) =>
      html`<li><strong>${name[lang]}</strong> → ${to.join(', ')}<br><span class="small">${words.join(' · ')}</span></li>`,
  );
  return (
    rules.length > 0 &&
    html`<details><summary>${ALGORITHM_WORDS[lang].sentences(tests)}</summary><ul>${items}</ul></details>`
  );
}

function figures(visit: Visit, { figures: of, weakKinds = [] }: Entry): Child {
  const { town, lang } = visit;
  const words = ALGORITHM_WORDS[lang];
  const name = (kind: string): string => kindLabel(town, kind)[lang];
  const rows = (of?.perKind ?? []).map(({ kind, samples, recall, precision }) => [
    name(kind),
    samples,
    percent(recall),
    percent(precision),
  ]);
  return html`<h3>${words.perKind}</h3>${table([words.kind, words.samples, words.recall, words.precision], rows)}
${weakKinds.length > 0 && html`<p class="small">${words.weak}: ${weakKinds.map(name).join(lang === 'zh' ? '、' : ', ')}</p>`}`;
}

function trainings(visit: Visit, models: AlgorithmList['models']): Html {
  const words = ALGORITHM_WORDS[visit.lang];
  const rows = models
    .slice(0, 10)
    .map(({ trainedAt, state, samples, n, accuracy, before }) => [
      moment(visit, trainedAt),
      words.states[state],
      samples,
      `${percent(accuracy)}${before === null ? '' : ` (${percent(before)})`} · n = ${n}`,
    ]);
  return html`<h3>${words.trainings}</h3>${table([words.trainedAt, words.state, words.learned, words.accuracy], rows)}`;
}

function reportSection(visit: Visit, report: ReadReport): Html {
  const { town, lang } = visit;
  const words = ALGORITHM_WORDS[lang];
  const heads = [words.samples, words.right, words.share];
  const cells = ({ n, right, share }: ReadReport['total']): readonly Child[] => [n, right, percent(share)];
  const name = (kind: string): string => kindLabel(town, kind)[lang];
  const tables = html`<h3>${words.byKind}</h3>
${table([words.kind, ...heads], [[words.total, ...cells(report.total)], ...report.perKind.map((row) => [row.name[lang], ...cells(row)])])}
<h3>${words.perUnit}</h3>${table(
    [words.unit, ...heads],
    report.perUnit.map((row) => [row.name, ...cells(row)]),
  )}
<h3>${words.perMonth}</h3>${table(
    [words.month, words.model, ...heads],
    report.perModel.map((row) => [row.month, modelName(row.model, words.byWords), ...cells(row)]),
  )}
${overTime(visit, report)}
${
  report.confusions.length > 0 &&
  html`<h3>${words.confusions}</h3>${table(
    [words.proposed, words.became, words.times],
    report.confusions.map(({ proposed, kind, times }) => [name(proposed), name(kind), times]),
  )}`
}`;
  return html`<section class="algorithm" aria-labelledby="report"><h2 id="report">${words.report}</h2><p>${words.reportLead}</p>
${report.total.n > 0 ? tables : html`<p class="empty">${words.none}</p>`}</section>`;
}

/** Each kind and unit from month to month: a row each, the share that was right and of how many. */
function overTime({ town, lang }: Visit, { perUnit, perMonth, overTime: over }: ReadReport): Child {
  const words = ALGORITHM_WORDS[lang];
  const months = perMonth.map(({ month }) => month);
  if (months.length < 2) return undefined;
  type Cell = ReadReport['total'] & { readonly month: string };
  const row = (name: string, own: readonly Cell[]): readonly Child[] => [
    name,
    ...months.map((month) => {
      const cell = own.find((one) => one.month === month);
      return cell ? `${percent(cell.share)} · ${cell.n}` : '–';
    }),
  ];
  const kinds = [...Map.groupBy(over.kinds, ({ kind }) => kind)];
  const units = [...Map.groupBy(over.units, ({ unit }) => unit)];
  const nameOf = new Map(perUnit.map(({ unit, name }) => [unit, name]));
  return html`<details><summary>${words.overTime}</summary>${table(
    [words.kind, ...months],
    kinds.map(([kind, own]) => row(kindLabel(town, kind)[lang], own)),
  )}${table(
    [words.unit, ...months],
    units.map(([unit, own]) => row(nameOf.get(unit) ?? unit, own)),
  )}</details>`;
}

function modelName(hash: string | null, byWords: string): Child {
  return hash === null ? byWords : html`<code>${hash.slice(0, 8)}</code>`;
}

function table(heads: readonly string[], rows: readonly (readonly Child[])[]): Html {
  return html`<table class="list"><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${rows.map(
    ([first, ...rest]) =>
      html`<tr><th scope="row">${first}</th>${rest.map((cell, i) => html`<td data-label="${heads[i + 1]}">${cell}</td>`)}</tr>`,
  )}</tbody></table>`;
}

function percent(share: number | null): string {
  return share === null ? '–' : `${(share * 100).toFixed(1)}%`;
}

function moment(visit: Visit, text: string): string {
  return momentOf(parseInstant(text) ?? 0, visit);
}
