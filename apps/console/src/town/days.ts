import type { Instant } from '@gezhi/basis';
import { isoDay, localDay, type Zone } from '@gezhi/clock';

/** The day of a moment, as a date field shows it. */
export function dayOf(moment: unknown, zone: Zone): string {
  return typeof moment === 'number' ? isoDay(zone.dayOf(moment)) : '';
}

/** Midnight of a day; `undefined` for an empty field. */
export function momentOf(day: string, zone: Zone): Instant | undefined {
  return day === '' ? undefined : zone.instantOf(localDay(day), 0);
}
