import { html } from './html.ts';
import type { Page } from './layout.ts';
import type { Visit } from './visit.ts';

export type Trouble = 'notFound' | 'forbidden' | 'badRequest' | 'failed' | 'away' | 'busy';

/** What went wrong, in plain words, and a way on. `detail` is a sentence or the number of a fault. */
export function errorPage({ w }: Visit, trouble: Trouble, detail?: string): Page {
  const texts = {
    notFound: w.errors.notFoundText,
    forbidden: w.errors.forbiddenText,
    badRequest: w.form.expired,
    failed: w.errors.failedText,
    away: w.errors.awayText,
    busy: w.errors.busyText,
  } as const;
  const body = html`<div class="wrap narrow"><h1>${w.errors[trouble]}</h1><p class="lead">${texts[trouble]}</p>
${detail && html`<p class="hint">${detail}</p>`}
<p><a class="button" href="/">${w.errors.home}</a></p></div>`;
  return { title: w.errors[trouble], body };
}
