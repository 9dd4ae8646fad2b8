import { sayMoment, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import { TOWN_WORDS } from './town-words.ts';

/** What was changed by hand, by which post and why; each can be taken back as long as nobody changed the same again. */
export function Edits(): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const edits = useCall('listEdits', { query: {} });
  const undo = useSend('undoRecords');
  const undone = new Set(edits.data?.edits.flatMap(({ undoes }) => undoes ?? []));
  const takeBack = (edit: string, reason: string): void =>
    undo.mutate({ params: { edit }, query: {}, body: { id: crypto.randomUUID(), reason } });
  return (
    <section className="panel">
      <h2>{w.edits}</h2>
      {edits.data?.edits.length === 0 && <p className="soft">{w.editsNone}</p>}
      {undo.error && (
        <p role="alert" className="late">
          {undo.error.message} {undo.error.remedy}
        </p>
      )}
      <ol className="rows">
        {edits.data?.edits.map(({ id, at, post, reason, changes, undoes }) => (
          <li key={id}>
            <span className="grow">
              {reason} <small>{changes.map(({ code }) => code).join(' ')}</small>
              <small>
                {sayMoment(at, language)} · {post}
                {undoes && ` · ${w.undone(undoes.slice(0, 8))}`}
              </small>
            </span>
            {!undone.has(id) && (
              <TakeBack isBusy={undo.isPending} onReason={(given) => takeBack(id, given)} />
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}

type TakeBackProps = { readonly isBusy: boolean; readonly onReason: (reason: string) => void };

/** A change is taken back as it was made: with a reason that stays. */
function TakeBack({ isBusy, onReason }: TakeBackProps): ReactNode {
  const w = useWords(TOWN_WORDS);
  const [isAsking, setAsking] = useState(false);
  if (!isAsking) {
    return (
      <button type="button" className="button" onClick={() => setAsking(true)}>
        {w.undo}
      </button>
    );
  }
  const send = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    onReason(String(new FormData(event.currentTarget).get('reason')));
    setAsking(false);
  };
  return (
    <form className="basket-save" onSubmit={send}>
      <label>
        {w.undoReason}
        <input name="reason" required maxLength={500} />
      </label>
      <button type="submit" className="button go" disabled={isBusy}>
        {w.undoNow}
      </button>
    </form>
  );
}
