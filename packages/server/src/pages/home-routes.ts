import type { Town } from '@gezhi/town';
import { homePage, type Pulse, readPulse } from './home-page.ts';
import type { Pages } from './pages.ts';

/** How old the counts of the first page may be: everybody who looks within this time shares one reading. */
const FRESH_MS = 2000;

export function mountHome(pages: Pages): void {
  const pulseOf = sharedPulse(pages.options.now);
  pages.app.get('/', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const live = (request.query as { live?: unknown }).live === '1';
    return pages.show(reply, visit, homePage(visit, await pulseOf(visit.town), live));
  });
}

type Kept = { readonly at: number; readonly pulse: Promise<Pulse> };

function sharedPulse(now: () => number): (town: Town) => Promise<Pulse> {
  const kept = new Map<string, Kept>();
  return (town) => {
    const before = kept.get(town.district);
    const at = now();
    if (before && at - before.at < FRESH_MS && at >= before.at) return before.pulse;
    const pulse = readPulse(town, at);
    const own = { at, pulse };
    kept.set(town.district, own);
    // A reading that failed is not kept; whoever waited for it is told.
    pulse.catch(() => kept.get(town.district) === own && kept.delete(town.district));
    return pulse;
  };
}
