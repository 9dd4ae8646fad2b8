import { useSend, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { QUEUE_WORDS } from './words/words.ts';

/** Callbacks are given out in their order: the next one, never one that somebody picked. */
export function NextCall(): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const [, go] = useLocation();
  const next = useSend('nextCallback');
  return (
    <div className="next-call">
      <button
        type="button"
        className="button go"
        disabled={next.isPending}
        onClick={() =>
          next.mutate({}, { onSuccess: ({ call }) => call && go(`~/console/cases/${call.caseId}`) })
        }
      >
        {w.nextCall}
      </button>
      <small>{next.data && !next.data.call ? w.noCall : w.callRule}</small>
      {next.error && (
        <p className="bad-news" role="alert">
          {next.error.message}
        </p>
      )}
    </div>
  );
}
