import type { SketchView } from '@gezhi/contract';
import { type CSSProperties, type ReactNode, useMemo } from 'react';

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

const WIDTH = 1000;
/** More names than these cover each other. */
const NAMES_MAX = 40;

/** A map that needs no internet: outlines, chief lines and marks as one picture, north up, with metres as long either way. */
export function SketchMap({ sketch, marks = [], depth = {}, label, ...on }: Props): ReactNode {
  const view = useMemo(() => viewOf(sketch), [sketch]);
  const { x, y, height } = view;
  const size = Math.max(WIDTH, height);
  const isPressed = Boolean(on.onArea ?? on.onMark ?? on.onPoint);
  const path = (ring: readonly (readonly number[])[], close = 'Z'): string =>
    `M${ring.map(([lon = 0, lat = 0]) => `${x(lon).toFixed(1)},${y(lat).toFixed(1)}`).join('L')}${close}`;
  return (
    <svg
      className="sketch"
      viewBox={`0 0 ${WIDTH} ${height}`}
      role={isPressed ? 'group' : 'img'}
      aria-label={label}
    >
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
      {sketch.areas.length <= NAMES_MAX && <Names sketch={sketch} view={view} />}
      {on.onPoint && (
        <rect
          className="sketch-glass"
          width={WIDTH}
          height={height}
          ref={(glass) => (glass ? listen(glass, (event) => on.onPoint?.(pointOf(event, view))) : undefined)}
        />
      )}
      {marks.map(({ id, lon, lat, tone = 'plain', title, count }) => (
        <Press key={id} name={title} onPress={on.onMark && (() => on.onMark?.(id))}>
          <g className={`sketch-mark ${tone}`}>
            <circle cx={x(lon)} cy={y(lat)} r={(count === undefined ? 0.008 : 0.016) * size} />
            {count !== undefined && (
              <text x={x(lon)} y={y(lat)}>
                {count}
              </text>
            )}
          </g>
        </Press>
      ))}
    </svg>
  );
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

function Names({ sketch, view }: { readonly sketch: SketchView; readonly view: View }): ReactNode {
  return sketch.areas.map(({ code, name, rings }) => {
    const [lon, lat] = middleOf(rings[0] ?? []);
    return (
      <text
        key={code}
        className="sketch-name"
        x={view.x(lon)}
        y={view.y(lat)}
        fontSize={Math.max(WIDTH, view.height) / 50}
      >
        {name}
      </text>
    );
  });
}

/** The glass before a map on which a point is chosen; whoever cannot point says the place in words. */
function listen(glass: SVGRectElement, onPress: (event: MouseEvent) => void): () => void {
  glass.addEventListener('click', onPress);
  return () => glass.removeEventListener('click', onPress);
}

type View = {
  readonly height: number;
  readonly x: (lon: number) => number;
  readonly y: (lat: number) => number;
  readonly bounds: readonly [number, number, number, number];
};

function viewOf({ bounds }: SketchView): View {
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / Math.max((east - west) * shrink, 1e-9);
  return {
    height: Math.max(1, Math.round((north - south) * scale)),
    x: (lon) => (lon - west) * shrink * scale,
    y: (lat) => (north - lat) * scale,
    bounds: [west, south, east, north],
  };
}

function pointOf(event: MouseEvent, { bounds }: View): { lon: number; lat: number } {
  const [west, south, east, north] = bounds;
  const box = (event.currentTarget as SVGRectElement).getBoundingClientRect();
  const right = (event.clientX - box.left) / box.width;
  const down = (event.clientY - box.top) / box.height;
  return { lon: west + right * (east - west), lat: north - down * (north - south) };
}

/** The middle of an outline's box: good enough for where a name stands. */
function middleOf(ring: readonly (readonly number[])[]): [number, number] {
  const lons = ring.map(([lon = 0]) => lon);
  const lats = ring.map(([, lat = 0]) => lat);
  return [(Math.min(...lons) + Math.max(...lons)) / 2, (Math.min(...lats) + Math.max(...lats)) / 2];
}
