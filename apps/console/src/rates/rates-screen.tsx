import { sayCount, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { SHELL_WORDS } from '../words/words.ts';

/** The room's name, and the first number of it. */
export function RatesScreen(): ReactNode {
  const { language } = useLanguage();
  const w = useWords(SHELL_WORDS);
  const town = useCall('getTown', {});
  const number = town.data?.units.length ?? 0;
  return (
    <div className="page">
      <h1>{w.rooms.rates}</h1>
      {town.data && <p>{w.first.units(sayCount(number, language))}</p>}
    </div>
  );
}
