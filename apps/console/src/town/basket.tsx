import { type Answer, sayCount, useLanguage, useSend, useWords } from '@gezhi/ui';
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

const MOVED_SHOWN = 20;

function Preview({ preview }: { readonly preview: Answer<'previewRecords'> }): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const { problems, rerouted, looked } = preview;
  const say = (n: number): string => sayCount(n, language);
  const name = useSay();
  const unit = (code: string | undefined): string => (code ? name(code) : w.nobody);
  return (
    <div role="status">
      <h3>{problems.length > 0 ? w.problems : w.noProblems}</h3>
      <ul>
        {problems.map(({ problem, severity }) => (
          <li key={problem} className={severity === 'error' ? 'late' : undefined}>
            {w.severity[severity]}: {problem}
          </li>
        ))}
      </ul>
      <h3>
        {rerouted.length > 0 ? w.rerouted(say(rerouted.length), say(looked)) : w.noRerouted(say(looked))}
      </h3>
      <ul className="rows">
        {rerouted.slice(0, MOVED_SHOWN).map(({ caseId, kind, was, would }) => (
          <li key={caseId}>
            <Link href={`~/console/cases/${caseId}`} className="grow">
              {name(kind)}
              <small>
                {unit(was)} → {unit(would)}
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
