import { useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Sort } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';

type Props = { readonly sort: Sort; readonly onStopped: () => void };

/** Stops a form: nobody types twice what the pool knows. Where it is is asked, and the data office fetches it from there. */
export function AlreadyHave({ sort, onStopped }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const send = useSend('sendSignals');
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" className="button" title={w.haveHelp} onClick={() => setAsking(true)}>
        {w.have}
      </button>
    );
  }
  const tell = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const where = String(new FormData(event.currentTarget).get('where'));
    const signal = {
      specversion: '1.0' as const,
      id: crypto.randomUUID(),
      source: '/console/town',
      type: 'gezhi.report.v1',
      data: {
        words: w.haveWords(w.sorts[sort], where),
        kind: DATA_OFFICE,
        requestKind: 'suggestion' as const,
        publicity: 'private' as const,
      },
    };
    send.mutate({ query: {}, body: signal }, { onSuccess: onStopped });
  };
  return (
    <form className="record-have" onSubmit={tell}>
      <p className="soft">{w.haveHelp}</p>
      <label>
        {w.haveWhere} <input name="where" required maxLength={120} />
      </label>
      <button type="submit" className="button go" disabled={send.isPending}>
        {w.haveStop}
      </button>
      {send.error && <small className="late">{send.error.message}</small>}
    </form>
  );
}

/** The kind of matters that duties give to the data office. */
const DATA_OFFICE = 'data.have';
