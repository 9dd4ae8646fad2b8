import type { PublicCase } from '@gezhi/contract';
import { sayDay, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';

/** A public case in a line or two: its kind, its road, since when, how far it is; voices where they are five or more. */
export function CaseLine(props: { readonly one: PublicCase; readonly isHeaded?: boolean }): ReactNode {
  const { one, isHeaded = false } = props;
  const { language } = useLanguage();
  const { line } = useWords(WORDS);
  const { kind, where, since, state, voices, metres, unit, text } = one;
  return (
    <div className="line">
      {!isHeaded && <strong>{kind.name[language]}</strong>} <span>{where}</span>
      <p className="hint">
        {[
          line.since(sayDay(since, language)),
          state[language],
          unit,
          voices === undefined ? undefined : line.voices(voices),
          metres === undefined ? undefined : line.metres(metres),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      {text && <p>{text}</p>}
    </div>
  );
}
