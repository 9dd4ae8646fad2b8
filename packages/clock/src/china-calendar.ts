import { Fault } from '@gezhi/basis';
import arrangements from 'chinese-days/dist/chinese-days.json' with { type: 'json' };
import library from 'chinese-days/package.json' with { type: 'json' };
import { type Calendar, type DayKind, type DayTable, makeCalendar, type WorkHours } from './calendar.ts';
import { dayFrom, isWeekend, type LocalDay, localDay } from './local-day.ts';

/**
 * China's work days: 法定节假日 and 调休工作日 as the State Council's yearly notices arrange them
 * (国务院办公厅关于部分节假日安排的通知, published in October to December for the year that follows).
 *
 * Read from the data table of the `chinese-days` library and not through its functions, which go by the zone of the process and
 * answer a day wrong west of Greenwich. Years outside the table are not published: Monday to Friday stands in. So are the last
 * days of its last year, because the next New Year's arrangement reaches back into December (2007-12-29 and 2018-12-29 were
 * worked Saturdays, 2022-12-31 belonged to a holiday).
 *
 * @throws Fault `bad-zone`, `bad-work-hours`
 */
export function chinaCalendar(zoneId = 'Asia/Shanghai', workHours?: readonly WorkHours[]): Calendar {
  return makeCalendar(CHINA, zoneId, workHours);
}

/** The New Year's arrangement has never reached back further than 29 December; four more days for safety. */
const LAST_SURE_DAY_OF_DECEMBER = 24;

const CHINA: DayTable = readTable();

function readTable(): DayTable {
  const days = new Map<LocalDay, DayKind>();
  const years = new Set<number>();
  for (const [date, words] of Object.entries<string>(arrangements.holidays)) {
    days.set(localDay(date), { kind: 'holiday', name: readName(words) });
    years.add(Number(date.slice(0, 4)));
  }
  for (const [date, words] of Object.entries<string>(arrangements.workdays)) {
    const day = localDay(date);
    days.set(day, isWeekend(day) ? { kind: 'makeUpWorkday', name: readName(words) } : { kind: 'workday' });
  }
  const [first, last] = reach(years);
  return {
    id: 'cn',
    version: `cn:chinese-days@${library.version}:${first}-${last}`,
    publishedFrom: dayFrom(first, 1, 1),
    publishedUntil: dayFrom(last, 12, LAST_SURE_DAY_OF_DECEMBER),
    find: (day) => days.get(day),
  };
}

/** `National Day,国庆节,3`: English, Chinese, number of statutory days. */
function readName(words: string): { readonly zh: string; readonly en: string } {
  const [en, zh] = words.split(',');
  if (!en || !zh) throw new Fault('bad-holiday-table', `chinese-days names a day "${words}".`);
  return { zh, en };
}

/** First and last year; a hole between them would be a holiday-less year that claims to be published. */
function reach(years: ReadonlySet<number>): readonly [number, number] {
  const first = Math.min(...years);
  const last = Math.max(...years);
  for (let year = first; year <= last; year += 1) {
    if (!years.has(year)) throw new Fault('bad-holiday-table', `chinese-days lacks the year ${year}.`);
  }
  return [first, last];
}
