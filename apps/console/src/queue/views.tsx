import { useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import type { Queues } from './queues-type.ts';
import { searchOf, useOwnViews, type View } from './view.ts';
import { QUEUE_WORDS } from './words/words.ts';

type Props = {
  readonly queues: Queues;
  readonly view: View;
  readonly onShow: (view: View) => void;
};

/** The town's queues, then one's own. */
export function Views({ queues, view, onShow }: Props): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const { language } = useLanguage();
  const own = useOwnViews();
  const isOwn = own.views.some((one) => isSame(one.view, view));
  return (
    <nav className="views" aria-label={w.saved}>
      <h1>{w.title}</h1>
      <ul>
        {queues.map(({ queue, label, waiting, isMore }) => (
          <li key={queue}>
            <button
              type="button"
              aria-current={queue === view.queue && !isOwn && !view.q ? 'true' : undefined}
              onClick={() => onShow({ queue })}
            >
              <span>{label[language]}</span>
              <b className={waiting === 0 ? 'none' : ''}>{isMore ? w.more : waiting}</b>
            </button>
          </li>
        ))}
      </ul>
      {own.views.length > 0 && <h2>{w.own}</h2>}
      <ul>
        {own.views.map((one) => (
          <li key={one.name} className="own-view">
            <button
              type="button"
              aria-current={isSame(one.view, view) ? 'true' : undefined}
              onClick={() => onShow(one.view)}
            >
              <span>{one.name}</span>
            </button>
            <button
              type="button"
              className="bare"
              aria-label={w.drop(one.name)}
              onClick={() => own.drop(one.name)}
            >
              ×
            </button>
          </li>
        ))}
      </ul>
      {searchOf(view) !== '' && !isOwn && <Keep onKeep={(name) => own.keep({ name, view })} />}
    </nav>
  );
}

function isSame(a: View, b: View): boolean {
  return a.queue === b.queue && searchOf(a) === searchOf(b);
}

function Keep({ onKeep }: { readonly onKeep: (name: string) => void }): ReactNode {
  const w = useWords(QUEUE_WORDS);
  const [name, setName] = useState<string>();
  if (name === undefined) {
    return (
      <button type="button" className="bare" onClick={() => setName('')}>
        + {w.keep}
      </button>
    );
  }
  return (
    <form
      className="keep"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onKeep(name.trim());
        setName(undefined);
      }}
    >
      <input
        className="field wide"
        value={name}
        maxLength={40}
        aria-label={w.keepName}
        placeholder={w.keepName}
        ref={(field) => field?.focus()}
        onChange={(event) => setName(event.target.value)}
      />
    </form>
  );
}
