import type { PublicCase } from '@gezhi/contract';
import { useCall, useWords } from '@gezhi/ui';
import { type FormEvent, lazy, type ReactNode, Suspense, useState } from 'react';
import { Link } from 'wouter';
import { Here, type Position } from '../report/here.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { Subscribe } from '../subscribe/subscribe.tsx';
import { NEAR_WORDS } from '../words/near/words.ts';
import { CaseLine } from './case-line.tsx';
import { KeptHere } from './kept-here.tsx';

const NearMap = lazy(async () => ({ default: (await import('../map/near-map.tsx')).NearMap }));

/** Where there is room, the map stands beside the list from the start. */
const WIDE = '(min-width: 64rem)';

type Where = {
  readonly point?: Position | undefined;
  readonly place?: { code: string; name: string } | undefined;
};

/** Public cases around here: as a list, and as a map when asked for; what may be subscribed to; how promises were kept. */
export function NearPage(): ReactNode {
  const w = useWords(NEAR_WORDS);
  const [where, setWhere] = useState<Where>(linkedPlace);
  const [map, setMap] = useState(() => matchMedia(WIDE).matches);
  const { point, place } = where;
  const query = { ...(point ?? {}), ...(place && !point ? { place: place.code } : {}) };
  const found = useCall('listPublic', { query });
  return (
    <main className="page near" id="main">
      <h1>{w.title}</h1>
      <p className="lead">{w.lead}</p>
      <FindPlace where={where} onFind={setWhere} />
      {found.isPending && <Loading />}
      {found.error && <Trouble error={found.error} onAgain={() => void found.refetch()} />}
      {found.data && (
        <div className="beside">
          <div>
            <button type="button" aria-expanded={map} onClick={() => setMap(!map)}>
              {map ? w.mapHide : w.mapShow}
            </button>
            {map && (
              <Suspense fallback={<Loading />}>
                <NearMap
                  cases={found.data.cases}
                  place={place?.code}
                  onPlace={(one) => setWhere({ place: one })}
                />
              </Suspense>
            )}
          </div>
          <div>
            <CaseList cases={found.data.cases} />
            {!point && !place && (
              <Groups groups={found.data.groups} onPlace={(one) => setWhere({ place: one })} />
            )}
          </div>
        </div>
      )}
      {place && <Subscribe to={{ place: place.code }} />}
      <KeptHere place={place?.code} />
    </main>
  );
}

function FindPlace(props: { readonly where: Where; readonly onFind: (where: Where) => void }): ReactNode {
  const { where, onFind } = props;
  const w = useWords(NEAR_WORDS);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  const answer = useCall('whoAnswers', { query: { text: asked } }, { enabled: asked !== '' });
  const grid = answer.data?.grid;
  const near = grid && (answer.data?.above[0] ?? grid);
  if (asked !== '' && near && where.place?.code !== near.code) {
    setAsked('');
    onFind({ place: near });
  }
  const on = (event: FormEvent): void => {
    event.preventDefault();
    setAsked(text.trim());
  };
  return (
    <form className="sheet" onSubmit={on} aria-label={w.find}>
      <Here point={where.point} onChange={(point) => onFind({ point })} />
      <label htmlFor="find">{w.place}</label>
      <div className="go-row">
        <input
          id="find"
          type="text"
          maxLength={100}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit">{w.go}</button>
        {(where.place || where.point) && (
          <button type="button" onClick={() => onFind({})}>
            {w.all}
          </button>
        )}
      </div>
      {asked !== '' && answer.data && !near && (
        <p className="error" role="alert">
          {w.who.nothing}
        </p>
      )}
      {where.place && (
        <p role="status">
          <strong>{where.place.name || <NameOf place={where.place.code} />}</strong>
        </p>
      )}
    </form>
  );
}

/** The place that a link names, as messages to subscribers do: `?place=`. */
function linkedPlace(): Where {
  const code = new URLSearchParams(location.search).get('place');
  return code ? { place: { code, name: '' } } : {};
}

function NameOf({ place }: { readonly place: string }): ReactNode {
  const { data } = useCall('getPromiseKept', { query: { place } }, { staleTime: 600_000 });
  return data?.place?.name;
}

function CaseList({ cases }: { readonly cases: readonly PublicCase[] }): ReactNode {
  const w = useWords(NEAR_WORDS);
  if (cases.length === 0) return <p className="note">{w.none}</p>;
  return (
    <ul className="cards">
      {cases.map((one) => (
        <li key={one.caseId}>
          <Link href={`/near/${one.caseId}`}>
            <CaseLine one={one} />
          </Link>
        </li>
      ))}
    </ul>
  );
}

type Group = { readonly code: string; readonly name: string; readonly count: number };

function Groups(props: {
  readonly groups: readonly Group[];
  readonly onPlace: (place: { code: string; name: string }) => void;
}): ReactNode {
  const w = useWords(NEAR_WORDS);
  if (props.groups.length === 0) return null;
  return (
    <section aria-labelledby="groups">
      <h2 id="groups">{w.groups}</h2>
      <ul className="chips">
        {props.groups.map(({ code, name, count }) => (
          <li key={code}>
            <button type="button" onClick={() => props.onPlace({ code, name })}>
              {name} {w.count(count)}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
