import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { Outline, Ring } from '@gezhi/place';
import { buildPolygonIndex, locate, locateMany } from '@gezhi/place';
import Flatbush from 'flatbush';

/** One line of a bench's table: points per second, ours and the reference's; `goal` is the ratio to reach. */
export type PlaceBench = {
  readonly name: string;
  readonly ours: number;
  readonly reference: number;
  readonly ratio: number;
  readonly goal: number;
};

type WhichPolygon = (data: {
  features: { geometry: Outline; properties: { owner: number } }[];
}) => (point: [number, number]) => { owner: number } | null;
type RobustPointInPolygon = (ring: Ring, point: [number, number]) => -1 | 0 | 1;

const require = createRequire(import.meta.url);
const whichPolygon = require('which-polygon') as WhichPolygon;
const robustPointInPolygon = require('robust-point-in-polygon') as RobustPointInPolygon;

const POINTS = 1_000_000;
const RIM_POINTS = 100_000;
const PAIRS = 5;

/**
 * Ours against which-polygon 2.2.1 on 10,000 polygons of about 70 vertices and a million random points, in turns, medians of five; and
 * every answer against robust-point-in-polygon 1.0.3, 100,000 points exactly on edges and vertices included.
 *
 * @throws Error where a single answer differs from the exact one
 */
export async function benchPlace(): Promise<PlaceBench[]> {
  const rows: PlaceBench[] = [];
  for (const { name, outlines } of [
    { name: 'tiling grids', outlines: tiling(100, 17) },
    { name: 'areas with holes, islands, gaps', outlines: withHolesAndIslands(tiling(100, 17)) },
  ]) {
    const built = performance.now();
    const index = buildPolygonIndex(outlines);
    const buildMs = performance.now() - built;
    const arrays = [index.cells, index.records, ...Object.values(index.flat)];
    const megabytes =
      arrays.reduce((sum: number, a) => sum + (typeof a === 'number' ? 0 : a.byteLength), 0) / 1e6;
    console.log(
      `${name}: ${outlines.length} outlines, ${index.flat.edges} edges; build ${buildMs.toFixed(0)} ms, ${megabytes.toFixed(0)} MB`,
    );
    rows.push(...timeBoth(name, outlines));
    console.log(`  ${checkAll(outlines)}`);
  }
  return rows;
}

function timeBoth(name: string, outlines: readonly Outline[]): PlaceBench[] {
  const random = mulberry(7);
  const lons = Float64Array.from({ length: POINTS }, () => 120 + random());
  const lats = Float64Array.from({ length: POINTS }, () => 30 + random());
  const out = new Int32Array(POINTS);
  const index = buildPolygonIndex(outlines);
  const reference = whichPolygon({
    features: outlines.map((geometry, owner) => ({ geometry, properties: { owner } })),
  });
  const runs = { batch: [] as number[], single: [] as number[], reference: [] as number[] };
  const share = POINTS / 5;
  for (let pair = 0; pair < PAIRS; pair += 1) {
    runs.batch.push(perSecond(POINTS, () => locateMany(index, lons, lats, out)));
    runs.single.push(
      perSecond(POINTS, () => {
        for (let i = 0; i < POINTS; i += 1) out[i] = locate(index, lons[i]!, lats[i]!);
      }),
    );
    const from = pair * share;
    runs.reference.push(
      perSecond(share, () => {
        for (let i = from; i < from + share; i += 1) out[i] = reference([lons[i]!, lats[i]!])?.owner ?? -1;
      }),
    );
  }
  return (['batch', 'single'] as const).map((kind) => {
    const ours = median(runs[kind]);
    const theirs = median(runs.reference);
    return { name: `place: ${name}, ${kind}`, ours, reference: theirs, ratio: ours / theirs, goal: 20 };
  });
}

/** Compares every answer with the exact one and says how many were compared. */
function checkAll(outlines: readonly Outline[]): string {
  const random = mulberry(11);
  const index = buildPolygonIndex(outlines);
  const exact = exactIndex(outlines);
  let differ = 0;
  let rims = 0;
  const compare = (x: number, y: number): void => {
    const owner = locate(index, x, y);
    const { inside, rim } = exact(x, y);
    if (rim.length > 0) rims += 1;
    const right =
      inside.length > 0 ? inside[0] === owner : rim.length > 0 ? rim.includes(owner) : owner === -1;
    if (!right) differ += 1;
  };
  for (let i = 0; i < POINTS; i += 1) compare(120 + random(), 30 + random());
  const { xy, ringVertices } = index.flat;
  for (let i = 0; i < RIM_POINTS; i += 1) {
    const ring = Math.floor(random() * (ringVertices.length - 1));
    const v =
      ringVertices[ring]! + Math.floor(random() * (ringVertices[ring + 1]! - 1 - ringVertices[ring]!));
    const t = i % 2 === 0 ? 0 : i % 4 === 1 ? 0.5 : random();
    const [ax, ay, bx, by] = [xy[v * 2]!, xy[v * 2 + 1]!, xy[v * 2 + 2]!, xy[v * 2 + 3]!];
    compare(ax + (bx - ax) * t, ay + (by - ay) * t);
  }
  if (differ > 0) throw new Error(`${differ} points differ from robust-point-in-polygon`);
  return `${POINTS + RIM_POINTS} points compared with robust-point-in-polygon, ${rims} of them exactly on a rim: no difference`;
}

function exactIndex(
  outlines: readonly Outline[],
): (x: number, y: number) => { inside: readonly number[]; rim: readonly number[] } {
  const parts = outlines.flatMap((outline, owner) =>
    (outline.type === 'Polygon' ? [outline.coordinates] : outline.coordinates).map((rings) => ({
      owner,
      rings,
    })),
  );
  const boxes = new Flatbush(parts.length);
  for (const { rings } of parts) {
    const xs = rings[0]!.map((p) => p[0]!);
    const ys = rings[0]!.map((p) => p[1]!);
    boxes.add(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys));
  }
  boxes.finish();
  // The last position of a GeoJSON ring repeats the first; robust-point-in-polygon wants it once.
  const open = parts.map(({ rings }) => rings.map((ring) => ring.slice(0, -1)));
  return (x, y) => {
    const inside: number[] = [];
    const rim: number[] = [];
    for (const k of boxes.search(x, y, x, y).sort((a, b) => a - b)) {
      const signs = open[k]!.map((ring) => robustPointInPolygon(ring, [x, y]));
      if (signs.includes(0)) rim.push(parts[k]!.owner);
      else if (signs[0] === -1 && signs.slice(1).every((sign) => sign === 1)) inside.push(parts[k]!.owner);
    }
    return { inside, rim };
  };
}

/** side × side polygons over one degree that share their wiggly edges vertex by vertex; each edge has `bends` inner vertices. */
function tiling(side: number, bends: number): Outline[] {
  const random = mulberry(3);
  const step = 1 / side;
  const inner = (k: number): boolean => k > 0 && k < side;
  const corners = Array.from({ length: (side + 1) ** 2 }, (_, k): [number, number] => {
    const [i, j] = [k % (side + 1), Math.floor(k / (side + 1))];
    const jitter = (on: boolean): number => (on ? (random() - 0.5) * 0.5 * step : 0);
    return [120 + i * step + jitter(inner(i)), 30 + j * step + jitter(inner(j))];
  });
  const corner = (i: number, j: number): [number, number] => corners[j * (side + 1) + i]!;
  const line = (a: [number, number], b: [number, number], straight: boolean): [number, number][] => {
    const points: [number, number][] = [a];
    for (let k = 1; k <= bends; k += 1) {
      const t = k / (bends + 1);
      const off = straight ? 0 : (random() - 0.5) * 0.06;
      points.push([
        a[0] + (b[0] - a[0]) * t - (b[1] - a[1]) * off,
        a[1] + (b[1] - a[1]) * t + (b[0] - a[0]) * off,
      ]);
    }
    return [...points, b];
  };
  const across = Array.from({ length: side + 1 }, (_, j) =>
    Array.from({ length: side }, (_, i) => line(corner(i, j), corner(i + 1, j), !inner(j))),
  );
  const up = Array.from({ length: side + 1 }, (_, i) =>
    Array.from({ length: side }, (_, j) => line(corner(i, j), corner(i, j + 1), !inner(i))),
  );
  const outlines: Outline[] = [];
  for (let j = 0; j < side; j += 1) {
    for (let i = 0; i < side; i += 1) {
      const ring = [
        ...across[j]![i]!.slice(0, -1),
        ...up[i + 1]![j]!.slice(0, -1),
        ...[...across[j + 1]![i]!].reverse().slice(0, -1),
        ...[...up[i]![j]!].reverse(),
      ];
      outlines.push({ type: 'Polygon', coordinates: [ring] });
    }
  }
  return outlines;
}

/** Every third outline gets a hole; of every second such hole the next outline owns an island; every seventh outline is left out. */
function withHolesAndIslands(outlines: readonly Outline[]): Outline[] {
  const result: Outline[] = [];
  outlines.forEach((outline, k) => {
    if (k % 7 === 0 || outline.type !== 'Polygon') return;
    if (k % 3 !== 0) {
      result.push(outline);
      return;
    }
    const shell = outline.coordinates[0]!;
    const [x, y] = [mean(shell.map((p) => p[0]!)), mean(shell.map((p) => p[1]!))];
    const ring = (r: number): Ring =>
      Array.from({ length: 13 }, (_, i) => {
        const angle = ((i % 12) / 12) * 2 * Math.PI;
        return [x + r * Math.cos(angle), y + r * Math.sin(angle)];
      });
    const hole = ring(0.0025);
    result.push({ type: 'Polygon', coordinates: [shell, hole] });
    const before = result[result.length - 2];
    if (k % 6 === 0 && before?.type === 'Polygon') {
      result[result.length - 2] = {
        type: 'MultiPolygon',
        coordinates: [before.coordinates, [[...hole].reverse()]],
      };
    }
  });
  return result;
}

function perSecond(count: number, work: () => void): number {
  const from = performance.now();
  work();
  return (count / (performance.now() - from)) * 1000;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const row of await benchPlace()) {
    const [ours, theirs] = [(row.ours / 1e6).toFixed(2), (row.reference / 1e6).toFixed(3)];
    console.log(
      `${row.name}: ${ours} M/s, which-polygon ${theirs} M/s, ${row.ratio.toFixed(1)}× (goal ${row.goal}×)`,
    );
  }
}
