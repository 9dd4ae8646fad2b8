import type { Geom, MultiPolygon, Pair } from 'polygon-clipping';

/** An outline of GeoJSON. */
export type Outline = { readonly type: 'Polygon' | 'MultiPolygon'; readonly coordinates: unknown };
export type Spot = { readonly lon: number; readonly lat: number };

/**
 * Both sides of an outline that a line through two points divides; `undefined` where it does not. The line goes on beyond the points.
 *
 * @param clip the library's functions, loaded when somebody splits
 */
export function splitOutline(
  outline: Outline,
  [a, b]: readonly [Spot, Spot],
  clip: {
    intersection(one: Geom, other: Geom): MultiPolygon;
    difference(one: Geom, other: Geom): MultiPolygon;
  },
): readonly [Outline, Outline] | undefined {
  const half = halfPlane(a, b);
  const geometry = outline.coordinates as Geom;
  const [left, right] = [clip.intersection(geometry, half), clip.difference(geometry, half)];
  if (left.length === 0 || right.length === 0) return undefined;
  return [outlineOf(left), outlineOf(right)];
}

/** Everything to the left of a line, as far as a degree reaches many times over. */
function halfPlane(a: Spot, b: Spot): Geom {
  const length = Math.hypot(b.lon - a.lon, b.lat - a.lat) || 1;
  const [dx, dy] = [((b.lon - a.lon) / length) * 20, ((b.lat - a.lat) / length) * 20];
  const corner = (along: number, aside: number): Pair => [
    a.lon + along * dx - aside * dy,
    a.lat + along * dy + aside * dx,
  ];
  return [[corner(-1, 0), corner(1, 0), corner(1, 1), corner(-1, 1), corner(-1, 0)]];
}

function outlineOf(polygons: MultiPolygon): Outline {
  return polygons.length === 1
    ? { type: 'Polygon', coordinates: polygons[0] }
    : { type: 'MultiPolygon', coordinates: polygons };
}
