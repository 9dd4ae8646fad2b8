import { isoInstant } from '@gezhi/basis';
import type { NowView } from '@gezhi/contract';
import { sayCount, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { standing } from '../now/beside.ts';
import { Figure, Usual } from '../now/figure.tsx';
import { NOW_WORDS } from '../now/now-words.ts';
import { RatesPanel, UnknownPanel } from '../now/panels.tsx';
import { casesAt } from '../queue/view.ts';
import { useZone } from '../shared/use-town.ts';
import { Loading, Trouble } from '../shell/states.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { eveningBefore } from './evening-before.ts';
import '../now/now.css';

/** The night on one page: what came since the evening, what rose, what runs out before noon, and what nobody sees. */
export function MorningScreen(): ReactNode {
  const zone = useZone();
  const [at] = useState(Date.now);
  const since = zone && isoInstant(eveningBefore(at, zone));
  const now = useCall(
    'getNow',
    { query: since === undefined ? {} : { since } },
    { enabled: since !== undefined, refetchInterval: 120_000 },
  );
  if (now.error) return <Trouble title={now.error.message} detail={now.error.remedy} onRetry={now.refetch} />;
  if (!now.data) return <Loading />;
  return <Night now={now.data} />;
}

function Night({ now }: { readonly now: NowView }): ReactNode {
  const w = useWords(NOW_WORDS);
  const s = useWords(SHELL_WORDS);
  const { language } = useLanguage();
  return (
    <div className="now morning">
      <header className="now-head">
        <h1>{s.rooms.morning}</h1>
        <p className="soft grow">
          {w.morningLead(sayMoment(now.since, language))} · {w.at(sayMoment(now.at, language))}
        </p>
        <button type="button" className="button noprint" onClick={() => window.print()}>
          {w.print}
        </button>
      </header>
      <dl className="now-figures">
        <Figure
          name={w.sinceEvening}
          count={now.opened.count}
          to={casesAt({ from: now.since })}
          counting={now.unknown.behind > 0}
        >
          <Usual beside={now.opened} />
        </Figure>
        <Figure name={w.danger} count={now.flags.danger ?? 0} tone="late" to={casesAt({ flag: 'danger' })} />
        <Figure
          name={w.noon}
          count={now.beforeNoon}
          tone="wait"
          to={casesAt({ open: 'true', dueBy: now.noon })}
        />
        <Figure name={w.late} count={now.open.late} tone="late" to={casesAt({ late: 'true' })} />
        <Figure
          name={w.reopened}
          count={now.flags.reopened ?? 0}
          tone="wait"
          to={casesAt({ flag: 'reopened' })}
        />
        <Figure name={w.open} count={now.open.total} to={casesAt({})} />
      </dl>
      <div className="morning-grid">
        <Deadlines title={w.dangers} none={w.dangerNone} rows={dangersOf(now)} />
        <Deadlines title={w.noon} none={w.noonNone} rows={beforeNoon(now)} />
        <Rising now={now} />
        <RatesPanel now={now} here={{}} />
      </div>
      <UnknownPanel now={now} here={{}} />
    </div>
  );
}

type Next = NowView['next'][number];

function dangersOf(now: NowView): readonly Next[] {
  return now.next.filter(({ flags }) => flags.includes('danger'));
}

function beforeNoon(now: NowView): readonly Next[] {
  return now.next.slice(0, now.beforeNoon);
}

function Deadlines(props: {
  readonly title: string;
  readonly none: string;
  readonly rows: readonly Next[];
}): ReactNode {
  const { language } = useLanguage();
  return (
    <section className="panel">
      <h2>{props.title}</h2>
      {props.rows.length === 0 && <p className="soft">{props.none}</p>}
      <ol className="rows">
        {props.rows.map(({ caseId, kind, place, unit, dueAt, isPast }) => (
          <li key={caseId}>
            <Link href={`~/console/cases/${caseId}`} className="grow">
              {kind.name[language]} <span className="soft">{place}</span>
              {unit && <small>{unit}</small>}
            </Link>
            <time dateTime={dueAt} className={isPast ? 'late' : undefined}>
              {sayMoment(dueAt, language)}
            </time>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Rising({ now }: { readonly now: NowView }): ReactNode {
  const w = useWords(NOW_WORDS);
  const { language } = useLanguage();
  const risen = now.kinds.filter(({ beside }) => standing(beside) === 'above');
  return (
    <section className="panel">
      <h2>{w.rising}</h2>
      {risen.length === 0 && <p className="soft">{w.risingNone}</p>}
      <ol className="rows">
        {risen.map(({ code, name, beside }) => (
          <li key={code}>
            <Link href={casesAt({ kind: code, from: now.since })} className="grow">
              {name[language]}
              <small>
                <Usual beside={beside} />
              </small>
            </Link>
            <b>{sayCount(beside.count, language)}</b>
          </li>
        ))}
      </ol>
    </section>
  );
}
