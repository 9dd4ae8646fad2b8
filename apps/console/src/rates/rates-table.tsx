import type { RatesView } from '@gezhi/contract';
import { sayCount, sayShare, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { View } from '../queue/view.ts';
import { csvOf, nameOf } from './csv.ts';
import type { By, RateName } from './query.ts';
import { RATES_WORDS } from './rates-words.ts';

type Group = RatesView['groups'][number];
type Share = Group['rates']['solve'];

type Props = { readonly rates: RatesView; readonly by: By; readonly rate: RateName };

/** Groups by the chosen rate, the highest first; those with too small a sample stand below, in the order of their names, uncompared. */
export function RatesTable({ rates, by, rate }: Props): ReactNode {
  const w = useWords(RATES_WORDS);
  const { language } = useLanguage();
  const named = (group: Group): string => nameOf(group, w);
  const floor = Number(rates.policy.floor ?? 30);
  const enough = rates.groups
    .filter((group) => (group.rates[rate]?.n ?? 0) >= floor)
    .sort((a, b) => b.rates[rate]!.value - a.rates[rate]!.value || (named(a) < named(b) ? -1 : 1));
  const few = rates.groups
    .filter((group) => (group.rates[rate]?.n ?? 0) < floor)
    .sort((a, b) => named(a).localeCompare(named(b), 'zh'));
  const say = (n: number): string => sayCount(n, language);
  return (
    <section className="panel">
      <p className="rates-help">
        <span className="soft grow">{w.rankHelp}</span>
        <a className="noprint" download={`rates-${by}.csv`} href={csvOf([...enough, ...few], w)}>
          {w.export}
        </a>
      </p>
      <table className="rates-table">
        <thead>
          <tr>
            <th scope="col">{w.bys[by]}</th>
            <th scope="col">{w.volume}</th>
            <th scope="col">{w.n}</th>
            <th scope="col">{w.response}</th>
            <th scope="col">{w.solve}</th>
            <th scope="col">{w.satisfaction}</th>
            <th scope="col">{w.unreachable}</th>
            <th scope="col">{w.excluded}</th>
          </tr>
        </thead>
        <tbody>
          {enough.map((group) => (
            <Row key={named(group)} group={group} name={named(group)} rate={rate} />
          ))}
        </tbody>
        {few.length > 0 && (
          <tbody className="rates-few">
            <tr>
              <th colSpan={8} scope="rowgroup">
                {w.few(say(floor))}
              </th>
            </tr>
            {few.map((group) => (
              <Row key={named(group)} group={group} name={named(group)} rate={rate} />
            ))}
          </tbody>
        )}
      </table>
    </section>
  );
}

function Row(props: { readonly group: Group; readonly name: string; readonly rate: RateName }): ReactNode {
  const { group, name: of, rate } = props;
  const { language } = useLanguage();
  const { rates } = group;
  const say = (n: number): string => sayCount(n, language);
  return (
    <tr>
      <th scope="row">{of}</th>
      <td>
        <Link href={listOf(group.cases)}>{say(rates.volume)}</Link>
      </td>
      <td>
        <Counted cases={group.cases} as="valid" count={rates.n} />
      </td>
      {(['response', 'solve', 'satisfaction'] as const).map((name) => (
        <td key={name} className={name === rate ? 'chosen' : undefined}>
          <ShareBar share={rates[name]} rate={name} cases={group.cases} />
        </td>
      ))}
      <td>
        {rates.unreachable && rates.unreachable.numerator > 0 ? (
          <Link href={listOf(group.cases, 'unreachable')}>{sayShare(rates.unreachable, language)}</Link>
        ) : (
          sayShare(rates.unreachable, language)
        )}
      </td>
      <td>
        <Counted cases={group.cases} as="excluded" count={rates.excluded.count} />
      </td>
    </tr>
  );
}

function Counted(props: {
  readonly cases: string;
  readonly as: NonNullable<View['counted']>;
  readonly count: number;
}): ReactNode {
  const { language } = useLanguage();
  const number = sayCount(props.count, language);
  return props.count > 0 ? <Link href={listOf(props.cases, props.as)}>{number}</Link> : number;
}

const OTHER_SIDE = { response: 'notContacted', solve: 'notSolved', satisfaction: 'notSatisfied' } as const;

/** A share with its interval drawn: what lies under the light bar is possible, the mark is what was counted. It leads to those that it lacks. */
function ShareBar(props: {
  readonly share: Share;
  readonly rate: RateName;
  readonly cases: string;
}): ReactNode {
  const { share, rate, cases } = props;
  const { language } = useLanguage();
  const w = useWords(RATES_WORDS);
  if (!share) return <span className="soft">—</span>;
  const { value, n, interval } = share;
  const say = (one: number): string => sayShare({ value: one }, language);
  return (
    <span className="share" title={w.interval(say(interval.low), say(interval.high), sayCount(n, language))}>
      {value < 1 ? (
        <Link href={listOf(cases, OTHER_SIDE[rate])} title={w.missing[rate]}>
          {say(value)}
        </Link>
      ) : (
        say(value)
      )}
      <svg viewBox="0 0 100 8" aria-hidden="true" preserveAspectRatio="none">
        <rect className="share-ground" width="100" height="8" />
        <rect
          className="share-interval"
          x={interval.low * 100}
          width={(interval.high - interval.low) * 100}
          height="8"
        />
        <rect className="share-value" x={Math.min(99, value * 100)} width="1.2" height="8" />
      </svg>
    </span>
  );
}

/** `/api/cases?…` as the queue shows it; of those with a request that stands so in the rates. */
export function listOf(cases: string, counted?: NonNullable<View['counted']>): string {
  return `~/console/queue/open?${cases.split('?')[1] ?? ''}${counted ? `&counted=${counted}` : ''}`;
}
