import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';
import type { Reading } from './use-reading.ts';
import { DESK_WORDS } from './words/words.ts';

type Props = {
  readonly draft: Draft;
  readonly reading: Reading | undefined;
  readonly change: (part: Partial<Draft>) => void;
  readonly onSend: () => void;
  readonly isPending: boolean;
  readonly problem: string | undefined;
};

/** What the seat types; the cursor begins with the number, and Tab goes on to the words. */
export function CallForm({ draft, reading, change, onSend, isPending, problem }: Props): ReactNode {
  const w = useWords(DESK_WORDS);
  const joins = reading?.same.findIndex(({ caseId }) => caseId === draft.join) ?? -1;
  return (
    <form
      className="call"
      onSubmit={(event) => {
        event.preventDefault();
        onSend();
      }}
    >
      <div className="call-who">
        <label>
          <span>{w.phone}</span>
          <input
            id="caller"
            className="field"
            inputMode="tel"
            autoComplete="off"
            maxLength={20}
            // biome-ignore lint/a11y/noAutofocus: a seat begins to type when the call comes
            autoFocus
            value={draft.callerNumber}
            onChange={(event) => change({ callerNumber: event.target.value })}
          />
        </label>
        <label>
          <span>{w.name}</span>
          <input
            className="field"
            autoComplete="off"
            maxLength={100}
            value={draft.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        </label>
      </div>
      <label>
        <span>
          {w.words} <small>{w.wordsHint}</small>
        </span>
        <textarea
          className="field call-words"
          rows={9}
          maxLength={4000}
          value={draft.words}
          aria-describedby={problem ? 'call-problem' : undefined}
          aria-invalid={problem !== undefined}
          onChange={(event) => change({ words: event.target.value })}
        />
      </label>
      <label>
        <span>{w.place}</span>
        <input
          className="field"
          maxLength={300}
          placeholder={w.placeHint}
          value={draft.placeText}
          onChange={(event) => change({ placeText: event.target.value })}
        />
      </label>
      <fieldset className="call-public">
        <legend className="unseen">{w.publicity.public}</legend>
        {(['private', 'public'] as const).map((publicity) => (
          <label key={publicity}>
            <input
              type="radio"
              name="publicity"
              checked={draft.publicity === publicity}
              onChange={() => change({ publicity })}
            />
            {w.publicity[publicity]}
          </label>
        ))}
      </fieldset>
      {problem && (
        <p id="call-problem" className="bad-news" role="alert">
          {problem}
        </p>
      )}
      <p className="row">
        <button type="submit" className="button go" disabled={isPending}>
          {joins >= 0 ? w.fileJoin(joins + 1) : w.file} <kbd>Ctrl+Enter</kbd>
        </button>
        {draft.words !== '' && <small className="kept">{w.kept}</small>}
      </p>
    </form>
  );
}
