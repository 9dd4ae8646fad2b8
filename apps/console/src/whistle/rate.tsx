import { useCall, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useOrders } from '../shared/command.ts';
import { WHISTLE_WORDS } from './words/words.ts';

const DIMENSIONS = ['speed', 'work', 'result'] as const;
const MARKS = [1, 2, 3, 4, 5] as const;

type Props = {
  readonly caseId: string;
  readonly toRate: readonly { readonly code: string; readonly name: string }[];
};

/** Three taps rate a unit: the third one sends. Units are rated, nobody else. */
export function Rate({ caseId, toRate }: Props): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const forms = useCall('getCaseForms', { params: { id: caseId } });
  const action = forms.data?.forms.find(({ act }) => act === 'rate')?.action;
  if (!action) return null;
  return (
    <section className="card" aria-labelledby="rate">
      <h2 id="rate">{w.rate3}</h2>
      {toRate.map((unit) => (
        <One key={unit.code} caseId={caseId} action={action} unit={unit} />
      ))}
    </section>
  );
}

type OneProps = { readonly caseId: string; readonly action: string; readonly unit: Props['toRate'][number] };

function One({ caseId, action, unit }: OneProps): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const orders = useOrders();
  const [marks, setMarks] = useState<Readonly<Record<string, number>>>({});
  const [problem, setProblem] = useState<string>();
  const tap = (name: string, mark: number): void => {
    const all = { ...marks, [name]: mark };
    setMarks(all);
    if (DIMENSIONS.some((one) => all[one] === undefined)) return;
    orders.mutate([{ caseId, action, input: { of: unit.code, marks: all } }], {
      onSuccess: ([outcome]) => {
        if (outcome && 'refused' in outcome) setProblem(outcome.refused.message);
      },
    });
  };
  return (
    <fieldset className="rate" disabled={orders.isPending}>
      <legend>{w.rateOf(unit.name)}</legend>
      {DIMENSIONS.map((name) => (
        <div key={name} className="rate-row">
          <span>{w.dimensions[name]}</span>
          {MARKS.map((mark) => (
            <button
              key={mark}
              type="button"
              aria-label={w.mark(w.dimensions[name] ?? name, mark)}
              aria-pressed={marks[name] === mark}
              onClick={() => tap(name, mark)}
            >
              {mark}
            </button>
          ))}
        </div>
      ))}
      {problem && (
        <p className="bad-news" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}
