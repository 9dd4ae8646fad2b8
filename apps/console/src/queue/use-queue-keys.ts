import { useEffect, useRef } from 'react';
import { useLocation } from 'wouter';
import { isTyping } from '../shared/is-typing.ts';
import type { Row } from './put-rows.ts';

type Props = {
  readonly rows: readonly Row[];
  readonly shown: string | undefined;
  readonly onShow: (caseId: string) => void;
  readonly onToggle: (caseId: string) => void;
};

/** j, k, Enter, x and / in the queue; they do what the mouse does. */
export function useQueueKeys(props: Props): void {
  const latest = useRef(props);
  latest.current = props;
  const [, go] = useLocation();
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const { rows, shown, onShow, onToggle } = latest.current;
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey) return;
      if (isTyping(event.target) || document.querySelector('dialog[open]')) return;
      const at = rows.findIndex(({ caseId }) => caseId === shown);
      const step = { j: 1, k: -1 }[event.key];
      const next = step && rows[Math.max(0, at + step)];
      if (next) onShow(next.caseId);
      else if (event.key === 'x' && shown) onToggle(shown);
      else if (event.key === '/') document.querySelector<HTMLInputElement>('.queue-search')?.focus();
      else if (event.key === 'Enter' && shown && isOnList(event.target)) go(`~/console/cases/${shown}`);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [go]);
}

/** Whether nothing else takes the key: neither a button nor a link, but the page or the row that is shown. */
function isOnList(target: EventTarget | null): boolean {
  return (
    target === document.body || (target instanceof Element && target.matches('.window, .here > button, main'))
  );
}
