import type { Instant } from '@gezhi/basis';
import { descendants, findPlace, type PlaceIndex } from './place-index.ts';
import { type Outline, type Place, type Position, polygonsOf } from './places.ts';
import type { Box } from './tiles.ts';

/** What a map without the internet is drawn from: outlines with fewer positions, degrees WGS-84. */
export type Sketch = {
  /** West, south, east, north. */
  readonly bounds: readonly [number, number, number, number];
  readonly areas: readonly SketchArea[];
};

export type SketchArea = {
  readonly layer: string;
  readonly code: string;
  readonly name: string;
  readonly level?: string;
  /** Rings of all its polygons, to be filled by the even-odd rule. */
  readonly rings: readonly (readonly Position[])[];
};

/** Positions nearer to the one before than this share of the picture's width are left out. */
const FINE = 1 / 1500;

/**
 * The outlined places right below one, those of the first level that has outlines, as a picture of at most some kilobytes an area;
 * where nothing below has an outline, the place itself.
 *
 * @param layer a layer's code @param within a place's code; without it the places of the layer that lie in no other
 * @returns `undefined` where no such place is, or nothing there has an outline. Cost: linear in the positions of the outlines.
 */
export function sketchOf(
  index: PlaceIndex,
  layer: string,
  within: string | undefined,
  at: Instant = index.at,
): Sketch | undefined {
  const places = within === undefined ? topOf(index, layer, at) : below(index, layer, within, at);
  const drawn = places.filter((place): place is Place & { outline: Outline } => place.outline !== undefined);
  if (drawn.length === 0) return undefined;
  const bounds = boundsOf(drawn.map(({ outline }) => outline));
  const apart = Math.max(bounds[2] - bounds[0], bounds[3] - bounds[1]) * FINE;
  const areas = drawn.map(({ layer, code, name, level, outline }) => ({
    layer,
    code,
    name,
    ...(level ? { level } : {}),
    rings: polygonsOf(outline).flatMap((rings) => rings.map((ring) => thinned(ring, apart))),
  }));
  return { bounds, areas };
}

const EXTENTS = new WeakMap<PlaceIndex, Box | undefined>();

/** The box around everything of a town that has an outline, at any time; `undefined` where nothing has. Cost: reckoned once an index. */
export function extentOf(index: PlaceIndex): Box | undefined {
  if (EXTENTS.has(index)) return EXTENTS.get(index);
  const outlines = index.places.flatMap(({ outline }) => outline ?? []);
  const extent = outlines.length === 0 ? undefined : boundsOf(outlines);
  EXTENTS.set(index, extent);
  return extent;
}

function topOf(index: PlaceIndex, layer: string, at: Instant): readonly Place[] {
  const own = [...index.versions.values()]
    .flat()
    .filter((place) => place.layer === layer && findPlace(index, layer, place.code, at) === place);
  const roots = own.filter(({ parent }) => parent === undefined || !findPlace(index, layer, parent, at));
  if (roots.some(({ outline }) => outline)) return roots;
  return roots.flatMap(({ code }) => below(index, layer, code, at));
}

function below(index: PlaceIndex, layer: string, within: string, at: Instant): readonly Place[] {
  const itself = findPlace(index, layer, within, at);
  if (!itself) return [];
  const all = descendants(index, layer, within, at).flatMap(
    (ref) => findPlace(index, ref.layer, ref.code, at) ?? [],
  );
  const first = all.find(({ outline }) => outline);
  if (!first) return [itself];
  const siblings = all.filter((place) => place.layer === first.layer && place.outline);
  return siblings.filter(
    ({ parent, layer }) => !siblings.some((other) => other.layer === layer && other.code === parent),
  );
}

function boundsOf(outlines: readonly Outline[]): [number, number, number, number] {
  const bounds: [number, number, number, number] = [180, 90, -180, -90];
  for (const outline of outlines) {
    for (const [lon = 0, lat = 0] of polygonsOf(outline).flat(2)) {
      bounds[0] = Math.min(bounds[0], lon);
      bounds[1] = Math.min(bounds[1], lat);
      bounds[2] = Math.max(bounds[2], lon);
      bounds[3] = Math.max(bounds[3], lat);
    }
  }
  return bounds;
}

function thinned(ring: readonly Position[], apart: number): readonly Position[] {
  const kept: Position[] = [];
  let last: Position | undefined;
  for (const position of ring) {
    const [lon = 0, lat = 0] = position;
    if (last && Math.hypot(lon - last[0]!, lat - last[1]!) < apart) continue;
    kept.push([round(lon), round(lat)]);
    last = position;
  }
  return kept.length >= 3 ? kept : ring.map(([lon = 0, lat = 0]) => [round(lon), round(lat)]);
}

/** A metre or so. */
function round(degrees: number): number {
  return Math.round(degrees * 1e5) / 1e5;
}
