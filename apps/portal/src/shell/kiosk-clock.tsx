import { useWords } from '@gezhi/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type ReactNode, useCallback, useEffect, useRef, useState } from 'react';
import { forgetNumbers } from '../kept/my-numbers.ts';
import { forgetAll } from '../kept/store.ts';
import { WORDS } from '../words/words.ts';

const IDLE_S = 60;
/** The last seconds are counted aloud, so that somebody slow can say that they are still here (WCAG 2.2.1). */
const WARN_S = 20;
const SIGNS = ['pointerdown', 'keydown', 'touchstart', 'scroll'] as const;

/** On a kiosk: after a minute without a sign of anybody, everything is forgotten and the first page stands there again. */
export function KioskClock(): ReactNode {
  const { kiosk: w } = useWords(WORDS);
  const queries = useQueryClient();
  const last = useRef(Date.now());
  const [left, setLeft] = useState(IDLE_S);
  const clear = useCallback(async () => {
    queries.clear();
    forgetNumbers();
    await forgetAll();
    for (const key of Object.keys(sessionStorage)) if (key !== 'gezhi.kiosk') sessionStorage.removeItem(key);
    location.replace('/portal/?kiosk=1');
  }, [queries]);
  useEffect(() => {
    const seen = (): void => {
      last.current = Date.now();
      setLeft(IDLE_S);
    };
    for (const sign of SIGNS) addEventListener(sign, seen, { passive: true });
    const clock = setInterval(() => {
      const rest = Math.ceil(IDLE_S - (Date.now() - last.current) / 1000);
      setLeft(rest);
      if (rest <= 0) void clear();
    }, 1_000);
    return () => {
      clearInterval(clock);
      for (const sign of SIGNS) removeEventListener(sign, seen);
    };
  }, [clear]);
  return (
    <aside className="notes" aria-label={w.banner}>
      <p className="note">
        {w.banner}{' '}
        <button type="button" onClick={() => void clear()}>
          {w.done}
        </button>
      </p>
      {left <= WARN_S && (
        <div className="alert" role="alertdialog" aria-label={w.still}>
          <p>
            <strong>{w.still}</strong> {w.left(Math.max(0, left))}
          </p>
          <button type="button" className="go">
            {w.here}
          </button>
        </div>
      )}
    </aside>
  );
}
