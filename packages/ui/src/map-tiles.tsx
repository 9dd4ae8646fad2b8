import type { TilesView } from '@gezhi/contract';
import { type Box, boxesMeet, boxOfTile, type Tile, tilesOver, zoomFor } from '@gezhi/place';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Projection } from './map-projection.ts';
import { type MapWindow, scaleOf, spotOf } from './use-map-window.ts';

/** How the tiles are: none came yet, some did, or the service gives none. */
export type TilesState = 'coming' | 'there' | 'away';

type Props = {
  readonly tiles: TilesView;
  readonly projection: Projection;
  readonly seen: MapWindow;
  readonly onState: (state: TilesState) => void;
};

/** More tiles than these are never asked for at once: a coarser zoom is. */
const TILES_MAX = 120;
/** Below the tiles that are wanted lie coarser ones, which are there sooner. */
const COARSER = 3;
/** How long until tiles that failed are asked for again. */
const AGAIN_MS = 30_000;

/** The tiles under a sketch, each stretched between its own corners. They come from our own service. */
export function MapTiles({ tiles, projection, seen, onState }: Props): ReactNode {
  const group = useRef<SVGGElement>(null);
  const view = useView(group, seen);
  const look = useLook();
  const [turn, setTurn] = useState(0);
  const failed = useRef({ turn, there: 0, gone: 0 });
  if (failed.current.turn !== turn) failed.current = { turn, there: 0, gone: 0 };
  useEffect(() => {
    const timer = setInterval(() => {
      const { there, gone } = failed.current;
      if (gone > 0 && there === 0) setTurn((was) => was + 1);
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, []);
  const tell = (isThere: boolean): void => {
    failed.current[isThere ? 'there' : 'gone'] += 1;
    onState(failed.current.there > 0 ? 'there' : 'away');
  };
  const query = `?v=${tiles.version}${tiles.drawn && look === 'dark' ? '&look=dark' : ''}${turn > 0 ? `&t=${turn}` : ''}`;
  const drawn = view ? placed(tiles, projection, view) : [];
  return (
    <g ref={group} className={tiles.drawn ? 'sketch-tiles' : 'sketch-tiles as-reviewed'}>
      {drawn.map(({ layer, tile: { z, x, y }, box }) => (
        <image
          key={`${layer}/${z}/${x}/${y}/${turn}`}
          href={`/tiles/${layer}/${z}/${x}/${y}${query}`}
          {...box}
          preserveAspectRatio="none"
          onLoad={() => tell(true)}
          onError={() => tell(false)}
        />
      ))}
    </g>
  );
}

type Placed = {
  readonly layer: number;
  readonly tile: Tile;
  readonly box: Readonly<Record<'x' | 'y' | 'width' | 'height', number>>;
};

/** The tiles that are seen, in the order in which they are laid. */
function placed(tiles: TilesView, projection: Projection, view: View): readonly Placed[] {
  const { left, top, right, low, scale } = view;
  const degrees = projection.lon(right) - projection.lon(left);
  const box = within(
    [projection.lon(left), projection.lat(low), projection.lon(right), projection.lat(top)],
    tiles,
  );
  if (!box) return [];
  // Shapes are sharp at any size; a picture on a finer screen comes from a finer zoom.
  const finer = tiles.drawn ? 1 : Math.min(2, devicePixelRatio);
  const wanted = zoomFor(degrees, (right - left) * scale * finer, tiles.size);
  let z = Math.min(tiles.maxZoom, Math.max(tiles.minZoom, wanted));
  let finest = tilesOver(box, z, tiles.datum);
  while (finest.length > TILES_MAX && z > tiles.minZoom) {
    z -= 1;
    finest = tilesOver(box, z, tiles.datum);
  }
  if (finest.length > TILES_MAX) return [];
  const under = z - COARSER >= tiles.minZoom ? tilesOver(box, z - COARSER, tiles.datum) : [];
  const lay = (layer: number, all: readonly Tile[]): Placed[] =>
    all.map((tile) => ({ layer, tile, box: laid(boxOfTile(tile, tiles.datum), projection, 0.5 / scale) }));
  const layers = Array.from({ length: tiles.layers }, (_, layer) => lay(layer, finest));
  return [...lay(0, under), ...layers.flat()];
}

/** What of a box is served; `undefined` where nothing is. */
function within(
  box: Box,
  { bounds: [west = 0, south = 0, east = 0, north = 0] }: TilesView,
): Box | undefined {
  if (!boxesMeet(box, [west, south, east, north])) return undefined;
  return [Math.max(box[0], west), Math.max(box[1], south), Math.min(box[2], east), Math.min(box[3], north)];
}

/** @param more by so much a tile reaches under the next, that no seam is seen */
function laid([west, south, east, north]: Box, { x, y }: Projection, more: number): Placed['box'] {
  const [left, top] = [x(west), y(north)];
  return { x: left, y: top, width: x(east) - left + more, height: y(south) - top + more };
}

/** What of the picture's plane stands on the screen, which is more than the picture where its frame has another shape; and pixels a unit. */
type View = Readonly<Record<'left' | 'top' | 'right' | 'low' | 'scale', number>>;

/** The same once it is laid out, whenever its frame changes its size, and wherever it is moved to. */
function useView(group: { readonly current: SVGGElement | null }, seen: MapWindow): View | undefined {
  const [view, setView] = useState<View>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: moving and enlarging change it too
  useEffect(() => {
    const svg = group.current?.ownerSVGElement;
    if (!svg) return undefined;
    const measure = (): void => {
      const { left, top, right, bottom } = svg.getBoundingClientRect();
      const from = spotOf(svg, { clientX: left, clientY: top });
      const to = spotOf(svg, { clientX: right, clientY: bottom });
      setView({ left: from.x, top: from.y, right: to.x, low: to.y, scale: scaleOf(svg) });
    };
    const watch = new ResizeObserver(measure);
    watch.observe(svg);
    measure();
    return () => watch.disconnect();
  }, [group, seen]);
  return view;
}

function useLook(): 'light' | 'dark' {
  const [isDark, setDark] = useState(() => matchMedia(DARK).matches);
  useEffect(() => {
    const query = matchMedia(DARK);
    const change = (): void => setDark(query.matches);
    query.addEventListener('change', change);
    return () => query.removeEventListener('change', change);
  }, []);
  return isDark ? 'dark' : 'light';
}

const DARK = '(prefers-color-scheme: dark)';
