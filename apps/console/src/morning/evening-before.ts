import { HOUR, type Instant } from '@gezhi/basis';
import type { Zone } from '@gezhi/clock';

/** The last 18:00 of a day before `now`, at least twelve hours back: whoever reads in the morning reads the whole night. */
export function eveningBefore(now: Instant, zone: Zone): Instant {
  const latest = now - 12 * HOUR;
  const day = zone.dayOf(latest);
  const evening = zone.instantOf(day, 18 * HOUR);
  return evening <= latest ? evening : zone.instantOf(day - 1, 18 * HOUR);
}
