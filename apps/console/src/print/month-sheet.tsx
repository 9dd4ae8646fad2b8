import type { MonthOfPlace } from '@gezhi/contract';
import { sayCount, sayDay, sayShare, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useSearchParams } from 'wouter';
import { Loading, Trouble } from '../shell/states.tsx';
import { MonthDone } from './month-done.tsx';
import { MonthWho } from './month-who.tsx';
import { WayIn } from './way-in.tsx';
import { MONTH_WORDS } from './words/month.ts';
import './month.css';
import { useTown } from '../shared/use-town.ts';

/** 本村（社区）这个月: a page of A4 for the notice board. All on it may be known by everybody. */
export function MonthSheet({ place }: { readonly place: string }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const { language } = useLanguage();
  const [search, setSearch] = useSearchParams();
  const asked = search.get('month') ?? undefined;
  const query = asked ? { month: asked } : {};
  const answer = useCall('getMonthOfPlace', { params: { place }, query }, { staleTime: 600_000 });
  const town = useTown();
  if (answer.error) return <Trouble title={answer.error.message} detail={answer.error.remedy} />;
  if (!answer.data || !town.data) return <Loading />;
  const month = answer.data;
  const { zone, name } = town.data;
  const last = new Date(Date.parse(month.to) - 1).toISOString();
  return (
    <main className="sheet month">
      <p className="screen-only row">
        <button type="button" className="button go" onClick={() => print()}>
          {w.print}
        </button>
        <label className="row">
          {w.choose}
          <input
            type="month"
            className="field"
            value={month.month}
            onChange={({ target }) => target.value && setSearch({ month: target.value })}
          />
        </label>
        <a className="button" href={`/console/now?place=${encodeURIComponent(place)}`}>
          {w.back}
        </a>
      </p>
      <header>
        <p>{name[language]}</p>
        <h1>{w.title(month.place.name)}</h1>
        <p>{w.lead(sayDay(month.from, language, zone), sayDay(last, language, zone))}</p>
      </header>
      <Kinds month={month} />
      <Kept month={month} />
      <MonthDone place={place} from={month.from} to={month.to} />
      <footer className="month-foot">
        <MonthWho place={place} />
        <WayIn place={place} />
      </footer>
      <small>{w.small}</small>
    </main>
  );
}

function Kinds({ month }: { readonly month: MonthOfPlace }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const { language } = useLanguage();
  const say = (count: number): string => sayCount(count, language);
  const rows = [
    ...month.rows.map(({ kind, ...counts }) => ({ name: kind.name[language], ...counts })),
    ...(month.others ? [{ name: w.others, ...month.others }] : []),
  ];
  return (
    <section>
      <h2>{w.what}</h2>
      {rows.length === 0 && <p>{w.few}</p>}
      {rows.length > 0 && (
        <table>
          <thead>
            <tr>
              <th scope="col">{w.columns.kind}</th>
              <th scope="col">{w.columns.requests}</th>
              <th scope="col">{w.columns.matters}</th>
              <th scope="col">{w.columns.ended}</th>
              <th scope="col">{w.columns.open}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ name, requests, matters, ended }) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{say(requests)}</td>
                <td>{say(matters)}</td>
                <td>{say(ended)}</td>
                <td>{say(matters - ended)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

/** How often what was promised was kept, and how quickly things were done; each with how many it is of. */
function Kept({ month: { promise, hours } }: { readonly month: MonthOfPlace }): ReactNode {
  const w = useWords(MONTH_WORDS);
  const { language } = useLanguage();
  const say = (count: number): string => sayCount(count, language);
  return (
    <dl className="month-kept">
      <div>
        <dt>{w.promise}</dt>
        <dd>
          <b>{promise ? sayShare({ value: promise.kept / promise.n }, language) : '—'}</b>
          {promise ? w.promised(say(promise.kept), say(promise.n)) : w.tooFew}
        </dd>
      </div>
      <div>
        <dt>{w.quickly}</dt>
        <dd>
          <b>{hours ? sayLength(hours.median, w, language) : '—'}</b>
          {hours ? w.half(say(hours.n)) : w.tooFew}
        </dd>
      </div>
    </dl>
  );
}

const DAY_HOURS = 24;

/** Days from two days on, hours below. */
function sayLength(
  hours: number,
  w: { readonly days: (n: string) => string; readonly hours: (n: string) => string },
  language: 'zh' | 'en',
): string {
  if (hours < 2 * DAY_HOURS) return w.hours(sayCount(Math.max(1, Math.round(hours)), language));
  return w.days(sayCount(Math.round(hours / DAY_HOURS), language));
}
