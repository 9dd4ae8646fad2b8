import type { WhatIsRead } from '@gezhi/contract';
import { useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';

/** “This is an emergency: call”: by the words that the scene names, with the numbers as keys to press. */
export function DangerNote({ danger }: { readonly danger: NonNullable<WhatIsRead['danger']> }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  return (
    <div className="danger" role="alert">
      <p>
        <strong>{w.report.danger(danger.call.join(language === 'zh' ? '、' : ', '))}</strong>{' '}
        {danger.names.map((name) => name[language]).join(language === 'zh' ? '、' : ', ')}
      </p>
      <p>{w.report.dangerLead}</p>
      <p className="go-row">
        {danger.call.map((number) => (
          <a key={number} className="button call" href={`tel:${number}`}>
            {number}
          </a>
        ))}
      </p>
    </div>
  );
}
