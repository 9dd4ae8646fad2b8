import type { NowView } from '@gezhi/contract';
import { sayCount, sayDistance, sayShare, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { casesAt, type View } from '../queue/view.ts';
import { standing } from './beside.ts';
import { NOW_WORDS } from './now-words.ts';

type Props = { readonly now: NowView };
/** With what narrows a list of cases to the same place. */
type Listed = Props & { readonly here: Pick<View, 'place'> };

/** A row of a bar chart that is a table: name, bar, number. */
function Bar(props: {
  readonly name: ReactNode;
  readonly count: number;
  readonly most: number;
  readonly tone?: string;
  readonly to?: string | undefined;
}): ReactNode {
  const { language } = useLanguage();
  const { name, count, most, tone = '', to } = props;
  const number = sayCount(count, language);
  return (
    <li className={`bar ${tone}`}>
      <span className="bar-name">{name}</span>
      <meter min={0} max={Math.max(1, most)} value={count} aria-hidden="true" />
      <b>{to && count > 0 ? <Link href={to}>{number}</Link> : number}</b>
    </li>
  );
}

const PHASES = ['received', 'triage', 'dispatched', 'underway', 'done', 'check', 'answered', 'referred'];

/** Open cases by phase, in the order of the way. */
export function PhasesPanel({ now, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const shown = PHASES.filter((phase) => (now.open.byPhase[phase] ?? 0) > 0);
  const most = Math.max(...Object.values(now.open.byPhase));
  return (
    <section className="panel">
      <h2>{w.phases}</h2>
      <ol>
        {shown.map((phase) => (
          <Bar
            key={phase}
            name={w.phaseNames[phase] ?? phase}
            count={now.open.byPhase[phase] ?? 0}
            most={most}
            to={casesAt({ ...here, phase })}
          />
        ))}
      </ol>
    </section>
  );
}

/** How soon open cases have to be done. */
export function DuePanel({ now: { at, due }, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const after = (hours: number): string => new Date(Date.parse(at) + hours * 3_600_000).toISOString();
  const when = {
    past: { dueBy: at },
    hour: { dueAfter: at, dueBy: after(1) },
    hours4: { dueAfter: after(1), dueBy: after(4) },
    hours24: { dueAfter: after(4), dueBy: after(24) },
    later: { dueAfter: after(24) },
    none: { due: 'none' },
  } as const;
  const most = Math.max(...Object.values(due));
  const names = ['past', 'hour', 'hours4', 'hours24', 'later', 'none'] as const;
  const tone = (name: string): string => (name === 'past' ? 'late' : name === 'hour' ? 'wait' : '');
  return (
    <section className="panel">
      <h2>{w.due}</h2>
      <p className="soft">{w.dueLead}</p>
      <ol>
        {names.map((name) => (
          <Bar
            key={name}
            name={w.dueNames[name]}
            count={due[name]}
            most={most}
            tone={tone(name)}
            to={casesAt({ ...here, open: 'true', ...when[name] })}
          />
        ))}
      </ol>
    </section>
  );
}

const NEXT_SHOWN = 8;

/** The deadlines that come first; each leads to its case. */
export function NextPanel({ now }: Props): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  const at = Date.parse(now.at);
  return (
    <section className="panel">
      <h2>{w.next}</h2>
      {now.next.length === 0 && <p className="soft">{w.nextNone}</p>}
      <ol className="rows">
        {now.next.slice(0, NEXT_SHOWN).map(({ caseId, kind, place, dueAt, isPast, unit }) => (
          <li key={caseId}>
            <Link href={`~/console/cases/${caseId}`} className="grow">
              {kind.name[language]} <span className="soft">{place}</span>
              {unit && <small>{unit}</small>}
            </Link>
            <time dateTime={dueAt} className={isPast ? 'late' : undefined}>
              {sayDistance(dueAt, at, language)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

const KINDS_SHOWN = 6;

/** Kinds of today's reports, those above every week before first. */
export function KindsPanel({ now, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  return (
    <section className="panel">
      <h2>{w.kinds}</h2>
      {now.kinds.length === 0 && <p className="soft">{w.kindsNone}</p>}
      <ol className="rows">
        {now.kinds.slice(0, KINDS_SHOWN).map(({ code, name, beside }) => (
          <li key={code}>
            <Link href={casesAt({ ...here, kind: code, from: now.since })} className="grow">
              {name[language]}
            </Link>
            {standing(beside) === 'above' && <b className="stands above">{w.above}</b>}
            <b>{sayCount(beside.count, language)}</b>
            <small>
              {beside.expected === null
                ? ''
                : `${w.columns.usual} ${sayCount(Math.round(beside.expected), language)}`}
            </small>
          </li>
        ))}
      </ol>
    </section>
  );
}

/** The three rates of the last 30 days, each with its sample and interval. */
export function RatesPanel({ now: { at, rates }, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const month = { from: new Date(Date.parse(at) - 30 * 86_400_000).toISOString(), to: at };
  const counted = casesAt({ ...here, ...month, counted: 'valid' });
  const { language } = useLanguage();
  const interval = ({ low, high }: { low: number; high: number }): [string, string] => [
    sayShare({ value: low }, language),
    sayShare({ value: high }, language),
  ];
  return (
    <section className="panel">
      <h2>
        <Link href="~/console/rates">{w.rates}</Link>
      </h2>
      <dl className="now-rates">
        {(['response', 'solve', 'satisfaction'] as const).map((name) => {
          const share = rates[name];
          return (
            <div key={name}>
              <dt>{w[name]}</dt>
              <dd>
                {share ? <Link href={counted}>{sayShare(share, language)}</Link> : sayShare(share, language)}
                <small>
                  {share ? w.between(...interval(share.interval), sayCount(share.n, language)) : w.noRate}
                </small>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}

const UNITS_SHOWN = 8;

/** What units have in hand: work of units, never of persons. */
export function UnitsPanel({ now, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const shown = now.units.slice(0, UNITS_SHOWN);
  return (
    <section className="panel units">
      <h2>{w.units}</h2>
      <ol>
        {shown.map(({ code, name, open }) => (
          <Bar
            key={code}
            name={name}
            count={open}
            most={shown[0]!.open}
            to={casesAt({ ...here, open: 'true', unit: code })}
          />
        ))}
      </ol>
    </section>
  );
}

/** The places right below, each a way down. */
export function PlacesPanel({ now }: Props): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  if (now.below.length === 0) return null;
  const say = (n: number): string => sayCount(n, language);
  return (
    <section className="panel">
      <h2>{w.places}</h2>
      <ul className="now-places">
        {now.below.map(({ code, name, open, late, opened, stops }) => (
          <li key={code}>
            <Link href={`/?place=${code}`}>{name}</Link>
            <Count name={w.columns.open} count={open} to={casesAt({ place: code })} />
            <Count
              name={w.columns.late}
              count={late}
              to={casesAt({ place: code, late: 'true' })}
              tone={late > 0 ? 'late' : 'soft'}
            />
            <Count
              name={w.columns.opened}
              count={opened}
              to={casesAt({ place: code, from: now.since })}
              tone="soft"
            />
            {stops > 0 && (
              <span className="soft">
                {w.columns.stops} <a href="/rounds">{say(stops)}</a>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Count(props: {
  readonly name: string;
  readonly count: number;
  readonly to: string;
  readonly tone?: string;
}): ReactNode {
  const { language } = useLanguage();
  const number = sayCount(props.count, language);
  return (
    <span className={props.tone}>
      {props.name} <b>{props.count > 0 ? <Link href={props.to}>{number}</Link> : number}</b>
    </span>
  );
}

const NAMES_SHOWN = 8;

/** What this page does not know: a board that hides its gaps is believed too much. */
export function UnknownPanel({ now: { at, unknown }, here }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  const { behind, pointless, silent, vacant, heard } = unknown;
  const say = (n: number): string => sayCount(n, language);
  return (
    <section className="panel now-unknown">
      <h2>{w.unknown}</h2>
      <ul>
        <li>{behind > 0 ? w.behind(say(behind)) : w.upToDate}</li>
        {pointless > 0 && (
          <li>
            <Link href={casesAt({ ...here, open: 'true', point: 'none' })}>
              {w.pointless(say(pointless))}
            </Link>
          </li>
        )}
        <li>
          {silent.length > 0 ? w.silent(say(silent.length)) : w.noSilent} <Names places={silent} />
        </li>
        {vacant.length > 0 && (
          <li>
            {w.vacant(say(vacant.length))} <Names places={vacant} />
          </li>
        )}
        {heard.map((one) => (
          <li key={one.system}>{w.heard(one.system, sayDistance(one.at, Date.parse(at), language))}</li>
        ))}
        <li>{w.seen}</li>
      </ul>
    </section>
  );
}

/** The first of these places, each a way there. */
function Names({ places }: { readonly places: NowView['unknown']['silent'] }): ReactNode {
  return (
    <span className="now-names">
      {places.slice(0, NAMES_SHOWN).map(({ code, name }) => (
        <Link key={code} href={`~/console/now?place=${code}`}>
          {name}
        </Link>
      ))}
      {places.length > NAMES_SHOWN && '…'}
    </span>
  );
}
