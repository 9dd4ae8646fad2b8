import { OutsidePlaces, OutsideTaken, useWords } from '@gezhi/ui';
import { lazy, type ReactNode, Suspense, useState } from 'react';
import { Loading } from '../shell/trouble.tsx';
import { WORDS } from '../words/words.ts';
import { Here } from './here.tsx';
import type { StepProps } from './step.ts';

const PickOnMap = lazy(async () => ({ default: (await import('../map/pick-on-map.tsx')).PickOnMap }));

/** Where it is: in words, by the position of this moment when asked for, on the map, by what was scanned. */
export function StepWhere({ draft, change, onNext, onBack }: StepProps): ReactNode {
  const w = useWords(WORDS);
  const r = w.report;
  const [map, setMap] = useState(false);
  return (
    <form
      className="sheet"
      onSubmit={(event) => {
        event.preventDefault();
        onNext();
      }}
      noValidate
    >
      <Scanned draft={draft} change={change} />
      <label htmlFor="place">{r.placeText}</label>
      <input
        id="place"
        type="text"
        maxLength={200}
        value={draft.placeText}
        aria-describedby="place-hint"
        onChange={(event) => change({ placeText: event.target.value })}
      />
      <p className="hint" id="place-hint">
        {r.placeHint}
      </p>
      {draft.outside ? (
        <OutsideTaken place={draft.outside} onOff={() => change({ point: undefined, outside: undefined })} />
      ) : (
        <>
          {!draft.point && !draft.asset && (
            <OutsidePlaces
              text={draft.placeText}
              onPick={(outside) => change({ point: { lon: outside.lon, lat: outside.lat }, outside })}
            />
          )}
          <Here point={draft.point} onChange={(point) => change({ point })} />
        </>
      )}
      <button type="button" className="wide" aria-expanded={map} onClick={() => setMap(!map)}>
        {map ? r.mapHide : r.map}
      </button>
      {map && (
        <Suspense fallback={<Loading />}>
          <PickOnMap point={draft.point} onChange={(point) => change({ point, outside: undefined })} />
        </Suspense>
      )}
      <p className="hint">{r.noPlace}</p>
      <div className="go-row">
        <button type="button" onClick={onBack}>
          {w.back}
        </button>
        <button type="submit" className="go">
          {w.next}
        </button>
      </div>
    </form>
  );
}

/** What a code led to: a lamp, a lift, a grid. It can be taken back. */
function Scanned({ draft, change }: Pick<StepProps, 'draft' | 'change'>): ReactNode {
  const { report: r } = useWords(WORDS);
  const { asset, grid } = draft;
  if (!asset && !grid) return null;
  return (
    <p className="good" role="status">
      {asset ? r.asset(asset.name) : r.grid(grid?.name ?? '')}{' '}
      <button type="button" className="link" onClick={() => change({ asset: undefined, grid: undefined })}>
        {r.assetOff}
      </button>
    </p>
  );
}
