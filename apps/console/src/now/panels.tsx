import type { NowView } from '@gezhi/contract';
import { sayCount, sayDistance, sayShare, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { standing } from './beside.ts';
import { NOW_WORDS } from './now-words.ts';

type Props = { readonly now: NowView };
type Listed = Props & { readonly list: string };

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
export function PhasesPanel({ now, list }: Listed): ReactNode {
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
            to={`${list}&phase=${phase}`}
          />
        ))}
      </ol>
    </section>
  );
}

/** How soon open cases have to be done. */
export function DuePanel({ now: { due } }: Props): ReactNode {
  const w = useWords(NOW_WORDS);
  const most = Math.max(...Object.values(due));
  const names = ['past', 'hour', 'hours4', 'hours24', 'later', 'none'] as const;
  const tone = (name: string): string => (name === 'past' ? 'late' : name === 'hour' ? 'wait' : '');
  return (
    <section className="panel">
      <h2>{w.due}</h2>
      <ol>
        {names.map((name) => (
          <Bar key={name} name={w.dueNames[name]} count={due[name]} most={most} tone={tone(name)} />
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
export function KindsPanel({ now, list }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  return (
    <section className="panel">
      <h2>{w.kinds}</h2>
      {now.kinds.length === 0 && <p className="soft">{w.kindsNone}</p>}
      <ol className="rows">
        {now.kinds.slice(0, KINDS_SHOWN).map(({ code, name, beside }) => (
          <li key={code}>
            <Link href={`${list}&kind=${encodeURIComponent(code)}`} className="grow">
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
export function RatesPanel({ rates }: { readonly rates: NowView['rates'] }): ReactNode {
  const w = useWords(NOW_WORDS);
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
                {sayShare(share, language)}
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
export function UnitsPanel({ now, list }: Listed): ReactNode {
  const w = useWords(NOW_WORDS);
  const shown = now.units.slice(0, UNITS_SHOWN);
  return (
    <section className="panel units">
      <h2>{w.units}</h2>
      <ol>
        {shown.map(({ code, name, open }) => (
          <Bar key={code} name={name} count={open} most={shown[0]!.open} to={`${list}&unit=${code}`} />
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
        {now.below.map(({ code, name, open, late, opened }) => (
          <li key={code}>
            <Link href={`/?place=${code}`}>{name}</Link>
            <span>
              {w.columns.open} <b>{say(open)}</b>
            </span>
            <span className={late > 0 ? 'late' : 'soft'}>
              {w.columns.late} <b>{say(late)}</b>
            </span>
            <span className="soft">
              {w.columns.opened} {say(opened)}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const NAMES_SHOWN = 8;

/** What this page does not know: a board that hides its gaps is believed too much. */
export function UnknownPanel({ now: { unknown } }: Props): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  const { behind, pointless, silent } = unknown;
  const names = silent.slice(0, NAMES_SHOWN).join(language === 'zh' ? '、' : ', ');
  return (
    <section className="panel now-unknown">
      <h2>{w.unknown}</h2>
      <ul>
        <li>{behind > 0 ? w.behind(sayCount(behind, language)) : w.upToDate}</li>
        {pointless > 0 && <li>{w.pointless(sayCount(pointless, language))}</li>}
        <li>
          {silent.length > 0
            ? w.silent(sayCount(silent.length, language), silent.length > NAMES_SHOWN ? `${names}…` : names)
            : w.noSilent}
        </li>
        <li>{w.seen}</li>
      </ul>
    </section>
  );
}
