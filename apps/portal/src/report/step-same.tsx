import type { PublicCase } from '@gezhi/contract';
import { useWords } from '@gezhi/ui';
import { type ReactNode, useEffect } from 'react';
import { CaseLine } from '../near/case-line.tsx';
import { Loading } from '../shell/trouble.tsx';
import { WORDS } from '../words/words.ts';
import type { StepProps } from './step.ts';

/** “Is it one of these?” Where there are none, or the network is away, it passes by itself. */
export function StepSame(
  props: StepProps & { readonly same: readonly PublicCase[]; readonly reading: boolean },
): ReactNode {
  const { change, onNext, onBack, same, reading } = props;
  const w = useWords(WORDS);
  const none = !reading && same.length === 0;
  useEffect(() => {
    if (none) onNext();
  });
  if (reading || none) return <Loading />;
  const choose = (joins: PublicCase | undefined): void => {
    change({ joins: joins?.caseId });
    onNext();
  };
  return (
    <div className="sheet">
      <p className="lead">{w.report.sameLead}</p>
      <ul className="cards">
        {same.map((one) => (
          <li key={one.caseId}>
            <CaseLine one={one} />
            <button type="button" className="go" onClick={() => choose(one)}>
              {w.report.sameJoin}
            </button>
          </li>
        ))}
      </ul>
      <div className="go-row">
        <button type="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="button" className="wide" onClick={() => choose(undefined)}>
          {w.report.sameNone}
        </button>
      </div>
    </div>
  );
}
