import { useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { MONTH_WORDS } from './words/month.ts';

const SHOWN = 6;

/** What was done in these days, of the cases that everybody may see. */
export function MonthDone(props: {
  readonly place: string;
  readonly from: string;
  readonly to: string;
}): ReactNode {
  const w = useWords(MONTH_WORDS);
  const { language } = useLanguage();
  const { data } = useCall(
    'listPublic',
    { query: { place: props.place, limit: 100 } },
    { staleTime: 600_000 },
  );
  const done = (data?.cases ?? []).filter(
    ({ isOpen, since }) =>
      !isOpen && Date.parse(since) >= Date.parse(props.from) && Date.parse(since) < Date.parse(props.to),
  );
  return (
    <section>
      <h2>{w.done}</h2>
      {data && done.length === 0 && <p>{w.doneNone}</p>}
      <ul className="month-done">
        {done.slice(0, SHOWN).map(({ caseId, where, kind }) => (
          <li key={caseId}>{w.on(where, kind.name[language])}</li>
        ))}
      </ul>
    </section>
  );
}
