import type { OutsidePoint } from '@gezhi/ui';
import { useCallback, useEffect, useState } from 'react';

/** A call as far as it is written. `id` makes sending twice harmless; `startedAt` is when the first letter was typed. */
export type Draft = {
  readonly id: string;
  readonly words: string;
  readonly callerNumber: string;
  readonly name: string;
  readonly placeText: string;
  readonly publicity: 'private' | 'public';
  /** What the seat chose; undefined where the first proposal stands. */
  readonly kind?: string | undefined;
  readonly place?: string | undefined;
  readonly outside?: OutsidePoint | undefined;
  readonly join?: string | undefined;
  readonly handOff?: string | undefined;
  readonly startedAt?: number | undefined;
};

const KEY = 'gezhi.console.draft';

/** The draft of this tab's call: it survives a reload, and closing the browser forgets it, for it holds what somebody said. */
export function useDraft(): readonly [Draft, (part: Partial<Draft>) => void, () => void] {
  const [draft, setDraft] = useState<Draft>(() => read() ?? fresh());
  useEffect(() => sessionStorage.setItem(KEY, JSON.stringify(draft)), [draft]);
  const change = useCallback((part: Partial<Draft>) => {
    setDraft((was) => ({ ...was, startedAt: was.startedAt ?? Date.now(), ...part }));
  }, []);
  const clear = useCallback(() => setDraft(fresh()), []);
  return [draft, change, clear];
}

function fresh(): Draft {
  return {
    id: crypto.randomUUID(),
    words: '',
    callerNumber: '',
    name: '',
    placeText: '',
    publicity: 'private',
  };
}

function read(): Draft | undefined {
  const text = sessionStorage.getItem(KEY);
  if (text === null) return undefined;
  try {
    return JSON.parse(text) as Draft;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
