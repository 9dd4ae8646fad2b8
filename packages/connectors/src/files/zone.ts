import { DAY, Fault, HOUR, type Instant, MINUTE } from '@gezhi/basis';

/** Wall clock and moment in one time zone. `localMs` is the wall clock written as if it were UTC, in milliseconds. */
export type Zone = {
  readonly name: string;
  readonly fromLocal: (localMs: number) => Instant;
  readonly toLocal: (at: Instant) => number;
};

const QUARTER = 15 * MINUTE;
/** No zone is further than 14 hours from UTC; 15 leaves room. */
const REACH = 15 * HOUR;

/**
 * Opens an IANA zone. Where the clocks go forward, a wall time that never was is read as that much later; where they go back, a
 * wall time that was twice is its first (as ECMAScript's Temporal does by default, "compatible"). The offset is kept per day, on the
 * few days that have a change per quarter of an hour, so a million rows of one year ask the calendar about 400 times.
 *
 * @throws Fault `unknown-zone`
 */
export function openZone(name: string): Zone {
  const offsetAt = offsetReader(name);
  const days = new Map<number, number>();
  const quarters = new Map<number, number>();
  const offsetOfDay = (day: number): number => {
    let offset = days.get(day);
    if (offset === undefined) {
      const before = offsetAt(day * DAY - REACH);
      offset = before === offsetAt((day + 1) * DAY + REACH) ? before : Number.NaN;
      days.set(day, offset);
    }
    return offset;
  };
  const offsetOfQuarter = (quarter: number): number => {
    let offset = quarters.get(quarter);
    if (offset === undefined) {
      offset = resolveOffset(quarter * QUARTER, offsetAt);
      quarters.set(quarter, offset);
    }
    return offset;
  };
  const fromLocal = (localMs: number): Instant => {
    const offset = offsetOfDay(Math.floor(localMs / DAY));
    return localMs - (Number.isNaN(offset) ? offsetOfQuarter(Math.floor(localMs / QUARTER)) : offset);
  };
  return { name, fromLocal, toLocal: (at) => at + offsetAt(at) };
}

/** The offset that a wall time has: the earlier of two, or the one before the gap. */
function resolveOffset(localMs: number, offsetAt: (at: Instant) => number): number {
  const before = offsetAt(localMs - REACH);
  const after = offsetAt(localMs + REACH);
  if (offsetAt(localMs - before) === before) return before;
  return offsetAt(localMs - after) === after ? after : before;
}

function offsetReader(name: string): (at: Instant) => number {
  const format = openFormat(name);
  return (at) => {
    const parts: Record<string, number> = {};
    for (const { type, value } of format.formatToParts(at)) parts[type] = Number(value);
    const { year, month, day, hour, minute, second } = parts;
    const local = Date.UTC(year!, month! - 1, day!, hour!, minute!, second!);
    return local - Math.floor(at / 1000) * 1000;
  };
}

function openFormat(name: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      calendar: 'iso8601',
      numberingSystem: 'latn',
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch (cause) {
    const hint = 'Use an IANA name such as Asia/Shanghai or America/New_York.';
    throw new Fault('unknown-zone', `"${name}" is not a time zone.`, { hint, cause });
  }
}
