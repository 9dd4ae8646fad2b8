import '../case/case.css';
import './desk.css';
import { type Answer, useSend, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { CallForm } from './call-form.tsx';
import { type Draft, useDraft } from './draft.ts';
import { Panel } from './panel.tsx';
import { Taken } from './taken.tsx';
import { type Reading, useReading } from './use-reading.ts';
import { DESK_WORDS } from './words/words.ts';

/** Letters that a call has at least. */
const WORDS_MIN = 4;

/** The desk of a seat: the caller says, the seat types, and what is known stands beside. Everything goes by key. */
export function DeskScreen(): ReactNode {
  const w = useWords(DESK_WORDS);
  const [draft, change, clear] = useDraft();
  const { reading, isReading } = useReading(draft);
  const file = useSend('fileCall');
  const [taken, setTaken] = useState<Answer<'fileCall'> & { readonly seconds: number }>();
  const [problem, setProblem] = useState<string>();
  const next = (): void => {
    clear();
    setTaken(undefined);
    setProblem(undefined);
    document.querySelector<HTMLElement>('#caller')?.focus();
  };
  const send = (): void => {
    if (file.isPending || taken) return;
    if ([...draft.words.trim()].length < WORDS_MIN) {
      setProblem(w.tooShort);
      return;
    }
    const seconds = Math.round((Date.now() - (draft.startedAt ?? Date.now())) / 1000);
    file.mutate(
      { body: callOf(draft, reading) },
      {
        onSuccess: (answer) => {
          setTaken({ ...answer, seconds });
          setProblem(undefined);
          clear();
        },
        onError: (error) => setProblem(`${error.message} ${error.remedy}`),
      },
    );
  };
  useDeskKeys({ draft, reading, send, next, change });
  return (
    <div className="desk">
      <section className="desk-call">
        <h1>{w.title}</h1>
        {taken ? (
          <Taken taken={taken} onNext={next} />
        ) : (
          <CallForm
            draft={draft}
            reading={reading}
            change={change}
            onSend={send}
            isPending={file.isPending}
            problem={problem}
          />
        )}
      </section>
      <section className="desk-panel" aria-label={w.reading} aria-live="polite" aria-busy={isReading}>
        {!taken && (
          <Panel
            draft={draft}
            reading={reading}
            change={change}
            isReading={isReading && draft.words.trim().length >= WORDS_MIN}
          />
        )}
      </section>
    </div>
  );
}

/** What is sent: the seat's own choice, else nothing, so that the text is read as always. */
function callOf(draft: Draft, reading: Reading | undefined) {
  const { id, words, callerNumber, name, placeText, publicity, kind, place, outside, join, handOff } = draft;
  return {
    id,
    words: words.trim(),
    publicity,
    ...(callerNumber.trim() ? { callerNumber: callerNumber.trim() } : {}),
    ...(name.trim() ? { name: name.trim() } : {}),
    ...(placeText.trim() ? { placeText: placeText.trim() } : {}),
    ...(kind ? { kind } : {}),
    ...(place ? { place } : {}),
    ...(outside && !place ? { outside: { lon: outside.lon, lat: outside.lat, from: outside.from } } : {}),
    ...(join ? { join } : {}),
    ...(handOff ? { handOff: handOff as '110' } : {}),
    shown: reading?.same.map(({ caseId }) => caseId) ?? [],
  };
}

type Keys = {
  readonly draft: Draft;
  readonly reading: Reading | undefined;
  readonly send: () => void;
  readonly next: () => void;
  readonly change: (part: Partial<Draft>) => void;
};

/** Ctrl+Enter files; Alt+1 … 5 joins; Alt+N begins anew; Alt+E chooses the service that a danger goes to. */
function useDeskKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { draft, reading, send, next, change } = latest.current;
      const digit = /^Digit([1-5])$/.exec(event.code)?.[1];
      if (event.ctrlKey && event.key === 'Enter') send();
      else if (!event.altKey) return;
      else if (digit) {
        const found = reading?.same[Number(digit) - 1];
        if (found) change({ join: found.caseId === draft.join ? undefined : found.caseId });
      } else if (event.code === 'KeyN') next();
      else if (event.code === 'KeyE') change({ handOff: draft.handOff ? undefined : firstReceiver(reading) });
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, []);
}

function firstReceiver(reading: Reading | undefined): string {
  return reading?.urgent.to.find((to) => /^1\d\d$/.test(to)) ?? '110';
}
