import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link, useLocation } from 'wouter';
import { useKeeper } from '../day/keeper.tsx';
import { unsettled } from '../outbox/outbox.ts';
import { WORDS } from '../words/words.ts';
import { Icon, type IconName } from './icon.tsx';

const ITEMS = [
  { to: '/', icon: 'tasks', name: 'tasks' },
  { to: '/rounds', icon: 'rounds', name: 'rounds' },
  { to: '/report', icon: 'report', name: 'report' },
  { to: '/outbox', icon: 'outbox', name: 'outbox' },
  { to: '/me', icon: 'me', name: 'me' },
] as const satisfies readonly { to: string; icon: IconName; name: string }[];

/** The five pages, at the foot of the screen where a thumb is. */
export function Nav(): ReactNode {
  const w = useWords(WORDS);
  const [at] = useLocation();
  const { entries } = useKeeper();
  const waiting = unsettled(entries);
  const asks = waiting.some(({ state }) => state === 'conflict');
  return (
    <nav className="foot" aria-label={w.nav.label}>
      {ITEMS.map(({ to, icon, name }) => (
        <Link
          key={to}
          to={to}
          aria-current={isAt(at, to) ? 'page' : undefined}
          className={name === 'report' ? 'go' : ''}
        >
          <Icon name={icon} />
          <span>{w.nav[name]}</span>
          {name === 'outbox' && waiting.length > 0 && (
            <b className={asks ? 'count late' : 'count'}>{waiting.length}</b>
          )}
        </Link>
      ))}
    </nav>
  );
}

function isAt(at: string, to: string): boolean {
  return to === '/' ? at === '/' || at.startsWith('/case/') : at.startsWith(to);
}
