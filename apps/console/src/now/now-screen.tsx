import { sayCount, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { SHELL_WORDS } from '../words/words.ts';

/** The room's name, and the first number of it. */
export function NowScreen(): ReactNode {
  const { language } = useLanguage();
  const w = useWords(SHELL_WORDS);
  const town = useCall('getTown', {});
  const number = Object.values(town.data?.now ?? {}).reduce((sum, count) => sum + count, 0);
  return (
    <div className="page">
      <h1>{w.rooms.now}</h1>
      {town.data && <p>{w.first.cases(sayCount(number, language))}</p>}
    </div>
  );
}
