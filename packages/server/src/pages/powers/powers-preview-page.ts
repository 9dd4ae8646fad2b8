import { newId, type RegistryPreview } from '@gezhi/town';
import { textArea, textField } from '../kit/fields.ts';
import { type Child, type Html, html } from '../kit/html.ts';
import type { Page } from '../kit/layout.ts';
import type { Visit } from '../kit/visit.ts';
import { POWERS_WORDS } from './powers-words.ts';

export type PreviewShown = {
  readonly scene: string;
  /** The list that is in the form: what runs, or what was written. */
  readonly list: string;
  /** Whether the town wrote the one that runs. */
  readonly isOwn: boolean;
  readonly preview?: RegistryPreview;
  readonly refused?: string;
  readonly done?: boolean;
};

/** A changed power list, what it would do, and the button that makes it hold: for whoever may change the registry. */
export function powersPreviewPage(visit: Visit, shown: PreviewShown): Page {
  const w = POWERS_WORDS[visit.lang].preview;
  const { preview, refused, list, scene } = shown;
  const scenes = [...visit.town.packs.values()].map(
    ({ scene: { id, name } }) =>
      html`<li><a href="/powers/preview?scene=${id}"${id === scene && html` aria-current="page"`}>${name[visit.lang]}</a></li>`,
  );
  const body = html`<div class="wrap"><h1>${w.title}</h1><p class="lead">${w.lead}</p>
${shown.done && html`<p class="good" role="status">${w.done}</p>`}
${refused !== undefined && html`<p class="error" role="alert">${refused}</p>`}
${preview && outcome(visit, shown, preview)}
<nav class="tabs" aria-label="${w.scene}"><ul>${scenes}</ul></nav>
<form method="post" action="/powers/preview">${token(visit)}<input type="hidden" name="scene" value="${scene}">
${textArea({ name: 'list', label: w.list, hint: shown.isOwn ? w.own : w.ships, value: list, rows: 24, maxlength: LIST_MAX })}
<p class="row"><button class="go">${w.preview}</button></p></form>
<p class="small"><a href="/powers">${POWERS_WORDS[visit.lang].title}</a> · <a href="/console/town">${w.edits}</a></p></div>`;
  return { title: w.title, body, active: 'staff' };
}

export const LIST_MAX = 200_000;

function token({ staff }: Visit): Html {
  return html`<input type="hidden" name="form" value="${staff?.formToken}">`;
}

function outcome(visit: Visit, shown: PreviewShown, preview: RegistryPreview): Html {
  const w = POWERS_WORDS[visit.lang].preview;
  if (preview.problems.length > 0) {
    return html`<section aria-labelledby="o"><h2 id="o">${w.wrong}</h2><ul>${preview.problems.map(({ problem }) => html`<li>${problem}</li>`)}</ul></section>`;
  }
  return html`<section aria-labelledby="o"><h2 id="o">${w.outcome}</h2>${changesOf(visit, preview)}
<h3>${w.sight}</h3>${sightOf(visit, preview)}
<form method="post" action="/powers/preview">${token(visit)}<input type="hidden" name="scene" value="${shown.scene}"><input type="hidden" name="act" value="apply"><input type="hidden" name="id" value="${newId(visit.now)}">
<input type="hidden" name="list" value="${shown.list}">
${textField({ name: 'reason', label: w.reason, value: '', maxlength: 500, prefix: 'apply' })}
<p class="row"><button class="go">${w.apply}</button></p></form></section>`;
}

const NAMED = 8;

/** Who gains and who loses what: kinds of posts, a line for each power and the policies that decide before and after. */
function changesOf({ lang }: Visit, { powers }: RegistryPreview): Child {
  const w = POWERS_WORDS[lang].preview;
  const groups = Map.groupBy(
    powers?.changes ?? [],
    (c) => `${c.change}\n${c.power}\n${c.before}\n${c.after}`,
  );
  if (groups.size === 0) return html`<p>${w.noChange}</p>`;
  const rows = [...groups.values()].map((group) => {
    const { change, power, before, after } = group[0]!;
    const posts = [...new Set(group.map(({ post }) => post))];
    const cases = [...new Set(group.flatMap((one) => one.cases))];
    const more = (all: readonly string[]): string =>
      `${all.slice(0, NAMED).join('; ')}${all.length > NAMED ? w.more(all.length) : ''}`;
    return html`<tr><th scope="row">${w[change]} <code>${power}</code></th><td data-label="${w.posts}">${more(posts)}</td>
<td data-label="${w.cases}">${more(cases)}</td><td data-label="${w.by}"><code>${before}</code> → <code>${after}</code></td></tr>`;
  });
  return html`<table class="list"><thead><tr>${[w.power, w.posts, w.cases, w.by].map((head) => html`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows}</tbody></table>`;
}

function sightOf({ lang }: Visit, { powers }: RegistryPreview): Child {
  const w = POWERS_WORDS[lang].preview;
  const sight = powers?.sight ?? [];
  if (sight.length === 0) return html`<p>${w.noSight}</p>`;
  return html`<ul>${sight.map((one) => html`<li>${w.sees(`${one.postKind} @ ${one.unitKind}, ${one.unitLevel}`, one)}</li>`)}</ul>`;
}
