import { useCall, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { MONTH_WORDS } from './words/month.ts';

/** More grids than these do not fit on the page. */
const GRIDS_MAX = 6;

/** Who answers here: grids by service number and hours, units by telephone, and where to complain. Nobody is named. */
export function MonthWho({ place }: { readonly place: string }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const now = useCall('getNow', { query: { place } }, { staleTime: 600_000 });
  const who = useCall('whoAnswers', { query: { grid: place } }, { staleTime: 600_000 });
  const grids = now.data?.below.filter(({ layer }) => layer === 'grid').slice(0, GRIDS_MAX) ?? [];
  const { units = [], complaints } = who.data ?? {};
  return (
    <section>
      <h2>{w.who}</h2>
      <ul className="month-grids">
        <Posts place={place} />
        {grids
          .toSorted((a, b) => a.code.localeCompare(b.code))
          .map(({ code, name }) => (
            <Posts key={code} place={code} name={name.replace(who.data?.grid?.name ?? '', '')} />
          ))}
      </ul>
      <ul className="month-who">
        {units.slice(0, 3).map(({ name, phone }) => (
          <li key={name}>
            {name} <b>{phone}</b>
          </li>
        ))}
        {complaints && (
          <li>
            {w.complaints} <b>{complaints.phone}</b>
          </li>
        )}
      </ul>
    </section>
  );
}

/** The posts of one grid, by number and hours. */
function Posts({ place, name }: { readonly place: string; readonly name?: string }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const { data } = useCall('whoAnswers', { query: { grid: place } }, { staleTime: 600_000 });
  const staff = data?.posts.flatMap(({ staff: seats }) => seats) ?? [];
  return staff.map(({ number, hours }) => (
    <li key={number}>
      {name ?? data?.grid?.name} <b>{w.number(number)}</b>
      {hours && <small>{sayHours(hours, w.weekDays, w.to)}</small>}
    </li>
  ));
}

/** `mon-fri 08:00-17:30;sat 08:30-12:00` with days as people say them. */
function sayHours(shift: string, days: Readonly<Record<string, string>>, to: string): string {
  return shift
    .replace(/\b(mon|tue|wed|thu|fri|sat|sun)-(?=[a-z])/g, `$1${to}`)
    .replace(/mon|tue|wed|thu|fri|sat|sun/g, (day) => days[day] ?? day)
    .replaceAll(';', ' · ');
}
