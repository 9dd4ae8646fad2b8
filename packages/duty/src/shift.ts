import { type Refusal, refuse } from '@gezhi/basis';

/** Minutes since Monday 00:00 on the wall clock of the town, 0 … 10,079. */
export type WeekMinute = number;

export const WEEK_MINUTES = 7 * 24 * 60;
const DAY_MINUTES = 24 * 60;
const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/**
 * Weekly hours. `hours` are half-open stretches of the week `[from, to)` in minutes since Monday 00:00, sorted, apart from
 * each other, none beyond the week's end: a night from Sunday to Monday is two of them.
 */
export type Shift = { readonly hours: readonly (readonly [from: WeekMinute, to: WeekMinute])[] };

/**
 * Reads `mon-fri 08:00-18:00;sat,sun 22:00-06:00`. Days are `mon … sun`, a range may run over the weekend (`fri-mon`);
 * an end before its begin runs into the next day; `24:00` is the end of a day. Holidays are the calendar's, not a shift's.
 *
 * Refuses (`bad-shift`) anything else, naming the part: an unknown day, a time beyond 24:00, a begin equal to its end (which
 * could mean nothing or a whole day).
 */
export function parseShift(text: string): Shift | Refusal {
  const hours: [number, number][] = [];
  for (const part of text.split(';')) {
    const read = parsePart(part.trim().toLowerCase());
    if (typeof read === 'string') return badShift(text, part.trim(), read);
    hours.push(...read);
  }
  return { hours: joinHours(hours) };
}

function badShift(text: string, part: string, because: string): Refusal {
  const mend = 'Write days and hours, such as "mon-fri 08:00-18:00;sat 22:00-06:00".';
  return refuse('bad-shift', `The shift "${text}" cannot be read at "${part}": ${because} ${mend}`, { part });
}

function parsePart(part: string): [number, number][] | string {
  const found = /^([a-z,\s-]+?)\s+(\d{1,2}:\d{2})\s*-\s*(\d{1,2}:\d{2})$/.exec(part);
  if (!found) return 'days, a space, begin-end are expected.';
  const days = parseDays(found[1]!);
  if (typeof days === 'string') return days;
  const from = parseTime(found[2]!);
  const to = parseTime(found[3]!);
  if (from === undefined || to === undefined || from === DAY_MINUTES) return 'there is no such time of day.';
  if (from === to) return 'begin and end are the same; a whole day is 00:00-24:00.';
  const length = to > from ? to - from : to - from + DAY_MINUTES;
  return days.flatMap((day) => withinWeek(day * DAY_MINUTES + from, length));
}

function parseDays(text: string): number[] | string {
  const days: number[] = [];
  for (const item of text.split(',')) {
    const [first = '', last = first, more] = item.split('-').map((day) => day.trim());
    const from = DAYS.indexOf(first as never);
    const to = DAYS.indexOf(last as never);
    if (from < 0 || to < 0 || more !== undefined)
      return `"${item.trim()}" is no day; days are ${DAYS.join(', ')}.`;
    for (let day = from; ; day = (day + 1) % 7) {
      days.push(day);
      if (day === to) break;
    }
  }
  return days;
}

function parseTime(text: string): number | undefined {
  const [hour = 99, minute = 99] = text.split(':').map(Number);
  const at = hour * 60 + minute;
  return minute < 60 && at <= DAY_MINUTES ? at : undefined;
}

function withinWeek(from: number, length: number): [number, number][] {
  const to = from + length;
  if (to <= WEEK_MINUTES) return [[from, to]];
  return [
    [from, WEEK_MINUTES],
    [0, to - WEEK_MINUTES],
  ];
}

/** Sorted, overlapping and touching stretches joined. */
export function joinHours(
  hours: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const joined: [number, number][] = [];
  for (const [from, to] of [...hours].sort((a, b) => a[0] - b[0])) {
    const last = joined.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

/** Whether the minute lies in the shift. Without a shift, always. */
export function onShift(shift: Shift | undefined, localWeekMinute: WeekMinute): boolean {
  if (shift === undefined) return true;
  return shift.hours.some(([from, to]) => from <= localWeekMinute && localWeekMinute < to);
}

/**
 * The shift in its plainest text, which reads back to the same hours: one stretch a day, equal days together
 * (`mon,tue,fri 08:00-18:00`, three and more in a row as a range).
 */
export function printShift(shift: Shift): string {
  const daysByHours = new Map<string, number[]>();
  for (const [day, from, to] of shift.hours.flatMap(([begin, end]) => cutByDay(begin, end))) {
    const hours = `${printTime(from)}-${printTime(to)}`;
    daysByHours.set(hours, [...(daysByHours.get(hours) ?? []), day]);
  }
  return [...daysByHours].map(([hours, days]) => `${printDays(days)} ${hours}`).join(';');
}

/** One piece a day; a night that ends before noon stays in one piece, printed with its end before its begin. */
function cutByDay(begin: number, end: number): [day: number, from: number, to: number][] {
  const pieces: [number, number, number][] = [];
  let from = begin;
  while (from < end) {
    const day = Math.floor(from / DAY_MINUTES);
    const midnight = (day + 1) * DAY_MINUTES;
    const isNight = end > midnight && end - from < DAY_MINUTES;
    const to = isNight ? end : Math.min(end, midnight);
    pieces.push([day, from - day * DAY_MINUTES, isNight ? to - midnight : to - day * DAY_MINUTES]);
    from = to;
  }
  return pieces;
}

function printTime(minute: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}

function printDays(days: readonly number[]): string {
  const runs: number[][] = [];
  for (const day of [...days].sort((a, b) => a - b)) {
    const run = runs.at(-1);
    if (run && run.at(-1) === day - 1) run.push(day);
    else runs.push([day]);
  }
  const name = (day: number | undefined): string => DAYS[day ?? 0] ?? '';
  const printRun = (run: number[]): string =>
    run.length > 2 ? `${name(run[0])}-${name(run.at(-1))}` : run.map(name).join(',');
  return runs.map(printRun).join(',');
}
