import { SketchMap, useCall, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import type { Position } from '../report/here.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { WORDS } from '../words/words.ts';

/** A point on the sketch: first the part of town, then the spot. Whoever cannot point says the place in words. */
export function PickOnMap(props: {
  readonly point: Position | undefined;
  readonly onChange: (point: Position) => void;
}): ReactNode {
  const { point, onChange } = props;
  const { report: w, back } = useWords(WORDS);
  const [path, setPath] = useState<readonly string[]>([]);
  const within = path.at(-1);
  const sketch = useCall(
    'sketchPlaces',
    { query: within === undefined ? {} : { within } },
    { staleTime: 3_600_000 },
  );
  if (sketch.error) return <Trouble error={sketch.error} onAgain={() => void sketch.refetch()} />;
  if (!sketch.data) return <Loading />;
  const isLast = path.length >= 3 || sketch.data.areas.length <= 1;
  return (
    <div className="map">
      <SketchMap
        sketch={sketch.data}
        label={w.mapLabel}
        marks={point ? [{ id: 'here', ...point, title: w.hereDone }] : []}
        {...(isLast ? { onPoint: onChange } : { onArea: (code: string) => setPath([...path, code]) })}
      />
      {path.length > 0 && (
        <button type="button" onClick={() => setPath(path.slice(0, -1))}>
          {back}
        </button>
      )}
    </div>
  );
}
