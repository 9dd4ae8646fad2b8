import type { WhatIsRead } from '@gezhi/contract';
import { useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { WORDS } from '../words/words.ts';
import type { Draft } from './draft.ts';

/** Which kind it was read as, to be set right, and what that kind asks beside the words. All may be left out. */
export function KindQuestions(props: {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly read: WhatIsRead | undefined;
}): ReactNode {
  const { draft, change, read } = props;
  const { language } = useLanguage();
  const w = useWords(WORDS);
  const guide = useCall('getGuide', { query: {} }, { staleTime: 3_600_000 });
  const code = draft.kind ?? read?.kind?.code;
  const questions = guide.data?.asks.find(({ kind }) => kind === code)?.questions ?? [];
  const answers = draft.asked ?? [];
  const answer = (question: string, text: string): void =>
    change({
      asked: [...answers.filter((one) => one.question !== question), { question, answer: text }],
    });
  return (
    <>
      <label htmlFor="kind">
        {w.report.kind}
        {w.optional}
      </label>
      <select
        id="kind"
        value={draft.kind ?? ''}
        onChange={(event) => change({ kind: event.target.value || undefined, asked: [] })}
      >
        <option value="">
          {read?.kind ? w.report.kindRead(read.kind.name[language]) : w.report.kindUnsure}
        </option>
        {guide.data?.kinds.map((kind) => (
          <option key={kind.code} value={kind.code}>
            {kind.name[language]}
          </option>
        ))}
      </select>
      {questions.map((question, i) => (
        <div key={question.zh}>
          <label htmlFor={`ask-${i}`}>
            {question[language]}
            {w.optional}
          </label>
          <input
            id={`ask-${i}`}
            type="text"
            maxLength={200}
            value={answers.find((one) => one.question === question[language])?.answer ?? ''}
            onChange={(event) => answer(question[language], event.target.value)}
          />
        </div>
      ))}
    </>
  );
}
