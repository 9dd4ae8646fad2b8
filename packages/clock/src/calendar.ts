import { Fault, HOUR, MINUTE } from '@gezhi/basis';
import { isoDay, isWeekend, type LocalDay, localDay } from './local-day.ts';
import { type Zone, zoneOf } from './zone.ts';

/** A word in the two languages of the house. */
export type Words = { readonly zh: string; readonly en: string };

/**
 * What a day is. `makeUpWorkday` 调休工作日: a weekend day that is worked in exchange for a day off; `name` says for which
 * holiday.
 */
export type DayKind =
  | { readonly kind: 'workday' }
  | { readonly kind: 'weekend' }
  | { readonly kind: 'holiday'; readonly name: Words }
  | { readonly kind: 'makeUpWorkday'; readonly name: Words };

/** Hours of a work day: from and to, in ms after local midnight. */
export type WorkHours = readonly [fromMs: number, toMs: number];

/**
 * Which days are worked and when, in one zone. Days are `LocalDay`s. Beyond `publishedFrom … publishedUntil` nobody has said
 * yet which days are worked; weekdays then stand in, and a deadline that rests on them is provisional.
 */
export type Calendar = {
  readonly id: string;
  /** Names data and its reach, `cn:chinese-days@1.5.7:2004-2026`, so that a fact can hold by what it was reckoned. */
  readonly version: string;
  readonly zone: Zone;
  readonly workHours: readonly WorkHours[];
  /** One work day's hours together, in ms (8 h by default). */
  readonly workDayMs: number;
  /** When a work day closes, in ms after local midnight (18:00 by default). */
  readonly closeMs: number;
  readonly publishedFrom: LocalDay;
  readonly publishedUntil: LocalDay;
  readonly dayKind: (day: LocalDay) => DayKind;
  readonly isWorkday: (day: LocalDay) => boolean;
  readonly isPublished: (day: LocalDay) => boolean;
};

/** The days that differ from Monday to Friday. */
export type DayTable = {
  readonly id: string;
  readonly version: string;
  readonly publishedFrom: LocalDay;
  readonly publishedUntil: LocalDay;
  /** The exception on that day, if any. */
  readonly find: (day: LocalDay) => DayKind | undefined;
};

/** 08:00–12:00 and 14:00–18:00, as the time-limit rules of digital city management count (工作时). */
export const DEFAULT_WORK_HOURS: readonly WorkHours[] = [
  [8 * HOUR, 12 * HOUR],
  [14 * HOUR, 18 * HOUR],
];

/** A calendar from a table of exceptional days, a zone and hours. @throws Fault `bad-zone`, `bad-work-hours` */
export function makeCalendar(
  table: DayTable,
  zoneId: string,
  workHours: readonly WorkHours[] = DEFAULT_WORK_HOURS,
): Calendar {
  checkWorkHours(workHours);
  const { find, publishedFrom, publishedUntil } = table;
  return {
    id: table.id,
    version: table.version,
    zone: zoneOf(zoneId),
    workHours,
    workDayMs: workHours.reduce((sum, [from, to]) => sum + to - from, 0),
    closeMs: workHours.at(-1)![1],
    publishedFrom,
    publishedUntil,
    dayKind: (day) => find(day) ?? (isWeekend(day) ? WEEKEND : WORKDAY),
    isWorkday: (day) => {
      const exception = find(day);
      return exception ? isWorked(exception) : !isWeekend(day);
    },
    isPublished: (day) => day >= publishedFrom && day <= publishedUntil,
  };
}

const WORKDAY: DayKind = { kind: 'workday' };
const WEEKEND: DayKind = { kind: 'weekend' };

function isWorked(day: DayKind): boolean {
  return day.kind === 'workday' || day.kind === 'makeUpWorkday';
}

/** Monday to Friday and no holidays, known for all time: for places whose holidays nobody has brought in. */
export function plainCalendar(zoneId: string, workHours?: readonly WorkHours[]): Calendar {
  return makeCalendar(PLAIN, zoneId, workHours);
}

const PLAIN: DayTable = {
  id: 'none',
  version: 'none:mon-fri',
  publishedFrom: Number.NEGATIVE_INFINITY,
  publishedUntil: Number.POSITIVE_INFINITY,
  find: () => undefined,
};

/** What a town changes in a calendar: days of its own (壮族三月三), or a year that the library does not have yet. */
export type CalendarChange = {
  /** Names the change in the version, e.g. `gx-2027`. */
  readonly version: string;
  /** Keyed `YYYY-MM-DD`. */
  readonly holidays?: Readonly<Record<string, Words>>;
  readonly makeUpWorkdays?: Readonly<Record<string, Words>>;
  /** The new last day whose arrangement is known, where the change brings a year. */
  readonly publishedUntil?: string;
};

/** The same calendar with some days changed and a version that says so. @throws Fault `bad-date` */
export function changeCalendar(calendar: Calendar, change: CalendarChange): Calendar {
  const changed = new Map<LocalDay, DayKind>();
  for (const [date, name] of Object.entries(change.holidays ?? {})) {
    changed.set(localDay(date), { kind: 'holiday', name });
  }
  for (const [date, name] of Object.entries(change.makeUpWorkdays ?? {})) {
    const day = localDay(date);
    changed.set(day, isWeekend(day) ? { kind: 'makeUpWorkday', name } : WORKDAY);
  }
  const { publishedUntil } = change;
  return makeCalendar(
    {
      id: calendar.id,
      version: `${calendar.version}+${change.version}`,
      publishedFrom: calendar.publishedFrom,
      publishedUntil: publishedUntil === undefined ? calendar.publishedUntil : localDay(publishedUntil),
      find: (day) => changed.get(day) ?? calendar.dayKind(day),
    },
    calendar.zone.id,
    calendar.workHours,
  );
}

const HOURS = /^([01]\d|2[0-4]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)$/;

/** Reads `08:00-12:00;14:00-18:00`. @throws Fault `bad-work-hours` */
export function parseWorkHours(text: string): readonly WorkHours[] {
  const hours = text.split(';').map((part): WorkHours => {
    const match = HOURS.exec(part.trim());
    if (!match) throw badWorkHours(`"${part}" is not a stretch of hours`);
    const [fromHour, fromMinute, toHour, toMinute] = match.slice(1).map(Number);
    return [fromHour! * HOUR + fromMinute! * MINUTE, toHour! * HOUR + toMinute! * MINUTE];
  });
  checkWorkHours(hours);
  return hours;
}

/** Within one day, in order, not touching each other backwards, and at least one. */
function checkWorkHours(hours: readonly WorkHours[]): void {
  let end = 0;
  for (const [from, to] of hours) {
    if (!(from >= end && to > from && to <= 24 * HOUR)) {
      throw badWorkHours('stretches overlap, run backwards or leave the day');
    }
    end = to;
  }
  if (hours.length === 0) throw badWorkHours('there are no hours');
}

function badWorkHours(what: string): Fault {
  return new Fault('bad-work-hours', `Work hours cannot be read: ${what}.`, {
    hint: 'Write them in order, e.g. 08:00-12:00;14:00-18:00.',
  });
}

/** The last day whose arrangement is known, `YYYY-MM-DD`; `undefined` where a rule gives all days to come. */
export function publishedUntilText(calendar: Calendar): string | undefined {
  return Number.isFinite(calendar.publishedUntil) ? isoDay(calendar.publishedUntil) : undefined;
}
