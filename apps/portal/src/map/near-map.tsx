import type { PublicCase } from '@gezhi/contract';
import { SketchMap, useLanguage, useWords } from '@gezhi/ui';
import type { ReactNode } from 'react';
import { useLocation } from 'wouter';
import { Loading, Trouble } from '../shell/trouble.tsx';
import { NEAR_WORDS } from '../words/near/words.ts';
import { useSketch } from './use-sketch.ts';

/** Public cases on the sketch of the town: a mark each, to about 100 m. The list beside it says the same in words. */
export function NearMap(props: {
  readonly cases: readonly PublicCase[];
  readonly place: string | undefined;
  readonly onPlace: (place: { code: string; name: string }) => void;
}): ReactNode {
  const { language } = useLanguage();
  const w = useWords(NEAR_WORDS);
  const [, go] = useLocation();
  const { sketch, error, again } = useSketch(props.place);
  if (error) return <Trouble error={error} onAgain={again} />;
  if (!sketch) return <Loading />;
  const { areas } = sketch;
  return (
    <div className="map">
      <SketchMap
        sketch={sketch}
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
