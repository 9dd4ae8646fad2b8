import type { FieldCase } from '@gezhi/contract';
import { sayMoment, useClient, useLanguage, useWords } from '@gezhi/ui';
import { newId } from '@gezhi/ui/device';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { caseNow } from '../outbox/deliver.ts';
import type { Entry } from '../outbox/entry.ts';
import { sayDeed } from '../outbox/say-deed.ts';
import { heldTogether, keepAsNote, keepMine, keepTheirs, waysOut } from '../outbox/ways-out.ts';
import { WORDS } from '../words/words.ts';

/** Mine and theirs, side by side, and which to keep. */
export function ConflictCard({ entry }: { readonly entry: Entry }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { conflict } = entry;
  const { entries } = useKeeper();
  const held = heldTogether(entries, entry);
  const { theirs, asked } = useTheirs(entry);
  const isCase = 'caseId' in entry.deed;
  return (
    <article className="conflict" aria-label={entry.about[language]}>
      <h3>{entry.about[language]}</h3>
      <div className="sides">
        <section>
          <h4>{w.outbox.mine}</h4>
          {held.map(({ id, deed }) => (
            <p key={id}>{sayDeed(deed, language)}</p>
          ))}
          <p className="hint">{w.outbox.did(sayMoment(entry.at, language))}</p>
        </section>
        <section>
          <h4>{w.outbox.theirs}</h4>
          {isCase && theirs && <Theirs entry={entry} theirs={theirs} />}
          {isCase && !theirs && <p>{asked ? w.outbox.theirsGone : w.outbox.theirsUnknown}</p>}
          {conflict && conflict.code !== 'stale' && (
            <p>
              {conflict.detail || conflict.title} <small>{conflict.remedy}</small>
            </p>
          )}
        </section>
      </div>
      <Choice held={held} theirs={theirs} />
    </article>
  );
}

/** What happened since the worker had last seen the case. */
function Theirs({ entry, theirs }: { readonly entry: Entry; readonly theirs: FieldCase }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const since = theirs.story.filter(({ seq }) => seq > (entry.seen ?? 0));
  return (
    <>
      {since.length === 0 && <p>{w.outbox.nothingSince}</p>}
      <ul className="since">
        {since.map(({ seq, at, say, by, words }) => (
          <li key={seq}>
            <span>
              {say[language]}
              {by && <small> · {by}</small>}
            </span>
            {words && <q>{words}</q>}
            <time dateTime={at}>{sayMoment(at, language)}</time>
          </li>
        ))}
      </ul>
      <p>
        <strong>{w.outbox.theirsNow(theirs.stateLabel[language])}</strong>
      </p>
    </>
  );
}

type ChoiceProps = {
  readonly held: readonly Entry[];
  readonly theirs: FieldCase | undefined;
};

function Choice({ held, theirs }: ChoiceProps): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day, replace } = useKeeper();
  const [sure, setSure] = useState(false);
  const process = day?.processes.find(({ scene }) => scene === theirs?.scene);
  const { again, note } = waysOut(held, process, theirs);
  const keep = (by: readonly Entry[]): void =>
    void replace(
      held.filter(({ state }) => state === 'conflict'),
      by,
    );
  const asNote = (): void => {
    if (!note || !theirs) return;
    const done = held
      .flatMap(({ deed }) => (deed.do === 'photo' ? [] : [sayDeed(deed, language)]))
      .join(w.outbox.andThen);
    const words = w.outbox.noteText(done, sayMoment(held[0]?.at ?? 0, language));
    keep(keepAsNote(held, note, theirs, words, { id: newId(), now: Date.now() }));
  };
  return (
    <fieldset className="keep">
      <legend>{w.outbox.ask}</legend>
      {again && (
        <button type="button" onClick={() => keep(keepMine(held, theirs))}>
          {w.outbox.again}
        </button>
      )}
      {note && theirs && (
        <button type="button" onClick={asNote}>
          {w.outbox.note}
        </button>
      )}
      <button type="button" onClick={() => (sure ? keep(keepTheirs(held, Date.now())) : setSure(true))}>
        {sure ? w.outbox.dropSure : w.outbox.drop}
      </button>
    </fieldset>
  );
}

/** The case as it stands: as it was told with the refusal, and anew each time there is a network again. */
function useTheirs(entry: Entry): { readonly theirs: FieldCase | undefined; readonly asked: boolean } {
  const api = useClient();
  const { online } = useKeeper();
  const [told, setTold] = useState<{ theirs: FieldCase | undefined }>();
  const latest = useRef(entry);
  latest.current = entry;
  useEffect(() => {
    if (!online) return undefined;
    let isGone = false;
    // Where the network fails, what was told with the refusal stands.
    caseNow(api, latest.current)
      .then((theirs) => !isGone && setTold({ theirs }))
      .catch(() => undefined);
    return () => {
      isGone = true;
    };
  }, [api, online]);
  return { theirs: told ? told.theirs : entry.conflict?.theirs, asked: told !== undefined };
}
