import { SketchMap, useWords } from '@gezhi/ui';
import { type ReactNode, useState } from 'react';
import type { Position } from '../report/here.tsx';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { WORDS } from '../words/words.ts';
import { useSketch } from './use-sketch.ts';

/** Parts of town are pressed so often before a spot is. */
const DEPTH = 2;

/** A point on the sketch: first the part of town, then the spot. Whoever cannot point says the place in words. */
export function PickOnMap(props: {
  readonly point: Position | undefined;
  readonly onChange: (point: Position) => void;
}): ReactNode {
  const { point, onChange } = props;
  const { report: w, back } = useWords(WORDS);
  const [path, setPath] = useState<readonly string[]>([]);
  const { sketch, error, again } = useSketch(path.at(-1));
  if (error) return <Trouble error={error} onAgain={again} />;
  if (!sketch) return <Loading />;
  const isLast = path.length >= DEPTH || sketch.areas.length <= 1;
  return (
    <>
      <p className="hint">{isLast ? w.mapLabel : w.mapPart}</p>
      <div className="map">
        <SketchMap
          sketch={sketch}
          label={w.mapLabel}
          marks={point ? [{ id: 'here', ...point, title: w.hereDone }] : []}
          {...(isLast ? { onPoint: onChange } : { onArea: (code: string) => setPath([...path, code]) })}
        />
      </div>
      {path.length > 0 && (
        <button type="button" onClick={() => setPath(path.slice(0, -1))}>
          {back}
        </button>
      )}
    </>
  );
}
