import { useSend, useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Trouble } from '../shell/trouble.tsx';
import { FOLLOW_WORDS } from '../words/follow/words.ts';
import type { Key } from './key.ts';

const ASKED = {
  contacted: ['yes', 'no', 'noAnswer'],
  solved: ['yes', 'partly', 'no', 'noAnswer'],
  satisfied: ['satisfied', 'basically', 'dissatisfied', 'noAnswer'],
} as const;
type Asked = typeof ASKED;
type Answers = { readonly [Q in keyof Asked]?: Asked[Q][number] };

/** The three questions of the callback, answered by the requester themselves. */
export function Questions(props: { readonly of: Key; readonly onDone: () => void }): ReactNode {
  const { of, onDone } = props;
  const w = useWords(FOLLOW_WORDS);
  const [id] = useState(newId);
  const [answers, setAnswers] = useState<Answers>({});
  const [missing, setMissing] = useState(false);
  const send = useSend('answerQuestions');
  const { contacted, solved, satisfied } = answers;
  const on = (event: FormEvent): void => {
    event.preventDefault();
    setMissing(!(contacted && solved && satisfied));
    if (!contacted || !solved || !satisfied) return;
    const body = { id, contacted, solved, satisfied };
    send.mutate({ params: { number: of.number }, query: { code: of.code }, body }, { onSuccess: onDone });
  };
  const choose = (part: Answers): void => setAnswers({ ...answers, ...part });
  if (send.isSuccess) {
    return (
      <p className="good" role="status">
        {w.answered}
      </p>
    );
  }
  return (
    <section className="sheet" aria-labelledby="ask">
      <h2 id="ask">{w.ask}</h2>
      <p className="lead">{w.askLead}</p>
      <form onSubmit={on} noValidate>
        <Question name="contacted" chosen={contacted} onChoose={(contacted) => choose({ contacted })} />
        <Question name="solved" chosen={solved} onChoose={(solved) => choose({ solved })} />
        <Question name="satisfied" chosen={satisfied} onChoose={(satisfied) => choose({ satisfied })} />
        {missing && (
          <p className="error" role="alert">
            {w.answerMissing}
          </p>
        )}
        {send.error && <Trouble error={send.error} />}
        <button type="submit" className="go" disabled={send.isPending}>
          {w.answer}
        </button>
      </form>
    </section>
  );
}

function Question<Q extends keyof Asked>(props: {
  readonly name: Q;
  readonly chosen: Asked[Q][number] | undefined;
  readonly onChoose: (answer: Asked[Q][number]) => void;
}): ReactNode {
  const { name, chosen, onChoose } = props;
  const w = useWords(FOLLOW_WORDS);
  const said: Readonly<Record<string, string>> = w.answers[name];
  return (
    <fieldset className="choices across">
      <legend>{w[name]}</legend>
      {ASKED[name].map((answer) => (
        <label key={answer}>
          <input type="radio" name={name} checked={chosen === answer} onChange={() => onChoose(answer)} />
          <span>{said[answer]}</span>
        </label>
      ))}
    </fieldset>
  );
}
