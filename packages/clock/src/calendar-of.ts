import { Fault } from '@gezhi/basis';
import { type Calendar, plainCalendar, type WorkHours } from './calendar.ts';
import { chinaCalendar } from './china-calendar.ts';
import { usCalendar } from './us-calendar.ts';

export type CalendarId = 'cn' | 'us' | 'none';

/**
 * The calendar that a town names in `town.yaml`. Same id, zone and default hours, same object.
 *
 * @param id `cn` China's holidays and make-up work days, `us` federal holidays, `none` Monday to Friday
 * @param zoneId IANA name
 * @throws Fault `no-such-calendar`, `bad-zone`, `bad-work-hours`
 */
export function calendarOf(id: string, zoneId: string, workHours?: readonly WorkHours[]): Calendar {
  if (workHours) return makerOf(id)(zoneId, workHours);
  const key = `${id} ${zoneId}`;
  const known = made.get(key);
  if (known) return known;
  const calendar = makerOf(id)(zoneId);
  made.set(key, calendar);
  return calendar;
}

const made = new Map<string, Calendar>();

const MAKERS: Readonly<Record<CalendarId, typeof plainCalendar>> = {
  cn: chinaCalendar,
  us: usCalendar,
  none: plainCalendar,
};

function makerOf(id: string): typeof plainCalendar {
  if (id === 'cn' || id === 'us' || id === 'none') return MAKERS[id];
  throw new Fault('no-such-calendar', `There is no calendar "${id}".`, { hint: 'Use cn, us or none.' });
}
