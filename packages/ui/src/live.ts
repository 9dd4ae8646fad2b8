import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';

/** Facts are gathered for so long before anything is asked: a burst of them costs one question. */
const GATHER_MS = 250;
/** What is kept longer than this (the town, its kinds, its outlines) does not change with a case. */
const SETTLED_MS = 60_000;

type Cases = ReadonlySet<string>;
const LISTENERS = new Set<(cases: Cases) => void>();

/**
 * Listens to the facts of the town as they happen. Of what is shown, a case is asked anew only where something happened to it; lists and
 * numbers are asked anew by the first fact, and again when they have answered, so that a slow service is asked no faster than it answers.
 * A query with `meta: {live: 'self'}` is left to whoever listens by `useChanged`. Answers whether the stream is open: a page that is not
 * live says so.
 */
export function useLive(enabled = true): boolean {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!enabled) return undefined;
    const heard = new Set<string>();
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const ask = async (): Promise<void> => {
      const cases = new Set(heard);
      heard.clear();
      for (const listener of LISTENERS) listener(cases);
      await queries.invalidateQueries({ predicate: (query) => concerns(query, cases) });
      waiting = heard.size > 0 && !isOver ? setTimeout(ask, GATHER_MS) : undefined;
    };
    const stream = new EventSource('/api/stream');
    stream.onopen = () => setOpen(true);
    stream.onerror = () => setOpen(false);
    stream.addEventListener('fact', ({ data }: MessageEvent<string>) => {
      heard.add((JSON.parse(data) as { readonly caseId: string }).caseId);
      waiting ??= setTimeout(ask, GATHER_MS);
    });
    return () => {
      isOver = true;
      clearTimeout(waiting);
      stream.close();
    };
  }, [enabled, queries]);
  return isOpen;
}

/** Calls `onChange` with the cases to which something happened. */
export function useChanged(onChange: (cases: Cases) => void): void {
  const latest = useRef(onChange);
  latest.current = onChange;
  useEffect(() => {
    const listener = (cases: Cases): void => latest.current(cases);
    LISTENERS.add(listener);
    return () => {
      LISTENERS.delete(listener);
    };
  }, []);
}

/** Whether something that is shown may be another after facts of these cases. */
function concerns({ queryKey, meta, observers }: Query, cases: Cases): boolean {
  if (meta?.live === 'self') return false;
  const [, args] = queryKey as readonly [string, { readonly params?: { readonly id?: string } }?];
  const about = args?.params?.id;
  if (about !== undefined) return cases.has(about);
  return observers.some(({ options: { staleTime } }) => !(Number(staleTime) >= SETTLED_MS));
}
