import type { PublicCase } from '@gezhi/contract';
import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { CaseLine } from '../near/case-line.tsx';
import { WORDS } from '../words/words.ts';

/** The thing that was scanned was reported by neighbours already: “me too” is one tap. */
export function ScannedSame(props: {
  readonly name: string;
  readonly same: readonly PublicCase[];
  readonly sending: boolean;
  readonly onMeToo: (one: PublicCase) => void;
}): ReactNode {
  const { name, same, sending, onMeToo } = props;
  const w = useWords(WORDS);
  return (
    <section className="sheet" aria-labelledby="scanned">
      <h2 id="scanned">{w.report.scanned(name)}</h2>
      <ul className="cards">
        {same.map((one) => (
          <li key={one.caseId}>
            <CaseLine one={one} />
            <button type="button" className="go" disabled={sending} onClick={() => onMeToo(one)}>
              {w.report.meToo}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
