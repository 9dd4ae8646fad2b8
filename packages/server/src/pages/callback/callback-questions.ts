import { type CallbackAnswer, LABELS, type Label } from '@gezhi/cases';
import { choiceField, type Sent } from '../kit/fields.ts';
import type { Html } from '../kit/html.ts';
import type { Visit } from '../kit/visit.ts';

const QUESTIONS = ['contacted', 'solved', 'satisfied', 'coached'] as const;
export type Question = (typeof QUESTIONS)[number];

/** The three questions and the one that may be left out; nothing is chosen beforehand. */
export function callbackQuestions({ w, lang }: Visit, sent: Sent, prefix = ''): readonly Html[] {
  return QUESTIONS.map((name) =>
    choiceField({
      name,
      label: w.callback.questions[name],
      prefix,
      inline: true,
      chosen: [sent.get(name)],
      options: answersTo(name).map(([value, label]) => ({ value, label: label[lang] })),
      ...(name === 'coached' ? { hint: w.callback.coachedHint } : {}),
    }),
  );
}

/** What a form says, where the three questions are all answered by an answer that there is. */
export function readCallback(sent: Sent): CallbackAnswer | undefined {
  const contacted = codeIn(LABELS.contacted, sent.get('contacted'));
  const solved = codeIn(LABELS.solved, sent.get('solved'));
  const satisfied = codeIn(LABELS.satisfied, sent.get('satisfied'));
  const coached = codeIn(LABELS.coached, sent.get('coached'));
  if (!contacted || !solved || !satisfied) return undefined;
  return { contacted, solved, satisfied, ...(coached ? { coached } : {}) };
}

/** The answers to a question, as they are read out and printed. */
export function answersTo(name: Question): readonly (readonly [string, Label])[] {
  return Object.entries(LABELS[name]);
}

function codeIn<K extends string>(record: Readonly<Record<K, unknown>>, text: string): K | undefined {
  return (Object.keys(record) as K[]).find((code) => code === text);
}
