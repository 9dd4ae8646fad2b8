import { Fault } from '@gezhi/basis';

/**
 * A date on the wall calendar of a place, as whole days since 1970-01-01 (which is day 0). It has no zone and no hour:
 * `zone.dayOf(instant)` says on which local day a moment falls.
 */
export type LocalDay = number;

export type Weekday = 'sun' | 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat';

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const DAY_MS = 86_400_000;
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

/**
 * Reads `YYYY-MM-DD`.
 * @throws Fault `bad-date` for any other form, and for a date that does not exist (2025-02-30)
 */
export function localDay(text: string): LocalDay {
  if (isLocalDay(text)) return Date.parse(`${text}T00:00:00Z`) / DAY_MS;
  throw new Fault('bad-date', `"${text}" is not a date.`, { hint: 'Write YYYY-MM-DD, e.g. 2026-10-01.' });
}

/** Whether a text is `YYYY-MM-DD` and that day exists: `Date.parse` alone takes 30 February for 2 March. */
export function isLocalDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return ISO_DATE.test(text) && !Number.isNaN(at) && isoDay(Math.floor(at / DAY_MS)) === text;
}

/** `YYYY-MM-DD`. */
export function isoDay(day: LocalDay): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day number of a year, month (1 … 12) and day of month; days beyond the month run on into the next. */
export function dayFrom(year: number, month: number, dayOfMonth: number): LocalDay {
  return Math.floor(Date.UTC(year, month - 1, dayOfMonth) / DAY_MS);
}

export function yearOf(day: LocalDay): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** 0 is Sunday, 6 is Saturday. 1970-01-01 was a Thursday. */
export function weekdayNumber(day: LocalDay): number {
  return (((day + 4) % 7) + 7) % 7;
}

export function weekdayOf(day: LocalDay): Weekday {
  return WEEKDAYS[weekdayNumber(day)]!;
}

export function isWeekend(day: LocalDay): boolean {
  const weekday = weekdayNumber(day);
  return weekday === 0 || weekday === 6;
}
