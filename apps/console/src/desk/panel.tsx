import { OutsidePlaces, OutsideTaken, sayMoment, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import type { Draft } from './draft.ts';
import type { Reading } from './use-reading.ts';
import { DESK_WORDS } from './words/words.ts';

type Props = {
  readonly draft: Draft;
  readonly reading: Reading | undefined;
  readonly change: (part: Partial<Draft>) => void;
};

/** What is known beside the text: danger first, then the same matter, kinds, places, answers. Of the number, only what is open now. */
export function Panel(props: Props & { readonly isReading: boolean }): ReactNode {
  const w = useWords(DESK_WORDS);
  const { reading, isReading } = props;
  if (!reading) return <p className="soft desk-empty">{isReading ? w.reading : w.empty}</p>;
  return (
    <>
      <Danger {...props} reading={reading} />
      <Same {...props} reading={reading} />
      <div className="desk-two">
        <Kinds {...props} reading={reading} />
        <Places {...props} reading={reading} />
      </div>
      <Knowledge reading={reading} />
    </>
  );
}

type Read = Props & { readonly reading: Reading };

const RECEIVERS = ['110', '119', '120', '122'] as const;

function Danger({ draft, reading: { urgent }, change }: Read): ReactNode {
  const w = useWords(DESK_WORDS);
  const { language } = useLanguage();
  const isDanger = urgent.level !== 'none';
  const also = urgent.to.filter((to) => !RECEIVERS.some((one) => one === to));
  return (
    <section className={isDanger ? 'card danger' : 'card'} role={isDanger ? 'alert' : undefined}>
      <h2>{urgent.level === 'urgent' ? w.urgent : w.danger}</h2>
      {!isDanger && <p className="soft">{w.calm}</p>}
      {urgent.because.map(({ rule, name, words, doubt }) => (
        <p key={rule}>
          <b>{name[language]}</b> “{words}” {doubt !== undefined && <small>{w.doubt}</small>}
        </p>
      ))}
      {urgent.turnedDown.map(({ rule, words, byWords }) => (
        <p key={`${rule} ${words}`}>
          <small>
            “{byWords}…{words}” {w.notSo}
          </small>
        </p>
      ))}
      {also.length > 0 && (
        <p>
          {w.alsoTell} {also.map((to) => w.services[to] ?? to).join(' · ')}
        </p>
      )}
      <fieldset className="picks">
        <legend>
          {w.handOff} <kbd>Alt+E</kbd>
        </legend>
        <Pick name="handOff" isOn={!draft.handOff} onPick={() => change({ handOff: undefined })}>
          {w.handOffNone}
        </Pick>
        {RECEIVERS.map((to) => (
          <Pick key={to} name="handOff" isOn={draft.handOff === to} onPick={() => change({ handOff: to })}>
            {to}
          </Pick>
        ))}
      </fieldset>
    </section>
  );
}

function Same({ draft, reading: { same }, change }: Read): ReactNode {
  const w = useWords(DESK_WORDS);
  const { language } = useLanguage();
  return (
    <section className="card">
      <h2>{w.same}</h2>
      {same.length === 0 && <p className="soft">{w.noSame}</p>}
      <ol className="same">
        {same.map(({ caseId, kind, place, chance, requests, own, resend }, i) => {
          const isOn = draft.join === caseId;
          return (
            <li key={caseId} className={isOn ? 'on' : undefined}>
              <div>
                <p>
                  {own && <span className="tag flag-objected">{w.own}</span>} <b>{kind[language]}</b> ·{' '}
                  {place}
                </p>
                <small>
                  {[w.alike(Math.round(chance * 100)), w.people(requests), resend && w.resend]
                    .filter(Boolean)
                    .join(' · ')}
                </small>
                {i === 0 && <ReadOut caseId={caseId} />}
              </div>
              <p className="same-do">
                <button
                  type="button"
                  className={isOn ? 'button go' : 'button'}
                  aria-pressed={isOn}
                  onClick={() => change({ join: isOn ? undefined : caseId })}
                >
                  {isOn ? w.willJoin : w.join} <kbd>Alt+{i + 1}</kbd>
                </button>
                <a href={`/console/cases/${caseId}`} target="_blank" rel="noreferrer">
                  {w.open}
                </a>
              </p>
            </li>
          );
        })}
      </ol>
    </section>
  );
}

/** What a caller may hear of a case: how it goes on, never what stands between units. */
const HEARD: ReadonlySet<string> = new Set([
  'dispatched',
  'accepted',
  'contacted',
  'extended',
  'suspended',
  'resumed',
  'done',
  'checked',
  'answered',
  'reopened',
]);

/** What a seat can tell a caller about a case that is known: how many said so, what happened last, until when. */
function ReadOut({ caseId }: { readonly caseId: string }): ReactNode {
  const w = useWords(DESK_WORDS);
  const { language } = useLanguage();
  const story = useCall('tellCase', { params: { id: caseId } }, { staleTime: 10_000 });
  if (!story.data) return null;
  const { told, voices } = story.data;
  const due = voices.findLast(({ promised }) => promised)?.promised;
  const last = told.findLast(({ type }) => HEARD.has(type));
  const said = [w.people(voices.length), last?.sentence, due && w.promised(sayMoment(due, language))];
  return (
    <p className="read-out">
      <small>{w.readOut}</small>
      {said.filter(Boolean).join(' · ')}
    </p>
  );
}

function Kinds({ draft, reading: { kinds, askKind }, change }: Read): ReactNode {
  const w = useWords(DESK_WORDS);
  const { language } = useLanguage();
  const all = useCall('listKinds', {}, { staleTime: 600_000 });
  const others = all.data?.kinds.filter(({ code }) => !kinds.some(({ kind }) => kind === code)) ?? [];
  const isOther = draft.kind !== undefined && !kinds.some(({ kind }) => kind === draft.kind);
  return (
    <fieldset className="card picks column">
      <legend className="legend">{w.kind}</legend>
      {askKind && <p className="ask">{w.askKind}</p>}
      {kinds.map(({ kind, name, because, probability }) => (
        <Pick key={kind} name="kind" isOn={draft.kind === kind} onPick={() => change({ kind })}>
          {name[language]}
          <small>
            {[
              because.length > 0 && w.because(because.join('、')),
              probability !== null && `${Math.round(probability * 100)}%`,
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </Pick>
      ))}
      <Pick name="kind" isOn={!draft.kind} onPick={() => change({ kind: undefined })}>
        {w.later}
      </Pick>
      <select
        className="field"
        aria-label={w.otherKind}
        value={isOther ? draft.kind : ''}
        onChange={(event) => change({ kind: event.target.value || undefined })}
      >
        <option value="">{w.otherKind}</option>
        {others.map(({ code, name }) => (
          <option key={code} value={code}>
            {name[language]}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

function Places({ draft, reading: { places, askPlace }, change }: Read): ReactNode {
  const w = useWords(DESK_WORDS);
  return (
    <fieldset className="card picks column">
      <legend className="legend">{w.where}</legend>
      {askPlace && <p className="ask">{w.askPlace}</p>}
      {places.map(({ id, name, above, said }) => (
        <Pick key={id} name="place" isOn={draft.place === id} onPick={() => change({ place: id })}>
          {name}
          <small>{[above.join(' › '), said && w.said(said)].filter(Boolean).join(' · ')}</small>
        </Pick>
      ))}
      <Pick name="place" isOn={!draft.place} onPick={() => change({ place: undefined })}>
        {w.byWords}
      </Pick>
      {draft.outside && <OutsideTaken place={draft.outside} onOff={() => change({ outside: undefined })} />}
      {!draft.outside && places.length === 0 && (
        <OutsidePlaces text={draft.placeText} onPick={(outside) => change({ outside })} />
      )}
    </fieldset>
  );
}

function Knowledge({ reading: { knowledge } }: { readonly reading: Reading }): ReactNode {
  const w = useWords(DESK_WORDS);
  return (
    <section className="card">
      <h2>{w.knowledge}</h2>
      {knowledge.length === 0 && <p className="soft">{w.noKnowledge}</p>}
      {knowledge.map(({ id, question, answer }) => (
        <details key={id}>
          <summary>{question}</summary>
          <p className="answer">{answer}</p>
        </details>
      ))}
    </section>
  );
}

function Pick(props: {
  readonly name: string;
  readonly isOn: boolean;
  readonly onPick: () => void;
  readonly children: ReactNode;
}): ReactNode {
  const { name, isOn, onPick, children } = props;
  return (
    <label className={isOn ? 'pick on' : 'pick'}>
      <input type="radio" name={name} checked={isOn} onChange={onPick} />
      <span>{children}</span>
    </label>
  );
}
