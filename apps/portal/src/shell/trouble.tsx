import { ProblemError, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';

/** What a page says while it reads, and where it could not. */
export function Loading(): ReactNode {
  const w = useWords(WORDS);
  return (
    <p className="loading" role="status">
      {w.loading}
    </p>
  );
}

export function Trouble({
  error,
  onAgain,
}: {
  readonly error: Error;
  readonly onAgain?: () => void;
}): ReactNode {
  const w = useWords(WORDS);
  const told = error instanceof ProblemError ? error : undefined;
  return (
    <div className="alert" role="alert">
      <p>
        <strong>{told ? told.message : w.failed}</strong>
      </p>
      {told?.remedy && <p>{told.remedy}</p>}
      {onAgain && (
        <button type="button" onClick={onAgain}>
          {w.again}
        </button>
      )}
    </div>
  );
}
