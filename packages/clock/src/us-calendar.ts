import {
  type Calendar,
  type DayKind,
  type DayTable,
  makeCalendar,
  type Words,
  type WorkHours,
} from './calendar.ts';
import { dayFrom, type LocalDay, weekdayNumber, yearOf } from './local-day.ts';

/**
 * Federal holidays of the United States by rule: 5 U.S.C. § 6103(a), and for those that fall on a weekend § 6103(b) and Executive
 * Order 11582 (Saturday is kept on Friday, Sunday on Monday). Holds from 1986, the first year of Martin Luther King Day;
 * Juneteenth from 2021. Closings that a President orders for a single day are not in it.
 *
 * @throws Fault `bad-zone`, `bad-work-hours`
 */
export function usCalendar(zoneId = 'America/New_York', workHours?: readonly WorkHours[]): Calendar {
  return makeCalendar(US, zoneId, workHours);
}

const yearTables = new Map<number, ReadonlyMap<LocalDay, DayKind>>();

const US: DayTable = {
  id: 'us',
  version: 'us:5-usc-6103:1986-',
  publishedFrom: dayFrom(1986, 1, 1),
  publishedUntil: Number.POSITIVE_INFINITY,
  find: (day) => holidaysOf(yearOf(day)).get(day),
};

function holidaysOf(year: number): ReadonlyMap<LocalDay, DayKind> {
  const known = yearTables.get(year);
  if (known) return known;
  const days = new Map<LocalDay, DayKind>();
  for (const [day, name] of [...movable(year), ...fixed(year), ...fixed(year + 1).slice(0, 1)]) {
    days.set(day, { kind: 'holiday', name });
  }
  yearTables.set(year, days);
  return days;
}

type Named = readonly [LocalDay, Words];

function movable(year: number): readonly Named[] {
  return [
    [nthWeekday(year, 1, 1, 3), { en: 'Martin Luther King Jr. Day', zh: '马丁·路德·金日' }],
    [nthWeekday(year, 2, 1, 3), { en: "Washington's Birthday", zh: '华盛顿诞辰日' }],
    [nthWeekday(year, 6, 1, 1) - 7, { en: 'Memorial Day', zh: '阵亡将士纪念日' }],
    [nthWeekday(year, 9, 1, 1), { en: 'Labor Day', zh: '美国劳工节' }],
    [nthWeekday(year, 10, 1, 2), { en: 'Columbus Day', zh: '哥伦布日' }],
    [nthWeekday(year, 11, 4, 4), { en: 'Thanksgiving Day', zh: '感恩节' }],
  ];
}

/** New Year's Day stands first: next year's may be kept on this year's last Friday. */
function fixed(year: number): readonly Named[] {
  const juneteenth: readonly Named[] =
    year >= 2021 ? [[kept(dayFrom(year, 6, 19)), { en: 'Juneteenth', zh: '六月节' }]] : [];
  return [
    [kept(dayFrom(year, 1, 1)), { en: "New Year's Day", zh: '元旦' }],
    ...juneteenth,
    [kept(dayFrom(year, 7, 4)), { en: 'Independence Day', zh: '独立日' }],
    [kept(dayFrom(year, 11, 11)), { en: 'Veterans Day', zh: '退伍军人节' }],
    [kept(dayFrom(year, 12, 25)), { en: 'Christmas Day', zh: '圣诞节' }],
  ];
}

function kept(day: LocalDay): LocalDay {
  const weekday = weekdayNumber(day);
  if (weekday === 6) return day - 1;
  return weekday === 0 ? day + 1 : day;
}

/** @param weekday 0 is Sunday @param nth 1 is the first */
function nthWeekday(year: number, month: number, weekday: number, nth: number): LocalDay {
  const first = dayFrom(year, month, 1);
  return first + ((weekday - weekdayNumber(first) + 7) % 7) + 7 * (nth - 1);
}
