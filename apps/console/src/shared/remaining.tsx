import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useSyncExternalStore } from 'react';
import { CASE_WORDS } from '../case/words/words.ts';

const TICK_MS = 30_000;
let now = Date.now();

/** What time it is, to half a minute; everything that shows it moves on together. */
export function useNow(): number {
  return useSyncExternalStore(watchTime, () => now);
}

function watchTime(onChange: () => void): () => void {
  now = Date.now();
  const timer = setInterval(() => {
    now = Date.now();
    onChange();
  }, TICK_MS);
  return () => clearInterval(timer);
}

const HOUR = 3_600_000;
/** What runs out within this many hours is shown as waiting. */
const SOON_MS = 4 * HOUR;

type Props = { readonly dueAt: string; readonly clock?: string | undefined };

/** How much time is left, or how long ago it ran out: a word, and a colour that says no more than the word. */
export function Remaining({ dueAt, clock }: Props): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const left = new Date(dueAt).getTime() - useNow();
  const tone = left <= 0 ? 'late' : left < SOON_MS ? 'soon' : 'calm';
  return (
    <span className={`remaining ${tone}`} title={sayMoment(dueAt, language)}>
      {clock && <small>{clock}</small>} {left > 0 ? w.left(sayLength(left, w)) : w.over(sayLength(-left, w))}
    </span>
  );
}

type Units = {
  readonly days: (n: number) => string;
  readonly hours: (n: number) => string;
  readonly minutes: (n: number) => string;
};

/** A length in its two greatest units. */
export function sayLength(ms: number, w: { readonly length: Units }): string {
  const minutes = Math.max(1, Math.floor(ms / 60_000));
  const [d, h, m] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  if (d > 0) return [w.length.days(d), h > 0 && d < 10 && w.length.hours(h)].filter(Boolean).join(' ');
  if (h > 0) return [w.length.hours(h), m > 0 && h < 6 && w.length.minutes(m)].filter(Boolean).join(' ');
  return w.length.minutes(m);
}
