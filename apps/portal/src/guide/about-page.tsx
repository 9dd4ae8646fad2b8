import { ProblemError, useClient, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { newDraft } from '../report/draft.ts';
import { SOURCE } from '../report/event.ts';
import { sendOrKeep } from '../report/outbox.ts';
import { ReceiptView } from '../report/receipt-view.tsx';
import { rememberReceipt } from '../report/remember.ts';
import type { Outcome } from '../report/step.ts';
import { useMode } from '../shell/mode.tsx';
import { Trouble } from '../shell/trouble.tsx';
import { GUIDE_WORDS } from '../words/guide/words.ts';

const SORTS = ['complaint', 'suggestion'] as const;
const ABOUT_THE_APP = 'app.feedback';

/** Complaints and suggestions about the app itself (国办函〔2026〕12号): a request as any other, with a number and an answer. */
export function AboutPage(): ReactNode {
  const { about: w } = useWords(GUIDE_WORDS);
  const api = useClient();
  const { kiosk } = useMode();
  const [sort, setSort] = useState<(typeof SORTS)[number]>('suggestion');
  const [words, setWords] = useState('');
  const [id, setId] = useState(() => newDraft().id);
  const [outcome, setOutcome] = useState<Outcome>();
  const [error, setError] = useState<ProblemError>();
  const [short, setShort] = useState(false);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setShort(words.trim() === '');
    if (words.trim() === '') return;
    try {
      const data = {
        words: words.trim(),
        kind: ABOUT_THE_APP,
        requestKind: sort,
        channel: 'web',
        publicity: 'private',
      };
      const time = new Date().toISOString();
      const done = await sendOrKeep(api, {
        specversion: '1.0',
        type: 'gezhi.report.v1',
        source: SOURCE,
        id,
        time,
        data,
      });
      if (done !== 'waiting') rememberReceipt(done, words, kiosk);
      setOutcome(done);
    } catch (refused) {
      if (!(refused instanceof ProblemError)) throw refused;
      setError(refused);
    }
  };
  const again = (): void => {
    setId(newDraft().id);
    setWords('');
    setOutcome(undefined);
  };
  if (outcome) return <ReceiptView outcome={outcome} onAnother={again} />;
  return (
    <main className="page" id="main">
      <h1>{w.title}</h1>
      <form className="sheet" onSubmit={(event) => void send(event)} noValidate>
        <p className="lead">{w.lead}</p>
        <fieldset className="choices">
          <legend className="hidden">{w.title}</legend>
          {SORTS.map((one) => (
            <label key={one}>
              <input type="radio" name="sort" checked={sort === one} onChange={() => setSort(one)} />
              <span>{w[one]}</span>
            </label>
          ))}
        </fieldset>
        <label htmlFor="about">{w.words}</label>
        <textarea
          id="about"
          rows={5}
          maxLength={2000}
          value={words}
          aria-invalid={short}
          aria-describedby={short ? 'about-error' : undefined}
          onChange={(event) => setWords(event.target.value)}
        />
        {short && (
          <p className="error" id="about-error" role="alert">
            {w.short}
          </p>
        )}
        {error && <Trouble error={error} />}
        <button type="submit" className="go">
          {w.send}
        </button>
      </form>
    </main>
  );
}
