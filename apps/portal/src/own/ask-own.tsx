import type { OwnAsk, OwnAsked } from '@gezhi/contract';
import { sayMoment, useLanguage, useSend, useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Key } from '../follow/key.ts';
import { openWith } from '../kept/opened.ts';
import { Trouble } from '../shell/trouble.tsx';
import { OWN_WORDS } from '../words/own/words.ts';

const ASKS = ['correct', 'delete', 'copy', 'object', 'appeal', 'retaliation'] as const;

/** Correct, delete, object, appeal; and that somebody was treated worse because they complained. Each is a case of its own, with the law's clock. */
export function AskOwn({ of }: { readonly of: Key }): ReactNode {
  const { ask: w } = useWords(OWN_WORDS);
  const [what, setWhat] = useState<OwnAsk['what']>('correct');
  const [words, setWords] = useState('');
  const [short, setShort] = useState(false);
  const [id, setId] = useState(newId);
  const send = useSend('askOwnData');
  const on = (event: FormEvent): void => {
    event.preventDefault();
    setShort(words.trim() === '');
    if (words.trim() === '') return;
    send.mutate(
      { params: { number: of.number }, query: { code: of.code }, body: { id, what, words: words.trim() } },
      {
        onSuccess: (done) => {
          openWith(done.number, done.code);
          setWords('');
          setId(newId());
        },
      },
    );
  };
  return (
    <section className="sheet screen" aria-labelledby="ask-own">
      <h2 id="ask-own">{w.title}</h2>
      <p className="lead">{w.lead}</p>
      <div role="status">{send.data && <Asked done={send.data} />}</div>
      <form onSubmit={on} noValidate>
        <fieldset className="choices">
          <legend>{w.what}</legend>
          {ASKS.map((one) => (
            <label key={one}>
              <input type="radio" name="ask" checked={what === one} onChange={() => setWhat(one)} />
              <span>{w.asks[one]}</span>
            </label>
          ))}
        </fieldset>
        {what === 'retaliation' && <p className="note">{w.retaliationHint}</p>}
        <label htmlFor="ask-words">{w.words}</label>
        <textarea
          id="ask-words"
          rows={3}
          maxLength={2000}
          value={words}
          aria-invalid={short}
          aria-describedby={short ? 'ask-error' : undefined}
          onChange={(event) => setWords(event.target.value)}
        />
        {short && (
          <p className="error" id="ask-error" role="alert">
            {w.short}
          </p>
        )}
        {send.error && <Trouble error={send.error} />}
        <button type="submit" className="go" disabled={send.isPending}>
          {w.send}
        </button>
      </form>
    </section>
  );
}

function Asked({ done }: { readonly done: OwnAsked }): ReactNode {
  const { ask: w } = useWords(OWN_WORDS);
  const { language } = useLanguage();
  return (
    <div className="good">
      <p>{w.taken(done.sayAs, done.code)}</p>
      {done.erasure && <p>{w.erasure[done.erasure](done.until ? sayMoment(done.until, language) : '')}</p>}
    </div>
  );
}
