import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { checkLayer, refuseOverlap } from './check-layer.ts';
import { metresPerDegree } from './metres.ts';
import type { Layer, Outline, Place, Ring } from './places.ts';

const GRID: Layer = { code: 'grid', tiling: true, within: 'division', name: 'grids' };
const LON = 118;
const LAT = 31;
const SCALE = metresPerDegree(LAT + 0.0005);

/** A rectangle in units of a thousandth of a degree from 118° E, 31° N. */
function box(x: number, y: number, width: number, height: number): Ring {
  const p = (i: number, j: number): number[] => [LON + (x + i * width) / 1000, LAT + (y + j * height) / 1000];
  return [p(0, 0), p(1, 0), p(1, 1), p(0, 1), p(0, 0)];
}

const polygon = (...rings: Ring[]): Outline => ({ type: 'Polygon', coordinates: rings });

function grid(code: string, outline: Outline, more: Partial<Place> = {}): Place {
  return { layer: 'grid', code, name: `${code}号网格`, names: [], outline, ...more };
}

const check = (places: readonly Place[], layer: Layer = GRID) => checkLayer(layer, places, { at: 0 });
const kinds = (places: readonly Place[]) =>
  check(places).map(({ kind, places }) => `${kind} ${places.join(' ')}`);

test('a clean tiling has no finding, also where one side has a vertex that the other lacks', () => {
  assert.deepEqual(kinds([grid('a', polygon(box(0, 0, 1, 1))), grid('b', polygon(box(1, 0, 1, 1)))]), []);
  const tall = grid('c', polygon(box(0, 0, 1, 2)));
  assert.deepEqual(
    kinds([tall, grid('a', polygon(box(1, 0, 1, 1))), grid('b', polygon(box(1, 1, 1, 1)))]),
    [],
  );
});

test('two grids that overlap are named, with area and a point in the overlap, and the layer is refused', () => {
  const findings = check([grid('a', polygon(box(0, 0, 2, 1))), grid('b', polygon(box(1, 0, 2, 1)))]);
  assert.equal(findings.length, 1);
  const [{ kind, places, squareMetres, at, message }] = findings as [(typeof findings)[number]];
  assert.deepEqual([kind, places], ['overlap', ['a', 'b']]);
  const expected = (SCALE.lon / 1000) * (SCALE.lat / 1000);
  assert.ok(Math.abs(squareMetres - expected) < 0.01 * expected);
  assert.ok(at.lon > LON + 0.001 && at.lon < LON + 0.002 && at.lat > LAT && at.lat < LAT + 0.001);
  assert.match(message.zh, /a号网格.*b号网格.*重叠/);
  assert.equal(refuseOverlap(GRID, findings)?.code, 'layer-overlaps');
  assert.equal(refuseOverlap({ ...GRID, tiling: false }, findings), undefined);
});

test('overlap without a shared vertex is found: a cross, one inside another, the same outline twice', () => {
  assert.deepEqual(kinds([grid('a', polygon(box(0, 1, 3, 1))), grid('b', polygon(box(1, 0, 1, 3)))]), [
    'overlap a b',
  ]);
  assert.deepEqual(kinds([grid('a', polygon(box(0, 0, 9, 9))), grid('b', polygon(box(3, 3, 1, 1)))]), [
    'overlap a b',
  ]);
  const again = [...box(0, 0, 1, 1)].reverse();
  assert.deepEqual(kinds([grid('a', polygon(box(0, 0, 1, 1))), grid('b', polygon(again))]), ['overlap a b']);
});

test('a hole between four grids is found with those around it; an island in it is taken off', () => {
  const ring = [
    grid('s', polygon(box(0, 0, 3, 1))),
    grid('e', polygon(box(2, 1, 1, 1))),
    grid('w', polygon(box(0, 1, 1, 1))),
    grid('n', polygon(box(0, 2, 3, 1))),
  ];
  const [hole] = check(ring);
  assert.equal(hole?.kind, 'hole');
  assert.deepEqual([...hole!.places].sort(), ['e', 'n', 's', 'w']);
  const whole = (SCALE.lon / 1000) * (SCALE.lat / 1000);
  assert.ok(Math.abs(hole!.squareMetres - whole) < 0.01 * whole);
  const [around] = check([...ring, grid('i', polygon(box(1.25, 1.25, 0.5, 0.5)))]);
  assert.deepEqual([...around!.places].sort(), ['e', 'i', 'n', 's', 'w']);
  assert.ok(Math.abs(around!.squareMetres - 0.75 * whole) < 0.01 * whole);
});

test('a hole in one outline counts as a hole unless another place fills it', () => {
  const frame = grid('a', polygon(box(0, 0, 3, 3), box(1, 1, 1, 1)));
  assert.deepEqual(kinds([frame]), ['hole a']);
  assert.deepEqual(kinds([frame, grid('b', polygon(box(1, 1, 1, 1)))]), []);
});

test('ground of an outlined parent that no child covers, and ground of a child beyond it, are found', () => {
  const community: Place = {
    layer: 'division',
    level: 'community',
    code: 'c1',
    name: '样例社区',
    names: [],
    outline: polygon(box(0, 0, 3, 1)),
  };
  const within = (code: string, outline: Outline) => grid(code, outline, { parent: 'c1' });
  assert.deepEqual(
    kinds([community, within('a', polygon(box(0, 0, 1, 1))), within('b', polygon(box(1, 0, 2, 1)))]),
    [],
  );
  assert.deepEqual(
    kinds([community, within('a', polygon(box(0, 0, 1, 1))), within('b', polygon(box(2, 0, 1, 1)))]),
    ['hole a b c1'],
  );
  const over = kinds([
    community,
    within('a', polygon(box(0, 0, 1, 1))),
    within('b', polygon(box(1, 0, 2.5, 1))),
  ]);
  assert.deepEqual(over, ['outside-parent b c1']);
});

test('slivers under a square metre pass, and the tolerance can be narrowed', () => {
  const places = [grid('a', polygon(box(0, 0, 1.000001, 1))), grid('b', polygon(box(1, 0, 1, 1)))];
  assert.deepEqual(kinds(places), []);
  const strict = checkLayer(GRID, places, { at: 0, toleranceSquareMetres: 0 });
  assert.deepEqual(
    strict.map(({ kind }) => kind),
    ['overlap'],
  );
});

test('an outline that crosses itself, is open, or holds no degrees is told and left out', () => {
  const bow: Ring = [
    [118, 31],
    [118.001, 31.001],
    [118.001, 31],
    [118, 31.001],
    [118, 31],
  ];
  assert.deepEqual(kinds([grid('a', polygon(bow)), grid('b', polygon(box(5, 5, 1, 1)))]), ['invalid a']);
  assert.deepEqual(kinds([grid('a', polygon(box(0, 0, 1, 1).slice(0, -1)))]), ['invalid a']);
  const [swapped] = check([grid('a', polygon(box(0, 0, 1, 1).map(([x, y]) => [y!, x!])))]);
  assert.match(swapped!.message.en, /swapped/);
});

test('drawn layers may overlap and leave gaps; only their outlines are checked', () => {
  const places = [grid('a', polygon(box(0, 0, 2, 2))), grid('b', polygon(box(1, 1, 2, 2)))];
  assert.deepEqual(check(places, { ...GRID, tiling: false }), []);
});

test('each level is checked by itself, at its own moment', () => {
  const street = grid('s', polygon(box(0, 0, 2, 1)), { level: 'street' });
  const village = grid('v', polygon(box(0, 0, 2, 1)), { level: 'village', parent: 's' });
  const later = grid('w', polygon(box(0, 0, 2, 1)), { level: 'village', parent: 's', validFrom: 10 });
  assert.deepEqual(kinds([street, village, later]), []);
  assert.equal(checkLayer(GRID, [street, village, later], { at: 10 }).length, 1);
});

test('two rectangles anywhere overlap by the product of their common sides', () => {
  const side = fc.double({ min: 0.1, max: 3, noNaN: true });
  const shift = fc.double({ min: -3, max: 3, noNaN: true });
  fc.assert(
    fc.property(side, side, shift, shift, (w, h, dx, dy) => {
      const places = [grid('a', polygon(box(0, 0, 2, 2))), grid('b', polygon(box(dx, dy, w, h)))];
      const common = (from: number, length: number) =>
        Math.max(0, Math.min(2, from + length) - Math.max(0, from));
      const expected = common(dx, w) * common(dy, h) * (SCALE.lon / 1000) * (SCALE.lat / 1000);
      const found = check(places).find(({ kind }) => kind === 'overlap')?.squareMetres ?? 0;
      assert.ok(Math.abs(found - expected) <= 1 + 0.001 * expected, `${found} for ${expected}`);
    }),
    { numRuns: 200 },
  );
});
