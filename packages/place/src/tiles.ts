import { fromGcj02, toGcj02 } from './coordinates.ts';

/** A tile of a web map: zoom, column from the west, row from the north (OGC Two Dimensional Tile Matrix Set, WebMercatorQuad). */
export type Tile = { readonly z: number; readonly x: number; readonly y: number };

/** West, south, east, north: degrees WGS-84. */
export type Box = readonly [west: number, south: number, east: number, north: number];

/** What a tile service counts its tiles in. CGCS2000 (天地图) is WGS-84 to within a metre; GCJ-02 is shifted by hundreds. */
export type TileDatum = 'WGS-84' | 'GCJ-02';

/** The tiles of a zoom that cover a box, row by row. Cost: their number. */
export function tilesOver(box: Box, z: number, datum: TileDatum = 'WGS-84'): readonly Tile[] {
  const [west, south, east, north] = box;
  const first = tileHolding(west, north, z, datum);
  const last = tileHolding(east, south, z, datum);
  const tiles: Tile[] = [];
  for (let y = first.y; y <= last.y; y += 1)
    for (let x = first.x; x <= last.x; x += 1) tiles.push({ z, x, y });
  return tiles;
}

/**
 * Where a tile lies on the ground: its north-western and south-eastern corners. In GCJ-02 a tile is no exact rectangle of degrees; between
 * its corners it is off by less than a pixel.
 */
export function boxOfTile({ z, x, y }: Tile, datum: TileDatum = 'WGS-84'): Box {
  const [west, north] = onGround(lonOf(x, z), latOf(y, z), datum);
  const [east, south] = onGround(lonOf(x + 1, z), latOf(y + 1, z), datum);
  return [west, south, east, north];
}

/** Whether two boxes have a point in common. */
export function boxesMeet(a: Box, b: Box): boolean {
  return a[0] <= b[2] && b[0] <= a[2] && a[1] <= b[3] && b[1] <= a[3];
}

/**
 * The zoom whose tiles come nearest to one pixel of theirs a pixel of the screen.
 *
 * @param degrees how many degrees of longitude the picture is wide @param pixels how many pixels of the screen
 * @param size of a tile, pixels
 */
export function zoomFor(degrees: number, pixels: number, size: number): number {
  return Math.max(0, Math.round(Math.log2((Math.max(1, pixels) * 360) / (Math.max(1e-9, degrees) * size))));
}

/** Where web Mercator ends, so that the world is a square: atan(sinh π). */
const LATITUDE_MAX = 85.051_128_779_806_59;

function tileHolding(lon: number, lat: number, z: number, datum: TileDatum): Tile {
  const at = datum === 'GCJ-02' ? toGcj02({ lon, lat }) : { lon, lat };
  const side = 2 ** z;
  const sine = Math.sin((Math.min(LATITUDE_MAX, Math.max(-LATITUDE_MAX, at.lat)) * Math.PI) / 180);
  const x = Math.floor(((at.lon + 180) / 360) * side);
  const y = Math.floor((0.5 - Math.atanh(sine) / (2 * Math.PI)) * side);
  const within = (n: number): number => Math.min(side - 1, Math.max(0, n));
  return { z, x: within(x), y: within(y) };
}

function onGround(lon: number, lat: number, datum: TileDatum): readonly [number, number] {
  return datum === 'GCJ-02' ? fromGcj02(lon, lat) : [lon, lat];
}

function lonOf(x: number, z: number): number {
  return (x / 2 ** z) * 360 - 180;
}

function latOf(y: number, z: number): number {
  return (Math.atan(Math.sinh(Math.PI * (1 - (2 * y) / 2 ** z))) * 180) / Math.PI;
}
