import { isRefusal } from '@gezhi/basis';
import { type Coordinates, type Datum, detectDatum, toWgs84 } from './coordinates.ts';
import type { LineSegment } from './lines.ts';
import type { Outline, Position } from './places.ts';

/** What is wrong with one feature, counted from 1 as people count; 0 is the file as a whole. The feature is left out. */
export type FeatureProblem = { readonly feature: number; readonly code?: string; readonly message: string };

export type ReadOutline = {
  readonly feature: number;
  readonly code: string;
  readonly outline: Outline;
  readonly properties: Readonly<Record<string, unknown>>;
};

/**
 * Reads a FeatureCollection (already parsed) of Polygon and MultiPolygon into outlines in WGS-84. Nothing is mended by guessing: a
 * feature with a wrong shape is left out and told, with its number, its code and the reason; the others are read.
 *
 * @param options.codeProperty the property that holds the place's code (text or number), `code` where absent
 * @param options.datum the declared datum; where absent the `crs` member or the numbers decide (`detectDatum`), and GCJ-02 never
 */
export function readOutlines(
  geojson: unknown,
  options: { readonly codeProperty?: string; readonly datum?: Datum } = {},
): {
  readonly datum: Datum | 'unknown';
  readonly outlines: readonly ReadOutline[];
  readonly problems: readonly FeatureProblem[];
} {
  const file = openCollection(geojson, options.datum);
  const outlines: ReadOutline[] = [];
  const problems = [...file.problems];
  const seen = new Map<string, number>();
  const key = options.codeProperty ?? 'code';
  file.features.forEach((item, k) => {
    const feature = k + 1;
    const properties = record(record(item)?.properties) ?? {};
    const code = codeOf(properties[key]);
    const before = code === undefined ? undefined : seen.get(code);
    if (code === undefined) {
      problems.push({ feature, message: `It has no property "${key}" with the place's code.` });
    } else if (before !== undefined) {
      const message = `Code ${code} stands at feature ${before} too: make it one MultiPolygon.`;
      problems.push({ feature, code, message });
    } else {
      seen.set(code, feature);
      const outline = readOutline(record(item)?.geometry, file.datum);
      if (typeof outline === 'string') problems.push({ feature, code, message: outline });
      else outlines.push({ feature, code, outline, properties });
    }
  });
  return { datum: file.datum, outlines, problems };
}

/**
 * Reads chief lines: LineString features with properties `line, lineName, kind, segment, segmentName, withinMetres`, one a segment.
 * A feature that lacks one of these is left out and told.
 */
export function readLineSegments(
  geojson: unknown,
  options: { readonly datum?: Datum } = {},
): { readonly segments: readonly LineSegment[]; readonly problems: readonly FeatureProblem[] } {
  const file = openCollection(geojson, options.datum);
  const segments: LineSegment[] = [];
  const problems = [...file.problems];
  file.features.forEach((item, k) => {
    const segment = readSegment(record(item) ?? {}, file.datum);
    if (typeof segment === 'string') problems.push({ feature: k + 1, message: segment });
    else segments.push(segment);
  });
  return { segments, problems };
}

type OpenFile = {
  readonly datum: Datum | 'unknown';
  readonly features: readonly unknown[];
  readonly problems: readonly FeatureProblem[];
};

function openCollection(geojson: unknown, declared: Datum | undefined): OpenFile {
  const file = record(geojson);
  if (file?.type !== 'FeatureCollection' || !Array.isArray(file.features)) {
    const message = 'It is not a GeoJSON FeatureCollection with a list of features.';
    return { datum: 'unknown', features: [], problems: [{ feature: 0, message }] };
  }
  const features = file.features as unknown[];
  const guess = detectDatum(geojson);
  const named = file.crs !== undefined;
  if (declared !== undefined) {
    const clash = named && guess.datum !== declared && !(declared === 'GCJ-02' && guess.datum === 'WGS-84');
    const message = `The datum was declared ${declared}, but: ${guess.reason} Correct one of the two.`;
    if (clash) return { datum: declared, features: [], problems: [{ feature: 0, message }] };
    return { datum: declared, features, problems: [] };
  }
  if (guess.datum !== 'unknown') return { datum: guess.datum, features, problems: [] };
  if (named) return { datum: 'unknown', features: [], problems: [{ feature: 0, message: guess.reason }] };
  // Perhaps one bad feature only: read as degrees, and each feature that is not is told by itself.
  return { datum: 'WGS-84', features, problems: [] };
}

/** An outline in WGS-84, or the sentence that says what is wrong. */
function readOutline(input: unknown, datum: Datum | 'unknown'): Outline | string {
  const geometry = record(input);
  if (!geometry) return 'It has no geometry.';
  if (geometry.type !== 'Polygon' && geometry.type !== 'MultiPolygon') {
    return `Its geometry is ${String(geometry.type)}; an outline is a Polygon or MultiPolygon.`;
  }
  const deep = geometry.type === 'Polygon' ? 1 : 2;
  const wrong = wrongNesting(geometry.coordinates, deep, []);
  if (wrong) return wrong;
  const polygons = (
    geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  ) as readonly (readonly (readonly Position[])[])[];
  const ringWrong = polygons
    .flatMap((rings, p) => rings.map((ring, r) => wrongRing(ring, p, r)))
    .find(Boolean);
  if (ringWrong) return ringWrong;
  const converted = toWgs84(geometry.coordinates as Coordinates, datum === 'unknown' ? 'WGS-84' : datum);
  if (isRefusal(converted)) return converted.because;
  return { type: geometry.type, coordinates: converted } as unknown as Outline;
}

function readSegment(
  item: Readonly<Record<string, unknown>>,
  datum: Datum | 'unknown',
): LineSegment | string {
  const properties = record(item.properties) ?? {};
  const geometry = record(item.geometry);
  if (geometry?.type !== 'LineString') return 'Its geometry is not a LineString; one feature is one segment.';
  const wrong = wrongNesting(geometry.coordinates, 0, []);
  if (wrong) return wrong;
  const coordinates = toWgs84(geometry.coordinates as Coordinates, datum === 'unknown' ? 'WGS-84' : datum);
  if (isRefusal(coordinates)) return coordinates.because;
  if (coordinates.length < 2) return 'A line has at least two positions.';
  const line = codeOf(properties.line);
  const segment = codeOf(properties.segment);
  const withinMetres = Number(properties.withinMetres);
  if (line === undefined || segment === undefined) return 'It lacks the property "line" or "segment".';
  if (!(withinMetres > 0 && withinMetres <= 100_000))
    return 'Its property "withinMetres" is not a number of 0 … 100000.';
  const text = (value: unknown, otherwise: string): string =>
    typeof value === 'string' && value ? value : otherwise;
  return {
    line,
    lineName: text(properties.lineName, line),
    kind: text(properties.kind, ''),
    segment,
    segmentName: text(properties.segmentName, segment),
    withinMetres,
    coordinates: coordinates as readonly Position[],
  };
}

/** `deep` levels of lists above a list of positions, each position two or more finite numbers; the sentence that says where not. */
function wrongNesting(value: unknown, deep: number, path: readonly number[]): string | undefined {
  const where = path.length === 0 ? 'The coordinates' : `Coordinate ${path.join('.')}`;
  if (!Array.isArray(value))
    return `${where}: a list is expected, found ${JSON.stringify(value) ?? 'nothing'}.`;
  const list = value as unknown[];
  if (list.length === 0) return `${where}: the list is empty.`;
  if (deep > 0) {
    for (let k = 0; k < list.length; k += 1) {
      const wrong = wrongNesting(list[k], deep - 1, [...path, k]);
      if (wrong) return wrong;
    }
    return undefined;
  }
  for (let k = 0; k < list.length; k += 1) {
    const position = list[k];
    const here = [...path, k].join('.');
    if (!Array.isArray(position))
      return `Coordinate ${here}: the nesting is wrong, a position [longitude, latitude] is expected.`;
    const [x, y] = position as unknown[];
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      const found = JSON.stringify(position).slice(0, 60);
      return Array.isArray(x)
        ? `Coordinate ${here}: the nesting is one list too deep.`
        : `Coordinate ${here} is not a pair of finite numbers: ${found}.`;
    }
  }
  return undefined;
}

function wrongRing(ring: readonly Position[], polygon: number, k: number): string | undefined {
  const name = `Polygon ${polygon + 1}, ring ${k + 1}`;
  const first = ring[0]!;
  const last = ring[ring.length - 1]!;
  if (first[0] !== last[0] || first[1] !== last[1]) {
    return `${name} is not closed: it begins at ${first[0]}, ${first[1]} and ends at ${last[0]}, ${last[1]}. Repeat the first position at the end.`;
  }
  if (ring.length < 4) return `${name} has ${ring.length} positions; a closed ring has at least four.`;
  const distinct = new Set(ring.map((position) => `${position[0]} ${position[1]}`)).size;
  return distinct < 3 ? `${name} has only ${distinct} distinct positions and encloses nothing.` : undefined;
}

function codeOf(value: unknown): string | undefined {
  if (typeof value === 'string' && value.trim() !== '') return value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}
