import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { SHELL_WORDS } from '../words/words.ts';

/** While something comes. */
export function Loading(): ReactNode {
  const w = useWords(SHELL_WORDS);
  return (
    <div className="state" role="status">
      <span className="state-dots" aria-hidden="true" />
      <p>{w.loading}</p>
    </div>
  );
}

type TroubleProps = {
  readonly title: string;
  readonly detail?: string | undefined;
  readonly onRetry?: (() => void) | undefined;
};

/** What went wrong, and what to do about it. */
export function Trouble({ title, detail, onRetry }: TroubleProps): ReactNode {
  const w = useWords(SHELL_WORDS);
  return (
    <div className="state" role="alert">
      <h2>{title}</h2>
      {detail && <p>{detail}</p>}
      {onRetry && (
        <button type="button" className="button" onClick={onRetry}>
          {w.reload}
        </button>
      )}
    </div>
  );
}

/** Where nothing is: what would stand here, and a way on. */
export function Empty({
  title,
  children,
}: {
  readonly title: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div className="state">
      <h2>{title}</h2>
      {children}
    </div>
  );
}
