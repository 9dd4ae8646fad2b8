import { type Answer, SketchMap, sayCount, useCall, useLanguage, useWords } from '@gezhi/ui';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Change } from './basket.tsx';
import { codeOf, type Item } from './fields.ts';
import { type Outline, type Spot, splitOutline } from './split-outline.ts';
import { TOWN_WORDS } from './town-words.ts';

type Props = {
  /** The place that is chosen. */
  readonly record: Item | undefined;
  /** A place that is not there yet is being written. */
  readonly isNew: boolean;
  readonly drawn: Item['outline'];
  readonly onDrawn: (outline: Item['outline']) => void;
  readonly onStage: (change: Change) => void;
  readonly onChoose: (code: string) => void;
};

type Tool = 'none' | 'draw' | 'split';

/** The chosen place and what lies in it; its outline can be drawn by corners, and split by a line. */
export function PlaceMap({ record, isNew, drawn, onDrawn, onStage, onChoose }: Props): ReactNode {
  const w = useWords(TOWN_WORDS);
  const { language } = useLanguage();
  const [tool, setTool] = useState<Tool>('none');
  const [spots, setSpots] = useState<readonly Spot[]>([]);
  const query = record ? { layer: String(record.layer), within: String(record.code) } : {};
  const sketch = useCall('sketchPlaces', { query }, { staleTime: 600_000 });
  const above = useCall(
    'sketchPlaces',
    { query: { layer: String(record?.layer ?? 'division') } },
    { enabled: Boolean(sketch.error), staleTime: 600_000 },
  );
  const shown = sketch.data ?? above.data;
  const begin = (next: Tool): void => {
    setTool(next);
    setSpots([]);
  };
  const point = (spot: Spot): void =>
    setSpots((now) => (tool === 'split' && now.length === 2 ? [spot] : [...now, spot]));
  const finish = (): void => {
    const ring = [...spots, spots[0]!].map(({ lon, lat }) => [lon, lat]);
    const outline = { type: 'Polygon', coordinates: [ring] };
    onDrawn(outline);
    if (record) onStage({ sort: 'place', code: codeOf('place', record), record: { ...record, outline } });
    begin('none');
  };
  return (
    <section className="panel place-map">
      <p className="soft">{tool === 'none' ? w.mapHelp : tool === 'draw' ? w.drawHelp : w.splitHelp}</p>
      {shown && (
        <SketchMap
          sketch={withDraft(shown, tool === 'none' ? drawnRing(drawn) : spots)}
          label={w.map}
          marks={spots.map(({ lon, lat }, i) => ({
            id: String(i),
            lon,
            lat,
            title: String(i + 1),
            count: i + 1,
          }))}
          {...(tool === 'none'
            ? {
                onArea: (code) => {
                  const area = shown.areas.find((one) => one.code === code);
                  if (area) onChoose(codeOf('place', { layer: area.layer, code }));
                },
              }
            : { onPoint: point })}
        />
      )}
      {(record || isNew) && (
        <p className="record-keys">
          <button
            type="button"
            className="button"
            aria-pressed={tool === 'draw'}
            onClick={() => begin(tool === 'draw' ? 'none' : 'draw')}
          >
            {w.draw}
          </button>
          <button
            type="button"
            className="button"
            aria-pressed={tool === 'split'}
            disabled={!record?.outline}
            onClick={() => begin(tool === 'split' ? 'none' : 'split')}
          >
            {w.split}
          </button>
          {tool === 'draw' && (
            <>
              <span className="soft">{w.drawn(sayCount(spots.length, language))}</span>
              <button type="button" className="button go" disabled={spots.length < 3} onClick={finish}>
                {w.finish}
              </button>
            </>
          )}
        </p>
      )}
      {record && tool === 'split' && spots.length === 2 && (
        <SplitForm
          record={record}
          line={[spots[0]!, spots[1]!]}
          onStage={onStage}
          onDone={() => begin('none')}
        />
      )}
    </section>
  );
}

/** The line of what is being drawn, or was: the corners in their turn. */
function withDraft(sketch: Answer<'sketchPlaces'>, spots: readonly Spot[]): Answer<'sketchPlaces'> {
  if (spots.length < 2) return sketch;
  const positions = spots.map(({ lon, lat }): [number, number] => [lon, lat]);
  const draft = { line: 'draft', segment: '1', kind: 'draft', lineName: '', segmentName: '', positions };
  return { ...sketch, lines: [...sketch.lines, draft] };
}

function drawnRing(outline: Item['outline']): readonly Spot[] {
  const ring = (outline as { readonly coordinates?: readonly (readonly (readonly [number, number])[])[] })
    ?.coordinates?.[0];
  return (ring ?? []).map(([lon, lat]) => ({ lon, lat }));
}

type SplitProps = {
  readonly record: Item;
  readonly line: readonly [Spot, Spot];
  readonly onStage: (change: Change) => void;
  readonly onDone: () => void;
};

/** Both sides of the line become changes: the place keeps one, the other is a place of its own beside it. */
function SplitForm({ record, line, onStage, onDone }: SplitProps): ReactNode {
  const w = useWords(TOWN_WORDS);
  const [isWhole, setWhole] = useState(false);
  const split = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const given = new FormData(event.currentTarget);
    const { default: clip } = await import('polygon-clipping');
    const parts = splitOutline(record.outline as Outline, line, clip);
    if (!parts) return setWhole(true);
    const fresh = {
      ...record,
      code: String(given.get('code')),
      name: String(given.get('name')),
      names: [],
      outline: parts[1],
    };
    onStage({ sort: 'place', code: codeOf('place', record), record: { ...record, outline: parts[0] } });
    onStage({ sort: 'place', code: codeOf('place', fresh), record: fresh });
    onDone();
  };
  return (
    <form className="record-keys" onSubmit={(event) => void split(event)}>
      <label>
        {w.splitInto} <input name="code" required maxLength={60} />
      </label>
      <label>
        {w.fields.name}{' '}
        <input name="name" required maxLength={120} defaultValue={String(record.name ?? '')} />
      </label>
      <button type="submit" className="button go">
        {w.split}
      </button>
      {isWhole && <span role="alert">{w.splitNone}</span>}
    </form>
  );
}
