import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { ROOMS } from '../rooms.tsx';
import { isTyping } from '../shared/is-typing.ts';

type Shortcuts = { readonly onHelp: () => void; readonly onFold: () => void };

/** How long after `g` the second key may come. */
const SECOND_KEY_MS = 1200;

/** The keys that hold everywhere: `?`, `[`, and `g` with a room's letter. Keys in a field are the field's. */
export function useShellKeys(shortcuts: Shortcuts): void {
  const [, go] = useLocation();
  const latest = useRef(shortcuts);
  latest.current = shortcuts;
  useEffect(() => {
    let goUntil = 0;
    const press = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (event.key === '?') latest.current.onHelp();
      else if (event.key === '[') latest.current.onFold();
      else if (event.key === 'g') goUntil = event.timeStamp + SECOND_KEY_MS;
      else if (event.timeStamp < goUntil) {
        goUntil = 0;
        const room = ROOMS.find(({ key }) => key === event.key);
        if (!room) return;
        go(room.path);
      } else return;
      event.preventDefault();
    };
    // In the capture phase, so that the second key of two is not also a key of the room.
    addEventListener('keydown', press, { capture: true });
    return () => removeEventListener('keydown', press, { capture: true });
  }, [go]);
}
