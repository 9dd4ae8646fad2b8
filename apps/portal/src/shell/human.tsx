import { useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';

/** One key to a person: the number that the scene names. */
export function Human(): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { data } = useCall('getGuide', { query: {} }, { staleTime: 3_600_000 });
  if (!data?.human) return null;
  const { phone, name } = data.human;
  return (
    <a className="button" href={`tel:${phone}`} title={w.callHuman(phone)}>
      {w.human} {phone} <span className="hidden">{name[language]}</span>
    </a>
  );
}
