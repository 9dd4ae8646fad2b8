import type { FieldDay } from '@gezhi/contract';
import { sayMoment, useLanguage, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import { useKeeper } from '../day/keeper.tsx';
import { byDistance } from '../near/near.ts';
import { useHere } from '../near/use-here.ts';
import { Sheet, textOf, Words } from '../parts/acts.tsx';
import { Head } from '../parts/head.tsx';
import { Icon } from '../parts/icon.tsx';
import { WORDS } from '../words/words.ts';

type Round = FieldDay['rounds'][number];
type Stop = Round['stops'][number];

/** A round stop by stop: “nothing found” is one tap. */
export function RoundScreen({ id }: { readonly id: string }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { day } = useKeeper();
  const round = day?.rounds.find((one) => one.id === id);
  return (
    <>
      <Head title={round?.title[language] ?? w.rounds.title} back="/rounds" />
      <main className="screen">
        {round ? <Stops round={round} /> : <p className="state">{w.rounds.gone}</p>}
      </main>
    </>
  );
}

function Stops({ round }: { readonly round: Round }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { here, failed, busy, look } = useHere();
  const stops = here ? byDistance(round.stops, here, ({ point }) => point) : round.stops;
  return (
    <>
      <section>
        <h2 className="small">{w.rounds.checklist}</h2>
        <ul>
          {round.checklist.map((item) => (
            <li key={item.id}>{item[language]}</li>
          ))}
        </ul>
      </section>
      <div className="tools">
        <h2 className="small">{w.rounds.stops}</h2>
        {round.stops.some(({ point }) => point) && (
          <button type="button" onClick={look} disabled={busy}>
            <Icon name="pin" />
            {w.tasks.where}
          </button>
        )}
      </div>
      {(here || failed) && <p className="hint">{failed ? w.tasks.noWhere : w.tasks.whereMore}</p>}
      <ul className="rows">
        {stops.map((stop) => (
          <StopRow key={stop.stop} round={round} stop={stop} />
        ))}
      </ul>
    </>
  );
}

function StopRow({ round, stop }: { readonly round: Round; readonly stop: Stop }): ReactNode {
  const w = useWords(WORDS);
  const { language } = useLanguage();
  const { entries, put } = useKeeper();
  const [open, setOpen] = useState(false);
  const written = entries
    .filter(
      ({ deed, state }) =>
        deed.do === 'visit' && deed.round === round.id && deed.stop === stop.stop && state !== 'dropped',
    )
    .at(-1);
  const visit = async (findings: readonly { item: string; words: string }[]): Promise<void> => {
    const about = { zh: `${round.title.zh} · ${stop.name}`, en: `${round.title.en} · ${stop.name}` };
    if (await put([{ about, deed: { do: 'visit', round: round.id, stop: stop.stop, findings } }]))
      setOpen(false);
  };
  return (
    <li className="row stop">
      <span className="row-head">
        <strong>{stop.name}</strong>
        {written?.state === 'waiting' && <span className="tag wait">{w.rounds.pending}</span>}
        {(stop.visits > 0 || written?.state === 'sent') && (
          <span className="tag good">
            <Icon name="check" />
            {w.rounds.visited}
          </span>
        )}
      </span>
      {stop.lastAt && <span className="row-foot">{sayMoment(stop.lastAt, language)}</span>}
      <div className="buttons">
        <button
          type="button"
          className={stop.visits > 0 || written ? '' : 'primary'}
          onClick={() => void visit([])}
          aria-label={`${w.rounds.nothing}: ${stop.name}`}
        >
          {w.rounds.nothing}
        </button>
        <button
          type="button"
          aria-expanded={open}
          onClick={() => setOpen(!open)}
          aria-label={`${w.rounds.found}: ${stop.name}`}
        >
          {w.rounds.found}…
        </button>
      </div>
      {open && (
        <Sheet onSend={(form) => void visit([{ item: textOf(form, 'item'), words: textOf(form, 'words') }])}>
          <fieldset className="radios">
            <legend>{w.rounds.what}</legend>
            {round.checklist.map((item, i) => (
              <label key={item.id}>
                <input type="radio" name="item" value={item.id} defaultChecked={i === 0} />
                {item[language]}
              </label>
            ))}
          </fieldset>
          <Words name="words" label={w.rounds.words} />
        </Sheet>
      )}
    </li>
  );
}
