import type { Beside } from '@gezhi/contract';
import { sayCount, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { standing } from './beside.ts';
import { NOW_WORDS } from './now-words.ts';

type FigureProps = {
  readonly name: string;
  readonly count: number;
  readonly tone?: 'late' | 'wait' | 'good' | undefined;
  /** The list of the same cases. */
  readonly to?: string | undefined;
  /** The roll-ups have not caught up: the number still grows. */
  readonly counting?: boolean;
  readonly children?: ReactNode;
};

/** One large number with its name; it leads to the cases behind it. */
export function Figure({ name, count, tone, to, counting, children }: FigureProps): ReactNode {
  const { language } = useLanguage();
  const w = useWords(NOW_WORDS);
  const number = sayCount(count, language);
  return (
    <div className={`figure ${count > 0 && tone ? tone : ''}`}>
      <dt>{name}</dt>
      <dd>
        {to && count > 0 ? <Link href={to}>{number}</Link> : number}
        {counting ? <small className="late">{w.counting}</small> : children && <small>{children}</small>}
      </dd>
    </div>
  );
}

/** What is usual at this hour, and how the count stands beside it. */
export function Usual({ beside }: { readonly beside: Beside }): ReactNode {
  const { language } = useLanguage();
  const w = useWords(NOW_WORDS);
  const { expected, least, most, weeks } = beside;
  const stands = standing(beside);
  if (expected === null || least === null || most === null) return w.notExpected;
  const say = (n: number): string => sayCount(Math.round(n), language);
  return (
    <>
      {stands && <b className={`stands ${stands}`}>{w[stands]}</b>}{' '}
      {w.expected(say(expected), say(least), say(most), weeks)}
    </>
  );
}
