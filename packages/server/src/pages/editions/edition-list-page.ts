import { EDITION_WORDS, type EditionSummary, type Sample, sayShare, type Theme } from '@gezhi/town';
import { type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import { momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';

/** Every edition that the reader may see, the seeds that were promised, the themes of the month. */
export function editionListPage(
  visit: Visit,
  editions: readonly EditionSummary[],
  samples: readonly Sample[],
  themes: readonly Theme[],
  draft: Html,
): Page {
  const { lang } = visit;
  const w = EDITION_WORDS[lang];
  const body = html`<div class="wrap report">
<h1>${w.pages.list}</h1>
<p class="lead">${w.pages.intro}</p>
${editions.length === 0 ? html`<p class="empty">${w.pages.noEditions}</p>` : editionTable(visit, editions)}
${draft}
<h2>${w.pages.samples}</h2>
<p>${w.pages.samplesIntro}</p>
${samples.length > 0 && sampleTable(visit, samples)}
<h2>${w.pages.themes}</h2>
${themes.map((theme) => themeBox(visit, theme))}
</div>`;
  return { title: w.pages.list, body };
}

function editionTable(visit: Visit, editions: readonly EditionSummary[]): Html {
  const w = EDITION_WORDS[visit.lang];
  return html`<table class="list"><tbody>${editions.map(
    ({ state }) => html`<tr><th scope="row"><a href="/editions/${state.id}">${state.id}</a></th>
<td>${w.phases[state.phase]}</td><td>${w.revision(state.revision)}</td>
<td>${state.shownUntil !== undefined && momentOf(state.shownUntil, visit)}</td></tr>`,
  )}</tbody></table>`;
}

function sampleTable(visit: Visit, samples: readonly Sample[]): Html {
  const w = EDITION_WORDS[visit.lang];
  return html`<table class="list"><tbody>${samples.map(
    ({
      purpose,
      hash,
      committedAt,
      drawing,
    }) => html`<tr><th scope="row">${w.purposes[purpose as keyof typeof w.purposes]}</th>
<td>${momentOf(committedAt, visit)}</td><td><code>${hash}</code></td>
<td>${drawing ? `${drawing.drawn.length} / ${drawing.population.length} · ${drawing.seed}` : w.pages.notDrawn}</td></tr>`,
  )}</tbody></table><p><a href="/api/samples">${w.pages.prove}</a></p>`;
}

function themeBox({ lang, town }: Visit, theme: Theme): Html {
  const w = EDITION_WORDS[lang];
  return html`<section><h3>${theme.id} ${theme.title}</h3>
<p>${w.pages.theme(theme.tasks.done, theme.tasks.all, theme.outputs)}</p>
<ul>${theme.problems.map(
    (problem) =>
      html`<li>${problem.title}<ul>${problem.tasks.map(
        (task) =>
          html`<li>${task.title} · ${town.units.get(task.lead ?? '')?.name} · ${w.pages.due(task.due ?? '')}${task.doneOn && ` · ${w.pages.done(task.doneOn)}`}</li>`,
      )}${problem.outputs.map((output) => html`<li>${output.title}</li>`)}</ul></li>`,
  )}</ul>
${theme.surveys.map((survey) => html`<p>${survey.title}: ${sayShare(survey.share, lang)}</p>`)}</section>`;
}
