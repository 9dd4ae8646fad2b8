import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '@gezhi/basis';
import { type Calendar, changeCalendar, parseWorkHours, publishedUntilText } from './calendar.ts';
import { calendarOf } from './calendar-of.ts';
import { localDay } from './local-day.ts';

const china = calendarOf('cn', 'Asia/Shanghai');
const us = calendarOf('us', 'America/New_York');

/** `2024-09-29 makeUp 国庆节`, one day a line. */
function sayDays(calendar: Calendar, dates: string): string {
  return dates
    .split(' ')
    .map((date) => {
      const kind = calendar.dayKind(localDay(date));
      return `${date} ${kind.kind}${'name' in kind ? ` ${kind.name.zh}` : ''}`;
    })
    .join('\n');
}

test('China works the Saturdays and Sundays that pay for a long holiday', () => {
  assert.equal(
    sayDays(china, '2024-09-29 2024-09-30 2024-10-01 2024-10-05 2024-10-07 2024-10-08 2024-10-12 2024-10-13'),
    `2024-09-29 makeUpWorkday 国庆节
2024-09-30 workday
2024-10-01 holiday 国庆节
2024-10-05 holiday 国庆节
2024-10-07 holiday 国庆节
2024-10-08 workday
2024-10-12 makeUpWorkday 国庆节
2024-10-13 weekend`,
  );
});

test('Spring Festival 2025 runs from 28 January to 4 February, paid for on 26 January and 8 February', () => {
  const days = Array.from({ length: 16 }, (_, i) => localDay('2025-01-25') + i);
  assert.equal(
    days.map((day) => (china.isWorkday(day) ? 'W' : '.')).join(''),
    //25 26 27 | 28 … 04 | 05 06 07 08 | 09
    '.WW........WWWW.',
  );
});

test('2026 is arranged as the notice of November 2025 says', () => {
  const worked = '2026-01-04 2026-02-14 2026-02-28 2026-05-09 2026-09-20 2026-10-10';
  const off = '2026-01-02 2026-02-15 2026-02-23 2026-04-06 2026-05-05 2026-06-19 2026-09-25 2026-10-07';
  for (const date of worked.split(' ')) assert.ok(china.isWorkday(localDay(date)), date);
  for (const date of off.split(' ')) assert.ok(!china.isWorkday(localDay(date)), date);
});

test('a year that nobody has arranged is not published, nor are the last days before it', () => {
  assert.equal(china.version, 'cn:chinese-days@1.5.7:2004-2026');
  assert.equal(publishedUntilText(china), '2026-12-24');
  assert.ok(china.isPublished(localDay('2004-01-01')));
  assert.ok(china.isPublished(localDay('2026-12-24')));
  assert.ok(!china.isPublished(localDay('2026-12-29')));
  assert.ok(!china.isPublished(localDay('2027-02-08')));
  assert.ok(!china.isPublished(localDay('2003-12-31')));
});

test('a town adds days of its own, and the version says so', () => {
  const changed = changeCalendar(china, {
    version: 'gx',
    holidays: { '2025-03-31': { zh: '壮族三月三', en: 'Sanyuesan' } },
    makeUpWorkdays: { '2025-03-29': { zh: '壮族三月三', en: 'Sanyuesan' } },
    publishedUntil: '2027-12-24',
  });
  assert.equal(changed.version, 'cn:chinese-days@1.5.7:2004-2026+gx');
  assert.equal(
    sayDays(changed, '2025-03-29 2025-03-31 2025-04-04'),
    '2025-03-29 makeUpWorkday 壮族三月三\n2025-03-31 holiday 壮族三月三\n2025-04-04 holiday 清明',
  );
  assert.ok(changed.isPublished(localDay('2027-06-01')));
  assert.ok(china.isWorkday(localDay('2025-03-31')));
});

test('federal holidays follow their rules, and move off weekends', () => {
  const days: readonly (readonly [string, string])[] = [
    ['2021-12-31', "New Year's Day"],
    ['2025-01-20', 'Martin Luther King Jr. Day'],
    ['2025-02-17', "Washington's Birthday"],
    ['2025-05-26', 'Memorial Day'],
    ['2026-06-19', 'Juneteenth'],
    ['2026-07-03', 'Independence Day'],
    ['2025-09-01', 'Labor Day'],
    ['2025-10-13', 'Columbus Day'],
    ['2023-11-10', 'Veterans Day'],
    ['2025-11-27', 'Thanksgiving Day'],
    ['2022-12-26', 'Christmas Day'],
  ];
  for (const [date, name] of days) {
    const kind = us.dayKind(localDay(date));
    assert.deepEqual([date, kind.kind === 'holiday' && kind.name.en], [date, name]);
  }
  assert.ok(us.isWorkday(localDay('2020-06-19')), 'before Juneteenth was a holiday');
});

test('an unknown calendar, zone, date or work hours is told with its remedy', () => {
  assert.throws(() => calendarOf('mars', 'Asia/Shanghai'), /no calendar "mars".*cn, us or none/);
  assert.throws(() => calendarOf('cn', 'Mars/Olympus'), /"Mars\/Olympus" is not a time zone.*Asia\/Shanghai/);
  for (const date of ['2025-02-30', '2025-2-3', 'today', '']) {
    assert.throws(() => localDay(date), /is not a date.*YYYY-MM-DD/);
  }
  for (const hours of ['', '8-12', '12:00-08:00', '08:00-12:00;11:00-18:00', '20:00-24:30']) {
    assert.throws(() => parseWorkHours(hours), /Work hours cannot be read/, hours);
  }
  assert.deepEqual(parseWorkHours('09:00-17:00'), [[9 * HOUR, 17 * HOUR]]);
});
