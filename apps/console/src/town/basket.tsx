import { type Answer, sayCount, sayMoment, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { Link } from 'wouter';
import { type Item, type Sort, titleOf } from './fields.ts';
import { TOWN_WORDS } from './town-words.ts';
import { useSay } from './use-say.ts';

/** A change that was put into the basket; `record` null: it ends. */
export type Change = { readonly sort: Sort; readonly code: string; readonly record: Item | null };

type Props = {
  readonly changes: readonly Change[];
  readonly onDrop: (change: Change) => void;
  readonly onSaved: () => void;
};

/** Changes that belong together: previewed against the cases of the last 30 days, then made to hold, with a reason, all or none. */
export function Basket({ changes, onDrop, onSaved }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const say = useSay();
  const preview = useSend('previewRecords');
  const save = useSend('editRecords');
  const [seen, setSeen] = useState<readonly Change[]>();
  const body = changes as never;
  const look = (): void =>
    preview.mutate({ query: {}, body: { changes: body } }, { onSuccess: () => setSeen(changes) });
  const isSeen = seen === changes && preview.data !== undefined;
  const keep = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get('reason'));
    save.mutate(
      { query: {}, body: { id: crypto.randomUUID(), reason, changes: body } },
      { onSuccess: onSaved },
    );
  };
  const error = preview.error ?? save.error;
  return (
    <section className="panel basket">
      <h2>{w.basket}</h2>
      {changes.length === 0 && <p className="soft">{save.data ? w.saved : w.basketNone}</p>}
      <ul className="rows">
        {changes.map((change) => (
          <li key={`${change.sort}/${change.code}`}>
            <span className="grow">
              {w.sorts[change.sort]}{' '}
              {change.record ? titleOf(change.sort, change.record, say).title : change.code}
              <small>{change.record ? titleOf(change.sort, change.record, say).more : w.end}</small>
            </span>
            <button type="button" className="button" onClick={() => onDrop(change)}>
              {w.drop}
            </button>
          </li>
        ))}
      </ul>
      {changes.length > 0 && (
        <button type="button" className="button go" onClick={look} disabled={preview.isPending}>
          {preview.isPending ? w.previewing : w.preview}
        </button>
      )}
      {error && (
        <p role="alert" className="late">
          {error.message} {error.remedy}
        </p>
      )}
      {isSeen && changes.length > 0 && (
        <>
          <Preview preview={preview.data} />
          {!preview.data.problems.some(({ severity }) => severity === 'error') && (
            <form onSubmit={keep} className="basket-save">
              <label>
                {w.reason}
                <input name="reason" required maxLength={500} />
              </label>
              <button type="submit" className="button go" disabled={save.isPending}>
                {w.save}
              </button>
            </form>
          )}
        </>
      )}
    </section>
  );
}

function Preview({ preview }: { readonly preview: Answer<'previewRecords'> }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const { problems, rerouted, redated, looked, changes } = preview;
  const say = (n: number): string => sayCount(n, language);
  const hasTerms = changes.some(({ sort }) => sort === 'kind' || sort === 'day');
  return (
    <div role="status">
      <h3>{problems.length > 0 ? w.problems : w.noProblems}</h3>
      <ul>
        {problems.map(({ problem, zh, severity }) => (
          <li key={problem} className={severity === 'error' ? 'late' : undefined}>
            {w.severity[severity]}: {language === 'zh' ? (zh ?? problem) : problem}
          </li>
        ))}
      </ul>
      <h3>
        {rerouted.length > 0 ? w.rerouted(say(rerouted.length), say(looked)) : w.noRerouted(say(looked))}
      </h3>
      <Moves rerouted={rerouted} />
      {hasTerms && (
        <>
          <h3>{redated.length > 0 ? w.redated(say(redated.length)) : w.noRedated}</h3>
          <Cases
            cases={redated.map(({ caseId, kind, was, would }) => ({
              caseId,
              kind,
              more: `${sayMoment(was, language)} → ${sayMoment(would, language)}`,
            }))}
          />
        </>
      )}
    </div>
  );
}

type Moved = Answer<'previewRecords'>['rerouted'];

/** From which unit to which, and how many; behind each the cases themselves. */
function Moves({ rerouted }: { readonly rerouted: Moved }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const name = useSay();
  const unit = (code: string | undefined): string => (code ? name(code) : w.nobody);
  const pairs = Map.groupBy(rerouted, ({ was, would }) => `${unit(was)} → ${unit(would)}`);
  return [...pairs].map(([pair, cases]) => (
    <details key={pair} open={pairs.size === 1}>
      <summary>
        {pair} <b>{w.moves(sayCount(cases.length, language))}</b>
      </summary>
      <Cases cases={cases.map(({ caseId, kind, place }) => ({ caseId, kind, more: name(place) }))} />
    </details>
  ));
}

type Listed = { readonly caseId: string; readonly kind: string; readonly more: string };
const CASES_AT_ONCE = 20;

function Cases({ cases }: { readonly cases: readonly Listed[] }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const name = useSay();
  const [shown, setShown] = useState(CASES_AT_ONCE);
  return (
    <>
      <ul className="rows">
        {cases.slice(0, shown).map(({ caseId, kind, more }) => (
          <li key={caseId}>
            <Link href={`~/console/cases/${caseId}`} className="grow">
              {name(kind)} <small>{more}</small>
            </Link>
          </li>
        ))}
      </ul>
      {cases.length > shown && (
        <button type="button" className="button" onClick={() => setShown(shown + CASES_AT_ONCE)}>
          {w.more}
        </button>
      )}
    </>
  );
}
