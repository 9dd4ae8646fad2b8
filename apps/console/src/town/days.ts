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

/** The minute of a moment, as a field for date and time shows it. */
export function minuteOf(moment: unknown, zone: Zone): string {
  return typeof moment === 'number'
    ? new Date(moment + zone.offsetAt(moment)).toISOString().slice(0, 16)
    : '';
}

/** The moment of a minute that was filled in; `undefined` for an empty field. */
export function momentOfMinute(minute: string, zone: Zone): Instant | undefined {
  const [day = '', time = ''] = minute.split('T');
  if (day === '') return undefined;
  return zone.instantOf(localDay(day), Date.parse(`1970-01-01T${time}:00Z`));
}
