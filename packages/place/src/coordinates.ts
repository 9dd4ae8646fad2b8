import { Fault, type Refusal, refuse } from '@gezhi/basis';
import gcoord from 'gcoord';
import type { Point } from './places.ts';

/** WGS-84 degrees; GCJ-02 degrees, the shifted datum of Chinese maps; EPSG:3857, web-Mercator metres. */
export type Datum = 'WGS-84' | 'GCJ-02' | 'EPSG:3857';

/** Coordinates as GeoJSON nests them: a position, or any depth of lists of positions. */
export type Coordinates = readonly (number | Coordinates)[];

export type DatumGuess = { readonly datum: 'WGS-84' | 'EPSG:3857' | 'unknown'; readonly reason: string };

/** Half the web-Mercator world, metres. */
const MERCATOR_MAX = 20_037_508.342_789_25;

/**
 * In which datum are these coordinates? Reads a `crs` member where there is one, else the numbers.
 *
 * Numbers alone cannot tell GCJ-02 from WGS-84: both are degrees, some 300–600 m apart inside China. So degrees are answered `WGS-84` with
 * a reason that says this, and GCJ-02 must be declared. Nor can small metres be told from a Gauss–Krüger or UTM grid: `unknown`.
 *
 * @param input a GeoJSON object (FeatureCollection, Feature, geometry) or bare coordinates. Cost: one pass over all positions.
 */
export function detectDatum(input: unknown): DatumGuess {
  const named = namedCrs(input);
  if (named !== undefined) return datumOfName(named);
  const range = { minX: Infinity, maxX: -Infinity, minY: Infinity, maxY: -Infinity, positions: 0, bad: 0 };
  walk(input, (x, y) => {
    range.positions += 1;
    if (!Number.isFinite(x) || !Number.isFinite(y)) range.bad += 1;
    range.minX = Math.min(range.minX, x);
    range.maxX = Math.max(range.maxX, x);
    range.minY = Math.min(range.minY, y);
    range.maxY = Math.max(range.maxY, y);
  });
  if (range.positions === 0) return { datum: 'unknown', reason: 'There are no coordinates in it.' };
  if (range.bad > 0) return { datum: 'unknown', reason: `${range.bad} positions are not finite numbers.` };
  const x = Math.max(Math.abs(range.minX), Math.abs(range.maxX));
  const y = Math.max(Math.abs(range.minY), Math.abs(range.maxY));
  return datumOfRange(x, y);
}

/**
 * Converts coordinates of any nesting to WGS-84 degrees; heights are dropped. EPSG:3857 by its formula; GCJ-02 by inverting the
 * published forward shift (as gcoord implements it) until it comes back to within a millimetre. GCJ-02 is the identity outside China.
 *
 * Refuses `not-a-number`, `latitude-longitude-swapped`, `metres-not-degrees`, `out-of-range`, with the position and a hint.
 */
export function toWgs84<C extends Coordinates>(coordinates: C, from: Datum): C | Refusal {
  try {
    return convert(coordinates, from, []) as Coordinates as C;
  } catch (error) {
    if (error instanceof BadPosition) return error.refusal;
    throw error;
  }
}

/** The WGS-84 point as GCJ-02, for a map that wants it so. The identity outside China. */
export function toGcj02(point: Point): Point {
  const [lon, lat] = GCOORD.transform([point.lon, point.lat], 'WGS84', 'GCJ02');
  return { lon: lon!, lat: lat! };
}

/** What gcoord really exports under Node; its types describe the bundled build, where this is the member `default`. */
const GCOORD = gcoord as unknown as {
  readonly transform: (position: number[], from: 'WGS84' | 'GCJ02', to: 'WGS84' | 'GCJ02') => number[];
};

/** Why this is no point in WGS-84 degrees, with a hint; `undefined` where it is one. */
export function whyNoPoint(x: number, y: number): Refusal | undefined {
  if (Math.abs(x) <= 180 && Math.abs(y) <= 90) return undefined;
  const details = { lon: String(x), lat: String(y) };
  if (!Number.isFinite(x) || !Number.isFinite(y)) {
    return refuse('not-a-number', `(${x}, ${y}) is not a pair of finite numbers.`, details);
  }
  if (Math.abs(x) <= 90 && Math.abs(y) <= 180) {
    return refuse(
      'latitude-longitude-swapped',
      `(${x}, ${y}): latitude ${y} is beyond 90°. Latitude and longitude seem swapped; longitude comes first.`,
      details,
    );
  }
  if (
    Math.abs(x) <= MERCATOR_MAX &&
    Math.abs(y) <= MERCATOR_MAX &&
    Math.max(Math.abs(x), Math.abs(y)) > 1000
  ) {
    return refuse(
      'metres-not-degrees',
      `(${x}, ${y}) looks like metres. Declare the datum EPSG:3857, or convert to WGS-84 degrees.`,
      details,
    );
  }
  return refuse('out-of-range', `(${x}, ${y}) is outside longitude ±180°, latitude ±90°.`, details);
}

/** @throws Fault with the code of `whyNoPoint`, where the point is not in WGS-84 degrees. */
export function mustBePoint(point: Point): Point {
  const why = whyNoPoint(point.lon, point.lat);
  if (why) throw new Fault(why.code, why.because);
  return point;
}

/** Thrown and caught inside this file only, to leave the nested walk at the first bad position. */
class BadPosition extends Error {
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(refusal.because);
    this.refusal = refusal;
  }
}

function convert(coordinates: Coordinates, from: Datum, path: readonly number[]): Coordinates {
  if (typeof coordinates[0] !== 'number') {
    return coordinates.map((inner, k) => {
      if (typeof inner !== 'number') return convert(inner, from, [...path, k]);
      throw new BadPosition(
        refuse('bad-nesting', `A number stands among lists at ${[...path, k].join('.')}.`),
      );
    });
  }
  const [x, y] = coordinates as readonly number[];
  const why = from === 'EPSG:3857' ? whyNoMercator(x!, y!) : whyNoPoint(x!, y!);
  if (why) throw new BadPosition(path.length === 0 ? why : at(why, path));
  if (from === 'WGS-84') return [x!, y!];
  return from === 'EPSG:3857' ? fromMercator(x!, y!) : fromGcj02(x!, y!);
}

function at(refusal: Refusal, path: readonly number[]): Refusal {
  return refuse(refusal.code, `At ${path.join('.')}: ${refusal.because}`, { ...refusal.details, path });
}

function whyNoMercator(x: number, y: number): Refusal | undefined {
  const limit = MERCATOR_MAX * (1 + 1e-9);
  if (Math.abs(x) <= limit && Math.abs(y) <= limit) return undefined;
  const code = Number.isFinite(x) && Number.isFinite(y) ? 'out-of-range' : 'not-a-number';
  return refuse(code, `(${x}, ${y}) is outside EPSG:3857, which ends at ±20037508.34 m.`, {
    x: String(x),
    y: String(y),
  });
}

/** The sphere of EPSG:3857, metres. */
const MERCATOR_RADIUS = 6_378_137;

function fromMercator(x: number, y: number): Coordinates {
  const degrees = 180 / Math.PI;
  const lon = Math.min(180, Math.max(-180, (x / MERCATOR_RADIUS) * degrees));
  return [lon, Math.atan(Math.sinh(y / MERCATOR_RADIUS)) * degrees];
}

const INVERSE_STEPS_MAX = 30;
/** About a tenth of a millimetre. */
const INVERSE_DEGREES = 1e-9;

/** The WGS-84 position that the shift moves to these GCJ-02 degrees. */
export function fromGcj02(x: number, y: number): readonly [number, number] {
  let [lon, lat] = [x, y];
  for (let step = 0; step < INVERSE_STEPS_MAX; step += 1) {
    const there = toGcj02({ lon, lat });
    const [dx, dy] = [x - there.lon, y - there.lat];
    lon += dx;
    lat += dy;
    if (Math.abs(dx) < INVERSE_DEGREES && Math.abs(dy) < INVERSE_DEGREES) break;
  }
  return [lon, lat];
}

function datumOfRange(x: number, y: number): DatumGuess {
  if (x <= 180 && y <= 90) {
    const reason =
      'All numbers are degrees. Whether they are WGS-84 or GCJ-02 cannot be seen from numbers: declare GCJ-02 where the map was Chinese.';
    return { datum: 'WGS-84', reason };
  }
  if (x <= 90 && y <= 180) {
    return {
      datum: 'unknown',
      reason: 'Latitude and longitude seem swapped: the second number goes beyond 90.',
    };
  }
  if (x > MERCATOR_MAX || y > MERCATOR_MAX) {
    const reason =
      'The numbers go beyond EPSG:3857 (±20037508 m); a Gauss–Krüger grid with zone number? Convert to WGS-84.';
    return { datum: 'unknown', reason };
  }
  if (x <= 1_000_000) {
    const reason =
      'The numbers may be EPSG:3857, UTM or Gauss–Krüger metres. Declare EPSG:3857, or convert to WGS-84.';
    return { datum: 'unknown', reason };
  }
  return { datum: 'EPSG:3857', reason: 'The numbers are metres within the web-Mercator world.' };
}

function datumOfName(name: string): DatumGuess {
  if (/(EPSG:+|EPSG\/0\/)(3857|900913|102100)$/i.test(name)) {
    return { datum: 'EPSG:3857', reason: `The crs member names ${name}.` };
  }
  if (/(EPSG:+|EPSG\/0\/)(4326|4490)$|CRS:?84$/i.test(name)) {
    return { datum: 'WGS-84', reason: `The crs member names ${name}.` };
  }
  return {
    datum: 'unknown',
    reason: `The crs member names ${name}, which is not known here. Convert to WGS-84.`,
  };
}

/** The name in a `crs` member of the 2008 GeoJSON specification. */
function namedCrs(input: unknown): string | undefined {
  const name = field(field(field(input, 'crs'), 'properties'), 'name');
  return typeof name === 'string' ? name : undefined;
}

function walk(input: unknown, visit: (x: number, y: number) => void): void {
  if (Array.isArray(input)) {
    const [x, y] = input as unknown[];
    if (typeof x === 'number' || x === null) visit(x ?? Number.NaN, typeof y === 'number' ? y : Number.NaN);
    else for (const inner of input) walk(inner, visit);
    return;
  }
  for (const key of ['features', 'geometry', 'geometries', 'coordinates']) {
    const inner = field(input, key);
    if (inner !== undefined) walk(inner, visit);
  }
}

function field(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
