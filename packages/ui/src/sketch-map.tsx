import type { SketchView, TilesView } from '@gezhi/contract';
import { type CSSProperties, lazy, type ReactNode, Suspense, useMemo, useRef, useState } from 'react';
import { useLanguage, useWords } from './language.tsx';
import { type Projection, projectionOf, WIDTH } from './map-projection.ts';
import type { TilesState } from './map-tiles.tsx';
import { MAP_WORDS } from './map-words.ts';
import { type MapMoves, type MapWindow, STEP, useMapWindow } from './use-map-window.ts';

/** Something on the map. `tone` says which of the house's colours; `count` stands in it. */
export type SketchMark = {
  readonly id: string;
  readonly lon: number;
  readonly lat: number;
  readonly tone?: 'plain' | 'late' | 'wait' | 'good';
  readonly title: string;
  readonly count?: number;
};

type Props = {
  readonly sketch: SketchView;
  readonly marks?: readonly SketchMark[];
  /** How dark an area is, 0 to 1, by its code; none where left out. */
  readonly depth?: Readonly<Record<string, number>>;
  readonly label: string;
  readonly onArea?: (code: string) => void;
  readonly onMark?: (id: string) => void;
  readonly onPoint?: (point: { readonly lon: number; readonly lat: number }) => void;
};

/** Loaded only where an operator has set tiles. */
const MapTiles = lazy(async () => ({ default: (await import('./map-tiles.tsx')).MapTiles }));

/** More names than these cover each other. */
const NAMES_MAX = 40;
const ZOOM_MAX = 16;

/**
 * A map that needs no internet: outlines, chief lines and marks as one picture, north up, with metres as long either way. It can be enlarged and
 * moved. Tiles lie under it where the sketch says that there are some.
 */
export function SketchMap({ sketch, marks = [], depth = {}, label, ...on }: Props): ReactNode {
  const frame = useRef<HTMLDivElement>(null);
  const projection = useMemo(() => projectionOf(sketch.bounds), [sketch]);
  const [state, setState] = useState<TilesState>('coming');
  const moves = useMapWindow(frame, projection.height, ZOOM_MAX);
  const { seen } = moves;
  const { x, y, height } = projection;
  const { tiles } = sketch;
  const size = Math.max(WIDTH, height);
  const isPressed = Boolean(on.onArea ?? on.onMark ?? on.onPoint);
  const path = (ring: readonly (readonly number[])[], close = 'Z'): string =>
    `M${ring.map(([lon = 0, lat = 0]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).join('L')}${close}`;
  return (
    <div ref={frame} className="sketch-frame">
      <svg
        className={['sketch', tiles && state === 'there' && 'on-tiles', seen.zoom > 1 && 'enlarged']
          .filter(Boolean)
          .join(' ')}
        viewBox={`${seen.x} ${seen.y} ${WIDTH / seen.zoom} ${height / seen.zoom}`}
        style={{ '--zoom': seen.zoom } as CSSProperties}
        role={isPressed ? 'group' : 'img'}
        aria-label={label}
      >
        {tiles && (
          <Suspense>
            <MapTiles tiles={tiles} projection={projection} seen={seen} onState={setState} />
          </Suspense>
        )}
        {sketch.areas.map(({ code, name, rings }) => (
          <Press key={code} name={name} onPress={on.onArea && (() => on.onArea?.(code))}>
            <path
              className="sketch-area"
              d={rings.map((ring) => path(ring)).join('')}
              fillRule="evenodd"
              style={{ '--depth': depth[code] ?? 0 } as CSSProperties}
            />
          </Press>
        ))}
        {sketch.lines.map(({ line, segment, kind, segmentName, positions }) => (
          <path
            key={`${line}/${segment}`}
            className={`sketch-line sketch-${kind}`}
            d={path(positions, '')}
            fill="none"
          >
            <title>{segmentName}</title>
          </path>
        ))}
        <Names sketch={sketch} projection={projection} seen={seen} />
        {on.onPoint && (
          <rect
            className="sketch-glass"
            width={WIDTH}
            height={height}
            ref={(glass) =>
              glass ? listen(glass, (event) => on.onPoint?.(pointOf(event, projection))) : undefined
            }
          />
        )}
        {marks.map(({ id, lon, lat, tone = 'plain', title, count }) => (
          <Press key={id} name={title} onPress={on.onMark && (() => on.onMark?.(id))}>
            <g className={`sketch-mark ${tone}`} transform={standAt(x(lon), y(lat), seen)}>
              <circle r={(count === undefined ? 0.008 : 0.016) * size} />
              {count !== undefined && <text>{count}</text>}
            </g>
          </Press>
        ))}
      </svg>
      <Keys moves={moves} />
      {tiles && <Credit tiles={tiles} isAway={state === 'away'} />}
    </div>
  );
}

/** Where something stands that is as large at any zoom. */
function standAt(x: number, y: number, { zoom }: MapWindow): string {
  return `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${1 / zoom})`;
}

/** Something on the map that may be pressed, by mouse, finger or key. */
function Press(props: {
  readonly name: string;
  readonly onPress?: (() => void) | undefined;
  readonly children: ReactNode;
}): ReactNode {
  const { name, onPress, children } = props;
  const title = <title>{name}</title>;
  if (!onPress) {
    return (
      <g>
        {title}
        {children}
      </g>
    );
  }
  return (
    <a
      href={`#${encodeURIComponent(name)}`}
      aria-label={name}
      onClick={(event) => {
        event.preventDefault();
        onPress();
      }}
    >
      {title}
      {children}
    </a>
  );
}

/** The names of the areas that are seen, unless they are too many. */
function Names(props: {
  readonly sketch: SketchView;
  readonly projection: Projection;
  readonly seen: MapWindow;
}): ReactNode {
  const { sketch, projection, seen } = props;
  const { x, y, height } = projection;
  const [right, low] = [seen.x + WIDTH / seen.zoom, seen.y + height / seen.zoom];
  const standing = sketch.areas
    .map(({ code, name, rings }) => {
      const [lon, lat] = middleOf(rings[0] ?? []);
      return { code, name, left: x(lon), top: y(lat) };
    })
    .filter(({ left, top }) => seen.x <= left && left <= right && seen.y <= top && top <= low);
  if (standing.length > NAMES_MAX) return null;
  return standing.map(({ code, name, left, top }) => (
    <text
      key={code}
      className="sketch-name"
      transform={standAt(left, top, seen)}
      fontSize={Math.max(WIDTH, height) / 50}
    >
      {name}
    </text>
  ));
}

/** Enlarging by a press, for whoever has no wheel, no second finger or no wish for them. */
function Keys({ moves: { seen, enlarge, whole } }: { readonly moves: MapMoves }): ReactNode {
  const w = useWords(MAP_WORDS);
  return (
    <fieldset className="sketch-keys" aria-label={w.keys}>
      <button
        type="button"
        aria-label={w.closer}
        disabled={seen.zoom >= ZOOM_MAX}
        onClick={() => enlarge(STEP)}
      >
        +
      </button>
      <button
        type="button"
        aria-label={w.farther}
        disabled={seen.zoom <= 1}
        onClick={() => enlarge(1 / STEP)}
      >
        −
      </button>
      {seen.zoom > 1 && (
        <button type="button" aria-label={w.whole} onClick={whole}>
          ⤢
        </button>
      )}
    </fieldset>
  );
}

/** Whose map lies under the sketch, with its review number; or that none does just now. */
function Credit({ tiles, isAway }: { readonly tiles: TilesView; readonly isAway: boolean }): ReactNode {
  const w = useWords(MAP_WORDS);
  const { language } = useLanguage();
  const { attribution, reviewNumber } = tiles;
  return (
    <p className="sketch-credit" role={isAway ? 'status' : undefined}>
      {isAway
        ? w.away
        : [attribution[language], reviewNumber && w.review(reviewNumber)].filter(Boolean).join(' · ')}
    </p>
  );
}

/** The glass before a map on which a point is chosen; whoever cannot point says the place in words. */
function listen(glass: SVGRectElement, onPress: (event: MouseEvent) => void): () => void {
  glass.addEventListener('click', onPress);
  return () => glass.removeEventListener('click', onPress);
}

function pointOf(event: MouseEvent, projection: Projection): { lon: number; lat: number } {
  const box = (event.currentTarget as SVGRectElement).getBoundingClientRect();
  const right = ((event.clientX - box.left) / box.width) * WIDTH;
  const down = ((event.clientY - box.top) / box.height) * projection.height;
  return { lon: projection.lon(right), lat: projection.lat(down) };
}

/** The middle of an outline's box: good enough for where a name stands. */
function middleOf(ring: readonly (readonly number[])[]): [number, number] {
  const lons = ring.map(([lon = 0]) => lon);
  const lats = ring.map(([, lat = 0]) => lat);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}
