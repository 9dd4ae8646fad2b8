import { useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { WORDS } from '../words/words.ts';

export type Position = { readonly lon: number; readonly lat: number };

/** The position is asked for on a press, once, and never by itself. */
export function Here(props: {
  readonly point: Position | undefined;
  readonly onChange: (point: Position | undefined) => void;
}): ReactNode {
  const { point, onChange } = props;
  const { report: r } = useWords(WORDS);
  const [state, setState] = useState<'idle' | 'asking' | 'failed'>('idle');
  const ask = (): void => {
    setState('asking');
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        setState('idle');
        onChange({ lon: round(coords.longitude), lat: round(coords.latitude) });
      },
      () => setState('failed'),
      { enableHighAccuracy: true, timeout: 15_000, maximumAge: 60_000 },
    );
  };
  if (point) {
    return (
      <p className="good" role="status">
        {r.hereDone}{' '}
        <button type="button" className="link" onClick={() => onChange(undefined)}>
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
