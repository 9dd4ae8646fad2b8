import { DAY, Fault, HOUR, type Instant, isoInstant, MINUTE } from '@gezhi/basis';
import type { ThreeRatesPolicy } from './three-rates-policy.ts';

/** From (included) to (not included). */
export type Window = { readonly from: Instant; readonly to: Instant };

/**
 * Minutes by which the town's clocks are ahead of UTC at a moment; the caller brings its zone (480 everywhere
 * in China).
 */
export type ZoneOffset = (at: Instant) => number;

/** A day on the wall calendar: month 1 … 12, day 1 … 31. */
export type LocalDate = { readonly year: number; readonly month: number; readonly day: number };

/**
 * The assessment month (考核期) that bears the name of `month`: under the policy `huairou`, May runs from 19
 * April 00:00 to 19 May 00:00, local time. A policy that begins on day 1 means the calendar month.
 */
export function monthWindow(
  policy: ThreeRatesPolicy,
  { year, month }: { readonly year: number; readonly month: number },
  offset: ZoneOffset,
): Window {
  const first = policy.window.monthFirstDay;
  const back = first === 1 ? 0 : 1;
  return {
    from: localMoment(year, month - back, first, 0, offset),
    to: localMoment(year, month + 1 - back, first, 0, offset),
  };
}

/** The day of the daily report: under `huairou` from noon of the day before to noon of `date`, local time. */
export function dayWindow(policy: ThreeRatesPolicy, date: LocalDate, offset: ZoneOffset): Window {
  const { year, month, day } = date;
  const { dayHour } = policy.window;
  const shift = dayHour === 0 ? 1 : 0;
  return {
    from: localMoment(year, month, day - 1 + shift, dayHour, offset),
    to: localMoment(year, month, day + shift, dayHour, offset),
  };
}

/**
 * The assessment month that `date` lies in, so far: to the hour at which the daily report is cut (`dayHour`),
 * or to the end of the day (the special report).
 */
export function monthToDate(
  policy: ThreeRatesPolicy,
  date: LocalDate,
  until: 'dayHour' | 'midnight',
  offset: ZoneOffset,
): Window {
  const { year, month, day } = date;
  const first = policy.window.monthFirstDay;
  const to =
    until === 'dayHour' && policy.window.dayHour > 0
      ? localMoment(year, month, day, policy.window.dayHour, offset)
      : localMoment(year, month, day + 1, 0, offset);
  return { from: localMoment(year, day >= first ? month : month - 1, first, 0, offset), to };
}

/**
 * The moment at which the town's clocks show a time. Months and days may run over their ends (day 0 is the
 * last of the month before). In an hour that is skipped, as much later as the clocks jump; in one that comes
 * twice, the first.
 */
export function localMoment(
  year: number,
  month: number,
  day: number,
  hour: number,
  offset: ZoneOffset,
): Instant {
  const wall = Date.UTC(year, month - 1, day, hour);
  const early = offset(wall - DAY);
  const late = offset(wall + DAY);
  const first = wall - early * MINUTE;
  const second = wall - late * MINUTE;
  if (offset(first) === early) return first;
  return offset(second) === late ? second : first;
}

/**
 * The hours of a window as the roll-ups count them.
 *
 * @throws Fault `window-not-whole-hours` where the window begins or ends within an hour (zones such as
 * +05:30): the roll-ups cannot answer it, a recomputation from the cases can
 */
export function hoursOf({ from, to }: Window): { readonly from: number; readonly to: number } {
  if (from % HOUR !== 0 || to % HOUR !== 0) {
    throw new Fault(
      'window-not-whole-hours',
      `The window ${isoInstant(from)} … ${isoInstant(to)} begins or ends within an hour.`,
      { hint: 'Roll-ups know whole hours of UTC; recompute this window from the cases.' },
    );
  }
  return { from: from / HOUR, to: to / HOUR };
}
