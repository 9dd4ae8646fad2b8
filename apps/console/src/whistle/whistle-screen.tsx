import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { SHELL_WORDS } from '../words/words.ts';

export function WhistleScreen(): ReactNode {
  const w = useWords(SHELL_WORDS);
  return (
    <div className="page">
      <h1>{w.rooms.whistles}</h1>
    </div>
  );
}
