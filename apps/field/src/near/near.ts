/** Degrees, WGS-84. */
export type Point = { readonly lon: number; readonly lat: number };

const EARTH_METRES = 6_371_008.8;

/** Metres along the great circle (haversine; R. W. Sinnott, 1984). */
export function metresBetween(a: Point, b: Point): number {
  const rad = Math.PI / 180;
  const half = (degrees: number): number => Math.sin((degrees * rad) / 2) ** 2;
  const h = half(b.lat - a.lat) + Math.cos(a.lat * rad) * Math.cos(b.lat * rad) * half(b.lon - a.lon);
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** The nearest first; what has no point stands last, in the order it had. */
export function byDistance<T>(
  things: readonly T[],
  here: Point,
  pointOf: (thing: T) => Point | undefined,
): readonly T[] {
  const away = (thing: T): number => {
    const point = pointOf(thing);
    return point ? metresBetween(here, point) : Number.POSITIVE_INFINITY;
  };
  return things
    .map((thing) => ({ thing, away: away(thing) }))
    .sort(nearer)
    .map(({ thing }) => thing);
}

function nearer(a: { readonly away: number }, b: { readonly away: number }): number {
  return a.away === b.away ? 0 : a.away - b.away;
}

type Timed = { readonly clocks: readonly { readonly dueAt: string }[]; readonly openedAt: string };

/** What is due first stands first; what has no term last, the oldest of it first. */
export function byClock<T extends Timed>(cases: readonly T[]): readonly T[] {
  const due = (c: T): number => Date.parse(c.clocks[0]?.dueAt ?? '') || Number.POSITIVE_INFINITY;
  return [...cases].sort((a, b) => {
    const [x, y] = [due(a), due(b)];
    return x === y ? Date.parse(a.openedAt) - Date.parse(b.openedAt) : x - y;
  });
}
