import type { Args } from '@gezhi/contract/client';
import { sayCount, sayDay, sayShare, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'wouter';
import { Loading, Trouble } from '../shell/states.tsx';
import { SHELL_WORDS } from '../words/words.ts';
import { Drivers } from './drivers-panel.tsx';
import { Editions } from './editions-panel.tsx';
import { groupingOf, useWindow } from './query.ts';
import { listOf, RatesTable } from './rates-table.tsx';
import { RATES_WORDS } from './rates-words.ts';
import { Trend } from './trend.tsx';
import '../now/now.css';
import './rates.css';

const BYS = ['street', 'community', 'unit', 'kind'] as const;
const RATES = ['response', 'solve', 'satisfaction'] as const;
const WINDOWS = ['7', '30', '90', '365'] as const;

/** The three rates of units, places and kinds, each with its sample and interval; what moved them; and the editions. */
export function RatesScreen(): ReactNode {
  const [search, setSearch] = useSearchParams();
  const by = BYS.find((one) => one === search.get('by')) ?? 'street';
  const rate = RATES.find((one) => one === search.get('rate')) ?? 'solve';
  const days = WINDOWS.find((one) => one === search.get('days')) ?? '30';
  const query = useWindow(Number(days));
  const asked: Args<'getThreeRates'>['query'] = { ...query, ...groupingOf(by) };
  const rates = useCall('getThreeRates', { query: asked });
  const w = useWords(RATES_WORDS);
  const s = useWords(SHELL_WORDS);
  const { language } = useLanguage();
  const choose = (name: string, value: string): void =>
    setSearch((now) => new URLSearchParams({ ...Object.fromEntries(now), [name]: value }), { replace: true });
  if (rates.error) {
    return <Trouble title={rates.error.message} detail={rates.error.remedy} onRetry={rates.refetch} />;
  }
  return (
    <div className="now rates">
      <header className="now-head">
        <h1>{s.rooms.rates}</h1>
        <Choice
          name={w.window}
          all={WINDOWS}
          chosen={days}
          say={w.windows}
          onChoose={(v) => choose('days', v)}
        />
        <Choice name={w.by} all={BYS} chosen={by} say={w.bys} onChoose={(v) => choose('by', v)} />
        <Choice name={w.rate} all={RATES} chosen={rate} say={w} onChoose={(v) => choose('rate', v)} />
        <span className="grow" />
        <button type="button" className="button noprint" onClick={() => window.print()}>
          {w.print}
        </button>
      </header>
      {!rates.data && <Loading />}
      {rates.data && (
        <>
          <p className="soft">
            {w.lead(sayDay(rates.data.window.from, language), sayDay(rates.data.window.to, language))} ·{' '}
            {w.policy(rates.data.policy.id, rates.data.policy.version)}
          </p>
          <dl className="now-figures">
            {RATES.map((name) => {
              const share = rates.data.pooled[name];
              return (
                <div className="figure" key={name}>
                  <dt>{w[name]}</dt>
                  <dd>
                    {share ? (
                      <Link href={listOf(rates.data.pooled.cases, 'valid')}>{sayShare(share, language)}</Link>
                    ) : (
                      sayShare(share, language)
                    )}
                    <small>
                      {share
                        ? w.interval(
                            sayShare({ value: share.interval.low }, language),
                            sayShare({ value: share.interval.high }, language),
                            sayCount(share.n, language),
                          )
                        : w.none}
                    </small>
                  </dd>
                </div>
              );
            })}
          </dl>
          <RatesTable rates={rates.data} by={by} rate={rate} />
        </>
      )}
      <div className="morning-grid">
        <Trend rate={rate} />
        <Drivers rate={rate} days={Number(days)} />
        <Editions />
      </div>
    </div>
  );
}

function Choice<T extends string>(props: {
  readonly name: string;
  readonly all: readonly T[];
  readonly chosen: T;
  readonly say: Readonly<Record<T, string>>;
  readonly onChoose: (value: T) => void;
}): ReactNode {
  return (
    <label className="choice">
      <span>{props.name}</span>
      <select value={props.chosen} onChange={(event) => props.onChoose(event.target.value as T)}>
        {props.all.map((one) => (
          <option key={one} value={one}>
            {props.say[one]}
          </option>
        ))}
      </select>
    </label>
  );
}
