import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { Remaining } from '../shared/remaining.tsx';
import { Empty, Loading, Trouble } from '../shell/states.tsx';
import { WHISTLE_WORDS } from './words/words.ts';

type Whistles = NonNullable<ReturnType<typeof useCall<'listWhistles'>>['data']>;

export function WhistleList(): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const [isEnded, setEnded] = useState(false);
  const list = useCall('listWhistles', { query: isEnded ? { ended: 'true' } : {} });
  return (
    <div className="page whistles">
      <header>
        <h1>{w.title}</h1>
        <p className="soft">{w.lead}</p>
      </header>
      <div className="row tabs">
        {[false, true].map((ended) => (
          <button
            key={String(ended)}
            type="button"
            className="button"
            aria-pressed={ended === isEnded}
            onClick={() => setEnded(ended)}
          >
            {ended ? w.ended : w.open}
          </button>
        ))}
      </div>
      {list.error && <Trouble title={list.error.message} onRetry={() => void list.refetch()} />}
      {!list.data && !list.error && <Loading />}
      {list.data && <Rows rows={list.data.rows} />}
      {list.data && <Bands bands={list.data.bands} />}
      {list.data && <Marks marks={list.data.marks} />}
    </div>
  );
}

function Rows({ rows }: Pick<Whistles, 'rows'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const { language } = useLanguage();
  if (rows.length === 0) return <Empty title={w.none}>{<p>{w.noneHelp}</p>}</Empty>;
  return (
    <ul className="whistle-rows">
      {rows.map(({ caseId, kind, place, unit, state, next, clock, excerpt }) => (
        <li key={caseId} className="card">
          <Link href={`/${caseId}`}>
            <b>{kind.name[language]}</b> {place.name}
          </Link>
          <span className="tag state">{state.label[language]}</span>
          {next && <Remaining dueAt={next.dueAt} clock={clock?.[language]} />}
          <small>
            {unit?.name} {excerpt}
          </small>
        </li>
      ))}
    </ul>
  );
}

function Bands({ bands }: Pick<Whistles, 'bands'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  return (
    <section className="card">
      <h2>{w.bands}</h2>
      <p className="hint">{w.bandsHelp}</p>
      {bands.length === 0 && <p className="soft">{w.noBands}</p>}
      {bands.length > 0 && (
        <table className="table">
          <thead>
            <tr>
              <th scope="col">{w.street}</th>
              <th scope="col">{w.rate}</th>
              <th scope="col">{w.says}</th>
            </tr>
          </thead>
          <tbody>
            {bands.map(({ street, rate, interval, count, of, says }) => (
              <tr key={street}>
                <th scope="row">{street}</th>
                <td>
                  {rate === null ? w.none2 : rate.toFixed(1)}{' '}
                  <small>
                    {interval && `${interval.low.toFixed(1)}–${interval.high.toFixed(1)} · `}
                    {w.count(count, of)}
                  </small>
                </td>
                <td>{says}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}

function Marks({ marks }: Pick<Whistles, 'marks'>): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const byUnit = [...Map.groupBy(marks, ({ unit }) => unit.name)];
  return (
    <section className="card">
      <h2>{w.marks}</h2>
      <p className="hint">{w.marksHelp}</p>
      {byUnit.length === 0 && <p className="soft">{w.noMarks}</p>}
      <ul className="plain">
        {byUnit.map(([unit, own]) => (
          <li key={unit}>
            <b>{unit}</b>
            <small>
              {own
                .map(
                  ({ dimension, average, n }) =>
                    `${w.dimensions[dimension] ?? dimension} ${average.toFixed(1)} (${w.n(n)})`,
                )
                .join(' · ')}
            </small>
          </li>
        ))}
      </ul>
    </section>
  );
}
