import { useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react';
import { SHELL_WORDS } from '../words/words.ts';

const SORTS = ['suggestion', 'complaint'] as const;

/** Complaints and suggestions about the console itself (国办函〔2026〕12号): a matter like any other, with a number and an answer. */
export function AboutApp({ onClose }: { readonly onClose: () => void }): ReactNode {
  const { about: w, close } = useWords(SHELL_WORDS);
  const dialog = useRef<HTMLDialogElement>(null);
  const send = useSend('sendSignals');
  const id = useRef(crypto.randomUUID());
  useEffect(() => dialog.current?.showModal(), []);
  const tell = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const words = String(form.get('words')).trim();
    if (words === '') return;
    const requestKind = form.get('sort') === 'complaint' ? 'complaint' : 'suggestion';
    const data = { words, kind: 'app.feedback', requestKind, publicity: 'private' } as const;
    const signal = {
      specversion: '1.0',
      id: id.current,
      source: '/console',
      type: 'gezhi.report.v1',
      data,
    } as const;
    send.mutate({ query: {}, body: signal });
  };
  const receipt = send.data && 'number' in send.data ? send.data : undefined;
  return (
    <dialog ref={dialog} className="sheet-dialog about-app" aria-labelledby="about-title" onClose={onClose}>
      <h2 id="about-title">{w.title}</h2>
      {receipt ? (
        <p role="status">{w.done(receipt.number ?? '', receipt.code ?? '')}</p>
      ) : (
        <form onSubmit={tell}>
          <p className="soft">{w.lead}</p>
          <fieldset className="about-sorts">
            <legend className="hidden">{w.title}</legend>
            {SORTS.map((sort) => (
              <label key={sort}>
                <input type="radio" name="sort" value={sort} defaultChecked={sort === 'suggestion'} />{' '}
                {w[sort]}
              </label>
            ))}
          </fieldset>
          <label>
            {w.words}
            <textarea name="words" className="field" rows={5} maxLength={2000} required />
          </label>
          {send.error && <p className="late">{send.error.message}</p>}
          <button type="submit" className="button go" disabled={send.isPending}>
            {w.send}
          </button>
        </form>
      )}
      <form method="dialog">
        <button className="button" type="submit">
          {close}
        </button>
      </form>
    </dialog>
  );
}
