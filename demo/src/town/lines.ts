import { createRandom } from '../random.ts';
import { above, type Division, type Places } from './places.ts';
import { contains, distance, type Point, toLonLat } from './plane.ts';

export type Segment = {
  readonly code: string;
  readonly name: string;
  readonly kind: 'river' | 'road';
  readonly line: { readonly code: string; readonly name: string };
  readonly points: readonly Point[];
  readonly withinMetres: number;
  readonly township: Division;
};

/** A river from the western edge to the eastern and a trunk road from the northern to the southern, in segments with chiefs. */
export function makeSegments(places: Places, seed: number): Segment[] {
  const random = createRandom(`${seed}/lines`);
  const [a, b, c] = [random.between(0, 6), random.between(0, 6), random.between(0, 6)];
  const river = run((t) => ({
    x: -20_000 + 40_000 * t,
    y: -1800 + 1900 * Math.sin(7 * t + a) + 700 * Math.sin(19 * t + b) + 160 * Math.sin(61 * t + c),
  }));
  const road = run((t) => ({
    x: 700 + 1500 * Math.sin(4 * t + b) + 250 * Math.sin(15 * t + a),
    y: 18_000 - 36_000 * t,
  }));
  return [
    ...cut(places, { code: 'R1', name: '青溪' }, 'river', river, 6, 60),
    ...cut(places, { code: 'H1', name: '青松公路' }, 'road', road, 5, 40),
  ];
}

const STEPS = 240;

function run(at: (t: number) => Point): Point[] {
  return Array.from({ length: STEPS + 1 }, (_, i) => at(i / STEPS));
}

function cut(
  places: Places,
  line: Segment['line'],
  kind: Segment['kind'],
  whole: readonly Point[],
  count: number,
  withinMetres: number,
): Segment[] {
  const { outers } = places.land.outlineOf(places.city.grids.map((grid) => grid.id));
  const inside = whole.map((p) => contains(outers, p));
  const points = whole.slice(inside.indexOf(true), inside.lastIndexOf(true) + 1);
  return Array.from({ length: count }, (_, i) => {
    const [from, to] = [i, i + 1].map((n) => Math.round((n * (points.length - 1)) / count)) as [
      number,
      number,
    ];
    const part = points.slice(from, to + 1);
    const township = townshipAt(places, part[Math.floor(part.length / 2)]!);
    return {
      code: `${line.code}-${i + 1}`,
      name: `${line.name}${township.short}段`,
      kind,
      line,
      points: part,
      withinMetres,
      township,
    };
  });
}

function townshipAt(places: Places, p: Point): Division {
  const grid = places.grids.reduce((best, g) => (distance(g.site, p) < distance(best.site, p) ? g : best));
  return above(grid.community, 'street', 'town', 'township');
}

export function linesGeoJson(segments: readonly Segment[]): unknown {
  return {
    type: 'FeatureCollection',
    features: segments.map((s) => ({
      type: 'Feature',
      properties: {
        line: s.line.code,
        lineName: s.line.name,
        kind: s.kind,
        segment: s.code,
        segmentName: s.name,
        withinMetres: s.withinMetres,
      },
      geometry: { type: 'LineString', coordinates: s.points.map(toLonLat) },
    })),
  };
}
