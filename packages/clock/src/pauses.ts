import { Fault, type Instant, isoInstant } from '@gezhi/basis';

/** A stretch in which the clock stands still (挂账, 听证); without `to` it still does. `reason` is a code or an id, not prose. */
export type Pause = { readonly from: Instant; readonly to?: Instant; readonly reason: string };

/** A pause that is in order: `to` is later than `from`, and infinite while the pause lasts. */
export type Stop = { readonly from: Instant; readonly to: Instant; readonly reason: string };

/**
 * Pauses in order of time and apart from each other: where two overlap, the earlier begun keeps its reason and the later keeps
 * what lies beyond. Pauses of no length fall away.
 *
 * @throws Fault `bad-pause` where a pause ends before it begins
 */
export function stopsOf(pauses: readonly Pause[] | undefined): readonly Stop[] {
  if (!pauses || pauses.length === 0) return NONE;
  const stops: Stop[] = [];
  let end = Number.NEGATIVE_INFINITY;
  for (const pause of [...pauses].sort((a, b) => a.from - b.from)) {
    const to = pause.to ?? Number.POSITIVE_INFINITY;
    if (!(to >= pause.from)) throw badPause(pause);
    const from = Math.max(pause.from, end);
    if (to > from) stops.push({ from, to, reason: pause.reason });
    end = Math.max(end, to);
  }
  return stops;
}

const NONE: readonly Stop[] = [];

function badPause(pause: Pause): Fault {
  const span = `from ${sayMoment(pause.from)} to ${sayMoment(pause.to)}`;
  return new Fault('bad-pause', `A pause (${pause.reason}) runs ${span}.`, {
    hint: 'A pause ends after it begins, or has no end yet.',
  });
}

function sayMoment(at: Instant | undefined): string {
  return at !== undefined && Number.isFinite(at) ? isoInstant(at) : String(at);
}

/** The stop that covers a moment (its `from` included, its `to` not). */
export function stopAt(stops: readonly Stop[], at: Instant): Stop | undefined {
  for (const stop of stops) {
    if (stop.from > at) return undefined;
    if (at < stop.to) return stop;
  }
  return undefined;
}

/** The stop in which a day closes: one that begins at closing time comes too late for it, one that ends then does not. */
export function stopAtClose(stops: readonly Stop[], close: Instant): Stop | undefined {
  return stopAt(stops, close - 1);
}

/** The part of [from, to) in which no stop lies, in ms. */
export function runningMs(stops: readonly Stop[], from: Instant, to: Instant): number {
  let ms = Math.max(0, to - from);
  for (const stop of stops) {
    if (stop.from >= to) break;
    ms -= Math.max(0, Math.min(to, stop.to) - Math.max(from, stop.from));
  }
  return ms;
}

/** The moment at which `ms` have run since `from`, stops left out; infinite where a stop without end comes first. */
export function runOn(stops: readonly Stop[], from: Instant, ms: number): Instant {
  let due = from + ms;
  for (const stop of stops) {
    if (stop.from >= due) break;
    if (stop.to > from) due += stop.to - Math.max(from, stop.from);
  }
  return due;
}
