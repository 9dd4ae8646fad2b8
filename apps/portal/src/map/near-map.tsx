import type { PublicCase } from '@gezhi/contract';
import { SketchMap, useCall, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { NEAR_WORDS } from '../words/near/words.ts';

/** Public cases on the sketch of the town: a mark each, to about 100 m. The list beside it says the same in words. */
export function NearMap(props: {
  readonly cases: readonly PublicCase[];
  readonly onPlace: (place: { code: string; name: string }) => void;
}): ReactNode {
  const { language } = useLanguage();
  const w = useWords(NEAR_WORDS);
  const [, go] = useLocation();
  const sketch = useCall('sketchPlaces', { query: {} }, { staleTime: 3_600_000 });
  if (sketch.error) return <Trouble error={sketch.error} onAgain={() => void sketch.refetch()} />;
  if (!sketch.data) return <Loading />;
  const { areas } = sketch.data;
  return (
    <div className="map">
      <SketchMap
        sketch={sketch.data}
        label={w.mapLabel}
        marks={props.cases.flatMap(({ caseId, point, kind, where, isOpen }) =>
          point
            ? [
                {
                  id: caseId,
                  ...point,
                  tone: isOpen ? ('plain' as const) : ('good' as const),
                  title: `${kind.name[language]} · ${where}`,
                },
              ]
            : [],
        )}
        onMark={(id) => go(`/near/${id}`)}
        onArea={(code) => {
          const area = areas.find((one) => one.code === code);
          if (area) props.onPlace({ code, name: area.name });
        }}
      />
    </div>
  );
}
