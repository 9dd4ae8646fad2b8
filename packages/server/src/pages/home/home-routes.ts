import type { Instant } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import type { Pages } from '../kit/pages.ts';
import { homePage, type Pulse, readPulse } from './home-page.ts';

/** From this age on the counts of the first page are read anew; whoever looks meanwhile gets those there are. */
const FRESH_MS = 2000;
/** Older ones are shown to nobody: after a quiet hour the first who looks waits for new ones. */
const STALE_MS = 60_000;

export function mountHome(pages: Pages): void {
  const { now, onFault = () => undefined } = pages.options;
  const pulseOf = sharedPulse(now, (error) => onFault(error, 'GET /'));
  pages.app.get('/', async (request, reply) => {
    const visit = pages.visit(request, reply);
    const live = (request.query as { live?: unknown }).live === '1';
    return pages.show(
      reply,
      visit,
      homePage(visit, await pulseOf(visit.town), live, pages.options.webApps ?? []),
    );
  });
}

type Kept = { readonly at: Instant; readonly pulse: Pulse };

/** One reading at a time for each town, however many look. */
function sharedPulse(
  now: () => Instant,
  onFault: (error: unknown) => void,
): (town: Town) => Promise<Pulse> | Pulse {
  const kept = new Map<string, Kept>();
  const reading = new Map<string, Promise<Pulse>>();
  const read = (town: Town): Promise<Pulse> => {
    const under = reading.get(town.district);
    if (under) return under;
    const at = now();
    const fresh = readPulse(town, at)
      .then((pulse) => {
        kept.set(town.district, { at, pulse });
        return pulse;
      })
      .finally(() => reading.delete(town.district));
    reading.set(town.district, fresh);
    return fresh;
  };
  return (town) => {
    const last = kept.get(town.district);
    const age = last ? now() - last.at : Number.POSITIVE_INFINITY;
    if (!last || age < 0 || age > STALE_MS) return read(town);
    if (age > FRESH_MS) read(town).catch(onFault);
    return last.pulse;
  };
}
