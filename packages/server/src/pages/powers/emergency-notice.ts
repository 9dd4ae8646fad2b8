import { emergencyName } from '@gezhi/town';
import { type Child, html } from '../kit/html.ts';
import { momentOf, placeName } from '../kit/say.ts';
import type { Visit } from '../kit/visit.ts';
import { EMERGENCY_WORDS } from './emergency-words.ts';

/** What is in force, above every page. */
export function emergencyNotice(visit: Visit): Child {
  const w = EMERGENCY_WORDS[visit.lang];
  const open = visit.town.emergencies.inForce();
  if (open.length === 0) return undefined;
  return html`<aside class="wrap" aria-label="${w.title}">${open.map(
    ({ number, level, area, startsAt, endsAt }) =>
      html`<p class="warn"><a href="/emergencies#${emergencyName(number)}">${w.title} · ${w.level(level)}</a> · ${placeName(area, visit)} · ${w.until(momentOf(startsAt, visit), momentOf(endsAt, visit))}</p>`,
  )}</aside>`;
}
