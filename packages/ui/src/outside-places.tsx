import { type ReactNode, useState } from 'react';
import { type Answer, useCall, useSend } from './calls.ts';
import { useLanguage, useWords } from './language.tsx';
import { MAP_WORDS } from './map-words.ts';

/** A place that somebody took from a service outside; `from` names the service and goes with the point. */
export type OutsidePoint = {
  readonly lon: number;
  readonly lat: number;
  readonly from: Answer<'askOutside'>['from'];
  readonly name: string;
};

/** Letters that a place has at least. */
const TEXT_MIN = 2;

/**
 * A button that asks a service outside for the place that somebody wrote, and its proposals. Nothing is asked without the press, and beside it stands
 * whom it asks and with what. Where no service is set there is nothing to be seen.
 */
export function OutsidePlaces(props: {
  readonly text: string;
  readonly onPick: (point: OutsidePoint) => void;
}): ReactNode {
  const text = props.text.trim();
  const w = useWords(MAP_WORDS).outside;
  const { language } = useLanguage();
  const service = useCall('getOutside', {}, { staleTime: 3_600_000, enabled: text.length >= TEXT_MIN });
  const ask = useSend('askOutside');
  const [asked, setAsked] = useState('');
  const by = service.data?.by?.[language];
  if (text.length < TEXT_MIN || by === undefined) return null;
  const found = asked === text ? ask.data : undefined;
  return (
    <div className="outside">
      <button
        type="button"
        className="button wide"
        disabled={ask.isPending}
        onClick={() => {
          setAsked(text);
          ask.mutate({ body: { text } });
        }}
      >
        {w.ask}
      </button>
      <p className="hint soft">{w.told(by)}</p>
      <div aria-live="polite">
        {ask.error && asked === text && <p className="soft">{w.away}</p>}
        {found?.known && <p className="soft">{w.known}</p>}
        {found && !found.known && found.places.length === 0 && <p className="soft">{w.none(by)}</p>}
        {found && found.places.length > 0 && (
          <ul className="outside-found" aria-label={w.found(by)}>
            {found.places.map(({ name, where, lon, lat }) => (
              <li key={`${lon} ${lat}`}>
                <button
                  type="button"
                  className="button"
                  onClick={() => props.onPick({ lon, lat, from: found.from, name })}
                >
                  {name} <small>{where}</small>
                </button>
              </li>
            ))}
          </ul>
        )}
      </div>
    </div>
  );
}

/** The place that was taken, with whose it is; it can be taken back. */
export function OutsideTaken(props: { readonly place: OutsidePoint; readonly onOff: () => void }): ReactNode {
  const w = useWords(MAP_WORDS).outside;
  const { name, from } = props.place;
  return (
    <p className="good" role="status">
      {w.taken(name, w.from[from])}{' '}
      <button type="button" className="link" onClick={props.onOff}>
        {w.off}
      </button>
    </p>
  );
}
