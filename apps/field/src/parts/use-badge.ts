import type { FieldDay } from '@gezhi/contract';
import { useEffect } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { quietAt } from '../day/quiet.ts';

type WithBadge = {
  setAppBadge?(count: number): Promise<void>;
  clearAppBadge?(): Promise<void>;
};

/** How many matters are open, on the app's icon: on duty only. The app makes no sound at any time. */
export function useBadge(): void {
  const { day, now } = useKeeper();
  const count = day && !quietAt(day.duty, now).quiet ? day.cases.filter(isToDo).length : 0;
  useEffect(() => {
    const badge = navigator as WithBadge;
    const done = count > 0 ? badge.setAppBadge?.(count) : badge.clearAppBadge?.();
    done?.catch(() => {
      // A browser that shows no number on icons refuses; nothing is lost by it.
    });
  }, [count]);
}

function isToDo({ phase }: FieldDay['cases'][number]): boolean {
  return phase === 'dispatched' || phase === 'underway';
}
