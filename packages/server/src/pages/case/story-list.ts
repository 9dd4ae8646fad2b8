import { type Html, html } from '../kit/html.ts';
import { momentOf } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import type { Told } from './story.ts';

/** What happened, newest last, each with its moment and what was said with it. */
export function storyList(
  visit: Visit,
  story: readonly Told[],
  fresh: ReadonlySet<number> = new Set(),
): Html {
  const { w } = visit;
  return html`<ol class="story">${story.map(
    (
      told,
    ) => html`<li${fresh.has(told.seq) && html` class="fresh"`}><time datetime="${new Date(told.at).toISOString()}">${momentOf(told.at, visit)}</time>
<p>${told.sentence}</p>${told.words !== undefined && html`<blockquote>${told.words ?? w.my.erased}</blockquote>`}</li>`,
  )}</ol>`;
}
