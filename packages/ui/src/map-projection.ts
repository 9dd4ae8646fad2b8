/** The sketch is so many units wide. */
export const WIDTH = 1000;

/** How a sketch is laid on its picture: north up, with metres as long either way in its middle. */
export type Projection = {
  readonly height: number;
  readonly x: (lon: number) => number;
  readonly y: (lat: number) => number;
  /** The degrees that a point of the picture stands for. */
  readonly lon: (x: number) => number;
  readonly lat: (y: number) => number;
};

/** @param bounds west, south, east, north: degrees */
export function projectionOf(bounds: readonly number[]): Projection {
  const [west = 0, south = 0, east = 0, north = 0] = bounds;
  const shrink = Math.cos((((south + north) / 2) * Math.PI) / 180);
  const scale = WIDTH / Math.max((east - west) * shrink, 1e-9);
  return {
    height: Math.max(1, Math.round((north - south) * scale)),
    x: (lon) => (lon - west) * shrink * scale,
    y: (lat) => (north - lat) * scale,
    lon: (x) => west + x / (shrink * scale),
    lat: (y) => north - y / scale,
  };
}
