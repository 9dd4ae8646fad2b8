/** A point of the made-up plain the town stands on, in metres: x east, y north. */
export type Point = { readonly x: number; readonly y: number };
/** Closed ring without the repeated first point. */
export type Ring = readonly Point[];

/** Where the plain's origin lies; a place on the map, but no town of this name or code is there. */
const ORIGIN = { lon: 119.4, lat: 30.3 };
const METRES_PER_DEGREE = 111_320;
const METRES_PER_LON = METRES_PER_DEGREE * Math.cos((ORIGIN.lat * Math.PI) / 180);

/** WGS-84 degrees with 6 decimals (0.1 m); equal points give equal bits. */
export function toLonLat(p: Point): [number, number] {
  return [round6(ORIGIN.lon + p.x / METRES_PER_LON), round6(ORIGIN.lat + p.y / METRES_PER_DEGREE)];
}

function round6(x: number): number {
  return Math.round(x * 1e6) / 1e6;
}

export function distance(a: Point, b: Point): number {
  return Math.sqrt((a.x - b.x) ** 2 + (a.y - b.y) ** 2);
}

/** Shoelace; positive where the ring runs counter-clockwise. Square metres. */
export function signedArea(ring: Ring): number {
  let twice = 0;
  for (let i = 0; i < ring.length; i++) {
    const a = ring[i]!;
    const b = ring[(i + 1) % ring.length]!;
    twice += a.x * b.y - b.x * a.y;
  }
  return twice / 2;
}

export function centroid(ring: Ring): Point {
  let [x, y, twice] = [0, 0, 0];
  const o = ring[0]!;
  for (let i = 0; i < ring.length; i++) {
    const a = { x: ring[i]!.x - o.x, y: ring[i]!.y - o.y };
    const b = { x: ring[(i + 1) % ring.length]!.x - o.x, y: ring[(i + 1) % ring.length]!.y - o.y };
    const cross = a.x * b.y - b.x * a.y;
    twice += cross;
    x += (a.x + b.x) * cross;
    y += (a.y + b.y) * cross;
  }
  return { x: o.x + x / (3 * twice), y: o.y + y / (3 * twice) };
}

export function meanPoint(points: readonly Point[]): Point {
  let [x, y] = [0, 0];
  for (const p of points) {
    x += p.x;
    y += p.y;
  }
  return { x: x / points.length, y: y / points.length };
}

/** Even-odd rule over all rings. */
export function contains(rings: readonly Ring[], p: Point): boolean {
  let inside = false;
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const a = ring[i]!;
      const b = ring[j]!;
      if (a.y > p.y !== b.y > p.y && p.x < ((b.x - a.x) * (p.y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
    }
  }
  return inside;
}
