import { useCall, useLanguage, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link, useLocation, useParams } from 'wouter';
import { useOrders } from '../shared/command.ts';
import { Empty, Loading, Trouble } from '../shell/states.tsx';
import { WHISTLE_WORDS } from './words/words.ts';

/** A street chief's two lines and the units they call, each proposed with the law that gives it its power. */
export function WhistleDraft(): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const { id = '' } = useParams<{ id: string }>();
  const needed = useCall('getWhistle', { params: { id } }, { staleTime: 60_000 });
  const story = useCall('tellCase', { params: { id } });
  if (needed.error) return <Trouble title={needed.error.message} />;
  if (!needed.data) return <Loading />;
  if (!needed.data.draft) return <Empty title={w.noRight} />;
  return (
    <div className="page narrow">
      <p>
        <Link href={`~/console/cases/${id}`}>← {story.data?.kind}</Link> <small>{story.data?.place}</small>
      </p>
      <h1>{w.draft}</h1>
      <Form caseId={id} draft={needed.data.draft} />
    </div>
  );
}

type Draft = NonNullable<NonNullable<ReturnType<typeof useCall<'getWhistle'>>['data']>['draft']>;

function Form({ caseId, draft }: { readonly caseId: string; readonly draft: Draft }): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const { language } = useLanguage();
  const [, go] = useLocation();
  const orders = useOrders();
  const [kind, setKind] = useState(draft.kinds[0]?.code ?? '');
  const [words, setWords] = useState('');
  const [units, setUnits] = useState<readonly string[]>([]);
  const [problem, setProblem] = useState<string>();
  const toggle = (unit: string): void =>
    setUnits(units.includes(unit) ? units.filter((one) => one !== unit) : [...units, unit]);
  const send = (event: FormEvent): void => {
    event.preventDefault();
    if (units.length === 0) {
      setProblem(w.pickOne);
      return;
    }
    const input = { children: [{ kind, words: words.trim(), units }] };
    orders.mutate([{ caseId, action: draft.action, input }], {
      onSuccess: ([outcome]) => {
        if (outcome && 'refused' in outcome)
          setProblem(`${outcome.refused.message} ${outcome.refused.remedy}`);
        else if (outcome) go(`/${outcome.done.children?.[0] ?? ''}`);
      },
    });
  };
  return (
    <form className="schema-form" onSubmit={send}>
      <fieldset className="schema-radios">
        <legend>{w.kind}</legend>
        {draft.kinds.map(({ code, label }) => (
          <label key={code}>
            <input type="radio" name="kind" checked={kind === code} onChange={() => setKind(code)} />
            {label[language]}
          </label>
        ))}
      </fieldset>
      <label className="schema-field">
        <span>
          {w.words} <small>{w.wordsHelp}</small>
        </span>
        <textarea
          className="field wide"
          rows={3}
          required
          maxLength={4000}
          value={words}
          onChange={(event) => setWords(event.target.value)}
        />
      </label>
      <fieldset className="schema-group">
        <legend>{draft.proposed.length > 0 ? w.proposed : w.noneProposed}</legend>
        {draft.proposed.map(({ code, name, grounds }) => (
          <label key={code} className={units.includes(code) ? 'pick called on' : 'pick called'}>
            <input type="checkbox" checked={units.includes(code)} onChange={() => toggle(code)} />
            <span>
              <b>{name}</b>
              {grounds.map(({ role, basis }) => (
                <small key={`${role} ${basis}`}>
                  {role} · {basis}
                </small>
              ))}
            </span>
          </label>
        ))}
      </fieldset>
      <Others draft={draft} units={units} onToggle={toggle} />
      {problem && (
        <p className="bad-news" role="alert">
          {problem}
        </p>
      )}
      <button type="submit" className="button go" disabled={orders.isPending}>
        {w.send(units.length)}
      </button>
    </form>
  );
}

function Others(props: {
  readonly draft: Draft;
  readonly units: readonly string[];
  readonly onToggle: (unit: string) => void;
}): ReactNode {
  const w = useWords(WHISTLE_WORDS);
  const { draft, units, onToggle } = props;
  return (
    <details>
      <summary>{w.others}</summary>
      <div className="other-units">
        {draft.others.map(({ code, name }) => (
          <label key={code} className="check">
            <input type="checkbox" checked={units.includes(code)} onChange={() => onToggle(code)} />
            {name}
          </label>
        ))}
      </div>
    </details>
  );
}
