import { useMemo } from 'react';

export type By = 'street' | 'community' | 'unit' | 'kind';
export type RateName = 'response' | 'solve' | 'satisfaction';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How a grouping is asked for. */
export function groupingOf(by: By): { by: 'place' | 'unit' | 'kind'; level?: string } {
  return by === 'street' || by === 'community' ? { by: 'place', level: by } : { by };
}

/** From so many days ago to the end of the running hour, the same while the screen is open in this hour. */
export function useWindow(days: number, ago = 0): { from: string; to: string } {
  const hour = Math.ceil(Date.now() / HOUR);
  return useMemo(() => {
    const to = hour * HOUR - ago * DAY;
    return { from: new Date(to - days * DAY).toISOString(), to: new Date(to).toISOString() };
  }, [hour, days, ago]);
}
