import { DAY, Fault, HOUR, MINUTE } from '@gezhi/basis';
import { type Basis, type Contribution, compareTexts } from './contributions.ts';
import { addCounts, type Counts, hasCounts, type OpenCounts } from './counters.ts';
import { hoursOf, type Window, type ZoneOffset } from './windows.ts';

export type TimeStep = 'hour' | 'day' | 'week' | 'month';

/**
 * How rows are gathered. What is not named is summed over. `place`, `kind` and `unit` say which group a code
 * belongs to: the identity for the code itself, an ancestor for a level of the tree; `undefined` leaves the
 * row out.
 */
export type Grouping = {
  /** Date bases to take. At most one of created, termEnd, calledBack: the same requests stand on each. */
  readonly bases: readonly Basis[];
  readonly window?: Window;
  readonly time?: {
    readonly step: TimeStep;
    readonly offset: ZoneOffset;
    /** With `month`: the day it begins on, as in `ThreeRatesPolicy`; 1 unless told. */
    readonly monthFirstDay?: number;
  };
  readonly place?: (code: string) => string | undefined;
  readonly kind?: (code: string) => string | undefined;
  readonly unit?: (code: string) => string | undefined;
};

/**
 * `time` is local: `2026-05-01T13`, `2026-05-01`, `2026-W18` (ISO 8601), `2026-05`; null where it was summed
 * over.
 */
export type Group = {
  readonly time: string | null;
  readonly place: string | null;
  readonly kind: string | null;
  readonly unit: string | null;
  readonly counts: Counts;
};

/**
 * Rows of the roll-ups added up by time, place, kind and unit, sorted by these, without groups that come to
 * nothing; give each group's counts to `threeRates` or `citymgmtRates`. One pass over the rows.
 *
 * @throws Fault `two-request-bases`, `window-not-whole-hours`, `zone-not-whole-hours`
 */
export function groupRows(rows: Iterable<Contribution>, by: Grouping): Group[] {
  const bases = new Set(by.bases);
  refuseDouble(bases);
  const hours = by.window ? hoursOf(by.window) : { from: -Infinity, to: Infinity };
  const label = timeLabels(by.time);
  const groups = new Map<string, Group & { readonly counts: OpenCounts }>();
  for (const row of rows) {
    if (!bases.has(row.basis) || row.hour < hours.from || row.hour >= hours.to) continue;
    const place = codeOf(by.place, row.place);
    const kind = codeOf(by.kind, row.kind);
    const unit = codeOf(by.unit, row.unit);
    if (place === undefined || kind === undefined || unit === undefined) continue;
    const time = label(row.hour);
    const key = `${time ?? ''}\u0000${place ?? ''}\u0000${kind ?? ''}\u0000${unit ?? ''}`;
    let group = groups.get(key);
    if (!group) {
      group = { time, place, kind, unit, counts: {} };
      groups.set(key, group);
    }
    addCounts(group.counts, row.counts);
  }
  return [...groups]
    .filter(([, { counts }]) => hasCounts(counts))
    .sort(([a], [b]) => compareTexts(a, b))
    .map(([, group]) => group);
}

/** The code itself: for `Grouping.place`, `kind` and `unit`. */
export function itself(code: string): string {
  return code;
}

/** All rows of the window on these bases as one sum. */
export function sumOf(rows: Iterable<Contribution>, bases: readonly Basis[], window?: Window): Counts {
  return groupRows(rows, window ? { bases, window } : { bases })[0]?.counts ?? {};
}

function codeOf(
  group: ((code: string) => string | undefined) | undefined,
  code: string,
): string | null | undefined {
  return group ? group(code) : null;
}

function refuseDouble(bases: ReadonlySet<Basis>): void {
  const named = (['created', 'termEnd', 'calledBack'] as const).filter((basis) => bases.has(basis));
  if (named.length > 1) {
    throw new Fault('two-request-bases', `The bases ${named.join(' and ')} would be added up.`, {
      hint: 'The same requests stand on each of them: take one.',
    });
  }
}

function timeLabels(time: Grouping['time']): (hour: number) => string | null {
  if (!time) return () => null;
  const labels = new Map<number, string>();
  return (hour) => {
    let label = labels.get(hour);
    if (label === undefined) {
      label = timeLabel(wallClock(hour, time), time.step, time.monthFirstDay ?? 1);
      labels.set(hour, label);
    }
    return label;
  };
}

function wallClock(hour: number, time: NonNullable<Grouping['time']>): number {
  const at = hour * HOUR;
  const offset = time.offset(at);
  if (offset % 60 !== 0 && time.step !== 'hour') {
    throw new Fault('zone-not-whole-hours', `At hour ${hour} the zone is ${offset} minutes ahead of UTC.`, {
      hint: 'Roll-ups know whole hours of UTC; recompute days of this zone from the cases.',
    });
  }
  return at + offset * MINUTE;
}

/** @param wall the local time, as milliseconds of a calendar without zones */
function timeLabel(wall: number, step: TimeStep, monthFirstDay: number): string {
  switch (step) {
    case 'hour':
      return new Date(wall).toISOString().slice(0, 13);
    case 'day':
      return new Date(wall).toISOString().slice(0, 10);
    case 'week':
      return isoWeek(wall);
    case 'month':
      return monthOf(wall, monthFirstDay);
  }
}

/** ISO 8601: a week begins on Monday and belongs to the year of its Thursday. */
function isoWeek(wall: number): string {
  const days = Math.floor(wall / DAY);
  const thursday = new Date((days - ((((days + 3) % 7) + 7) % 7) + 3) * DAY);
  const year = thursday.getUTCFullYear();
  const week = 1 + Math.floor((thursday.getTime() - Date.UTC(year, 0, 1)) / (7 * DAY));
  return `${year}-W${String(week).padStart(2, '0')}`;
}

function monthOf(wall: number, firstDay: number): string {
  const date = new Date(wall);
  const later = firstDay > 1 && date.getUTCDate() >= firstDay ? 1 : 0;
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + later, 1)).toISOString().slice(0, 7);
}
