import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';

/**
 * Listens to the facts of the town as they happen and asks everything shown anew, at most four times a second. Answers whether the
 * stream is open: a page that is not live says so.
 */
export function useLive(enabled = true): boolean {
  const queries = useQueryClient();
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    if (!enabled) return undefined;
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const refresh = (): void => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        void queries.invalidateQueries();
      }, 250);
    };
    const stream = new EventSource('/api/stream');
    stream.onopen = () => setOpen(true);
    stream.onerror = () => setOpen(false);
    stream.onmessage = refresh;
    stream.addEventListener('fact', refresh);
    return () => {
      clearTimeout(waiting);
      stream.close();
    };
  }, [enabled, queries]);
  return isOpen;
}
