import { useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { WORDS } from '../words/words.ts';
import type { StepProps } from './report-page.tsx';

/** Where it is: in words, by the position of this moment when asked for, by what was scanned. */
export function StepWhere({ draft, change, onNext, onBack }: StepProps): ReactNode {
  const w = useWords(WORDS);
  const r = w.report;
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
      noValidate
    >
      <label htmlFor="place">{r.placeText}</label>
      <input
        id="place"
        type="text"
        maxLength={200}
        value={draft.placeText}
        aria-describedby="place-hint"
        onChange={(event) => change({ placeText: event.target.value })}
      />
      <p className="hint" id="place-hint">
        {r.placeHint}
      </p>
      <Here draft={draft} change={change} />
      <p className="hint">{r.noPlace}</p>
      <div className="go-row">
        <button type="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="submit" className="go">
          {w.next}
        </button>
      </div>
    </form>
  );
}

/** The position is asked for on a press, once, and never by itself. */
function Here({ draft, change }: Pick<StepProps, 'draft' | 'change'>): ReactNode {
  const { report: r } = useWords(WORDS);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const ask = (): void => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle');
        change({ point: { lon: round(coords.longitude), lat: round(coords.latitude) } });
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  };
  if (draft.point) {
    return (
      <p className="good" role="status">
        {r.hereDone}{' '}
        <button type="button" className="link" onClick={() => change({ point: undefined })}>
          {r.hereOff}
        </button>
      </p>
    );
  }
  if (!('geolocation' in navigator)) return null;
  return (
    <>
      <button type="button" className="wide" disabled={state === 'asking'} onClick={ask}>
        {state === 'asking' ? r.hereAsking : r.here}
      </button>
      {state === 'failed' && (
        <p className="error" role="alert">
          {r.hereFailed}
        </p>
      )}
    </>
  );
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}
