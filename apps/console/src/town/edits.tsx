import { sayMoment, useCall, useLanguage, useSend, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { TOWN_WORDS } from './town-words.ts';

/** What was changed by hand, by which post and why; each can be taken back as long as nobody changed the same again. */
export function Edits(): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const edits = useCall('listEdits', { query: {} });
  const undo = useSend('undoRecords');
  const undone = new Set(edits.data?.edits.flatMap(({ undoes }) => undoes ?? []));
  const takeBack = (edit: string): void =>
    undo.mutate({ params: { edit }, query: {}, body: { id: crypto.randomUUID(), reason: w.undoReason } });
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
              <button type="button" className="button" onClick={() => takeBack(id)} disabled={undo.isPending}>
                {w.undo}
              </button>
            )}
          </li>
        ))}
      </ol>
    </section>
  );
}
