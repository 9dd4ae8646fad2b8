import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import test from 'node:test';
import fc from 'fast-check';
import type { Outline, Ring } from './places.ts';
import { buildPolygonIndex, locate, locateAll, locateMany } from './polygon-index.ts';

/** −1 inside, 0 on the rim, 1 outside, by exact predicates; wants rings without the repeated last position. */
const robust = createRequire(import.meta.url)('robust-point-in-polygon') as (
  ring: Ring,
  point: number[],
) => -1 | 0 | 1;

const square = (x: number, y: number, side: number): Ring => [
  [x, y],
  [x + side, y],
  [x + side, y + side],
  [x, y + side],
  [x, y],
];
const polygon = (...rings: Ring[]): Outline => ({ type: 'Polygon', coordinates: rings });
const multi = (...polygons: Ring[][]): Outline => ({ type: 'MultiPolygon', coordinates: polygons });

test('a point of a shared edge or corner belongs to exactly one of four squares, and the outer rim to the square behind it', () => {
  const squares = [square(0, 0, 1), square(1, 0, 1), square(0, 1, 1), square(1, 1, 1)].map((ring) =>
    polygon(ring),
  );
  const index = buildPolygonIndex(squares);
  const table: [number, number, number][] = [
    [0.5, 0.5, 0],
    [1, 0.5, 1],
    [0.5, 1, 2],
    [1, 1, 3],
    [0, 0, 0],
    [2, 0.5, 1],
    [0.5, 2, 2],
    [2, 2, 3],
    [2, 0, 1],
    [0, 2, 2],
    [2.0001, 1, -1],
    [-1e-9, 1, -1],
    [Number.NaN, 1, -1],
  ];
  for (const [x, y, owner] of table) assert.equal(locate(index, x, y), owner, `${x}, ${y}`);
  assert.deepEqual(locateAll(index, 1, 0.5), [0, 1]);
  assert.deepEqual(locateAll(index, 1, 1).length, 4);
});

test('a hole belongs to the island that fills it, else to nobody; parts of a multipolygon to their owner', () => {
  const ring = square(0, 0, 10);
  const index = buildPolygonIndex([
    polygon(ring, square(2, 2, 2), square(6, 6, 2)),
    multi([square(2, 2, 2)], [square(20, 0, 1)]),
    undefined,
  ]);
  assert.equal(locate(index, 3, 3), 1);
  assert.equal(locate(index, 2, 3), 1);
  assert.equal(locate(index, 4, 3), 0);
  assert.equal(locate(index, 7, 7), -1);
  assert.equal(locate(index, 6, 7), 0, 'the rim of an empty hole belongs to the place around it');
  assert.equal(locate(index, 20.5, 0.5), 1);
  assert.equal(locate(index, 15, 0.5), -1);
});

test('no outline at all, and outlines of nothing, hold no point', () => {
  assert.equal(locate(buildPolygonIndex([]), 0, 0), -1);
  const line: Ring = [
    [0, 0],
    [1, 1],
    [0, 0],
  ];
  assert.equal(locate(buildPolygonIndex([polygon(line), undefined]), 0.5, 0.5), -1);
});

test('a batch answers as single calls do, and arrays of unequal length are told', () => {
  const { outlines, random } = tiling(5, 12);
  const index = buildPolygonIndex(outlines);
  const lons = Float64Array.from({ length: 5000 }, () => random() * 12 - 1);
  const lats = Float64Array.from({ length: 5000 }, () => random() * 12 - 1);
  const out = new Int32Array(5000);
  locateMany(index, lons, lats, out);
  for (let i = 0; i < out.length; i += 1) assert.equal(out[i], locate(index, lons[i]!, lats[i]!));
  assert.throws(() => locateMany(index, lons, lats, new Int32Array(1)), RangeError);
});

test('on wiggly tilings every answer is that of exact predicates, on rims one of those who share it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 9 }), (seed, side) => {
      const { outlines, random } = tiling(seed, side);
      const index = buildPolygonIndex(outlines);
      for (let i = 0; i < 300; i += 1) {
        const ring = outlines[Math.floor(random() * outlines.length)]!.coordinates[0] as Ring;
        const [a, b] = ringPair(ring, random());
        const t = i % 3 === 0 ? 0 : 0.5;
        const point =
          i % 3 === 2
            ? [random() * 10, random() * 10]
            : [a[0]! + (b[0]! - a[0]!) * t, a[1]! + (b[1]! - a[1]!) * t];
        mustAgree(outlines, locate(index, point[0]!, point[1]!), point);
      }
    }),
    { numRuns: 25 },
  );
});

test('overlapping triangles on a lattice, where points fall on edges and corners: all who hold the point are answered', () => {
  const corner = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 6 }));
  const triangle = fc
    .tuple(corner, corner, corner)
    .filter(([a, b, c]) => (b[0] - a[0]) * (c[1] - a[1]) !== (c[0] - a[0]) * (b[1] - a[1]));
  fc.assert(
    fc.property(fc.array(triangle, { minLength: 1, maxLength: 6 }), (triangles) => {
      const outlines = triangles.map(([a, b, c]) => polygon([a, b, c, a]));
      const index = buildPolygonIndex(outlines);
      for (let x = -0.5; x <= 6.5; x += 0.5) {
        for (let y = -0.5; y <= 6.5; y += 0.5) {
          const holding = outlines.flatMap((outline, k) =>
            robust((outline.coordinates[0] as Ring).slice(0, -1), [x, y]) <= 0 ? [k] : [],
          );
          assert.deepEqual(locateAll(index, x, y), holding, `${x}, ${y}`);
          const owner = locate(index, x, y);
          assert.ok(holding.length === 0 ? owner === -1 : holding.includes(owner), `${x}, ${y}: ${owner}`);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a tiny area beside a huge one, and points one rounding step from an edge, are told apart', () => {
  const tiny = square(120.000001, 30.000001, 1e-7);
  const index = buildPolygonIndex([polygon(square(110, 20, 30), tiny), polygon(tiny)]);
  assert.equal(locate(index, 120.00000105, 30.00000105), 1);
  assert.equal(locate(index, 120.0000012, 30.00000105), 0);
  const slope: Ring = [
    [0, 0],
    [3, 1],
    [0, 1],
    [0, 0],
  ];
  const below: Ring = [
    [0, 0],
    [3, 0],
    [3, 1],
    [0, 0],
  ];
  const halves = buildPolygonIndex([polygon(slope), polygon(below)]);
  for (let k = -20; k <= 20; k += 1) {
    const point = [0.3 + k * 2 ** -54, 0.1];
    mustAgree([polygon(slope), polygon(below)], locate(halves, point[0]!, point[1]!), point);
  }
});

function mustAgree(outlines: readonly Outline[], owner: number, point: readonly number[]): void {
  const signs = outlines.map((outline) => robust((outline.coordinates[0] as Ring).slice(0, -1), [...point]));
  const inside = signs.indexOf(-1);
  if (inside >= 0) assert.equal(owner, inside, String(point));
  else if (signs.includes(0)) assert.equal(signs[owner], 0, String(point));
  else assert.equal(owner, -1, String(point));
}

function ringPair(ring: Ring, at: number): [readonly number[], readonly number[]] {
  const k = Math.floor(at * (ring.length - 1));
  return [ring[k]!, ring[k + 1]!];
}

/** side × side cells over 10 × 10 whose shared edges have three bends. */
function tiling(seed: number, side: number): { outlines: Outline[]; random: () => number } {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (state >>> 0) / 2 ** 32;
  };
  const step = 10 / side;
  const line = (ax: number, ay: number, bx: number, by: number, bend: boolean): number[][] =>
    [0, 1, 2, 3, 4].map((k) => {
      const off = bend && k > 0 && k < 4 ? (random() - 0.5) * step * 0.2 : 0;
      const [dx, dy] = [bx - ax, by - ay];
      return [ax + (dx * k) / 4 + (dx === 0 ? off : 0), ay + (dy * k) / 4 + (dy === 0 ? off : 0)];
    });
  const at = (k: number): number => (k === side ? 10 : k * step);
  const cells = Array.from({ length: side }, (_, k) => k);
  const lines = Array.from({ length: side + 1 }, (_, k) => k);
  const across = lines.map((j) => cells.map((i) => line(at(i), at(j), at(i + 1), at(j), j > 0 && j < side)));
  const up = lines.map((i) => cells.map((j) => line(at(i), at(j), at(i), at(j + 1), i > 0 && i < side)));
  const outlines = cells.flatMap((j) =>
    cells.map((i) =>
      polygon([
        ...across[j]![i]!.slice(0, -1),
        ...up[i + 1]![j]!.slice(0, -1),
        ...across[j + 1]![i]!.toReversed().slice(0, -1),
        ...up[i]![j]!.toReversed(),
      ]),
    ),
  );
  return { outlines, random };
}
