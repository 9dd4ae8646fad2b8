import { useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { Link, useParams } from 'wouter';
import { CasePaper } from './case-paper.tsx';
import { CASE_WORDS } from './words/words.ts';

/** One case on a page of its own. */
export function CaseScreen(): ReactNode {
  const w = useWords(CASE_WORDS);
  const { id = '' } = useParams<{ id: string }>();
  return (
    <div className="page case-page">
      <p>
        <Link href="/queue">← {w.back}</Link>
      </p>
      <CasePaper key={id} caseId={id} isWhole />
    </div>
  );
}
