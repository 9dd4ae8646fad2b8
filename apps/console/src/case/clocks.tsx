import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Remaining } from '../shared/remaining.tsx';
import type { Story } from './story-type.ts';
import { CASE_WORDS } from './words/words.ts';

type Clock = Story['clocks'][number];

/** Every clock: what is left, or when it stopped; pressed, it explains each stretch of its time. */
export function Clocks({ story }: { readonly story: Story }): ReactNode {
  const w = useWords(CASE_WORDS);
  const [shown, setShown] = useState<Clock>();
  if (story.clocks.length === 0) return null;
  return (
    <section className="card" aria-labelledby="clocks">
      <h2 id="clocks">{w.sections.clocks}</h2>
      <ul className="clock-list">
        {story.clocks.map((clock) => (
          <li key={clock.clock}>
            <span>{clock.name}</span>
            <State clock={clock} />
            {clock.spans.length > 0 && (
              <button type="button" className="bare" onClick={() => setShown(clock)}>
                {w.explain}
              </button>
            )}
          </li>
        ))}
      </ul>
      {shown && <Drawer clock={shown} onClose={() => setShown(undefined)} />}
    </section>
  );
}

function State({ clock }: { readonly clock: Clock }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const { dueAt, stoppedAt, isPast, isProvisional, boundBy } = clock;
  if (stoppedAt) {
    const at = sayMoment(stoppedAt, language);
    return (
      <span className={isPast ? 'late-text' : 'soft'}>{isPast ? w.stoppedLate(at) : w.stopped(at)}</span>
    );
  }
  if (!dueAt) return <span className="soft">{w.noTerm}</span>;
  return (
    <span>
      <Remaining dueAt={dueAt} /> <small>{sayMoment(dueAt, language)}</small>
      {isProvisional && <small> · {w.provisional}</small>}
      {boundBy && <small> · {w.boundBy(boundBy)}</small>}
    </span>
  );
}

/** The stretches of a clock, from its start to its end, each with its reason. */
function Drawer({ clock, onClose }: { readonly clock: Clock; readonly onClose: () => void }): ReactNode {
  const w = useWords(CASE_WORDS);
  const { language } = useLanguage();
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => dialog.current?.showModal(), []);
  return (
    <dialog ref={dialog} className="sheet-dialog drawer" aria-labelledby="clock-title" onClose={onClose}>
      <h2 id="clock-title">{w.clockTitle(clock.name)}</h2>
      <p>
        {w.started} <b>{sayMoment(clock.startedAt, language)}</b>
        {clock.dueAt && (
          <>
            {' '}
            · {w.due} <b>{sayMoment(clock.dueAt, language)}</b>
          </>
        )}
      </p>
      <ol className="spans">
        {clock.spans.map((span) => (
          <li key={span}>{span}</li>
        ))}
      </ol>
      <form method="dialog">
        <button type="submit" className="button">
          {w.form.close}
        </button>
      </form>
    </dialog>
  );
}
