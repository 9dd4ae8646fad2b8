import assert from 'node:assert/strict';
import test from 'node:test';
import { ancestors, buildPlaceIndex, descendants, findPlace, placesAt } from './place-index.ts';
import type { Layer, Outline, Place } from './places.ts';

const LAYERS: Layer[] = [
  { code: 'division', tiling: true, name: '行政区划' },
  { code: 'grid', tiling: true, within: 'division', name: '服务网格' },
  { code: 'police', tiling: false, name: '警务区' },
];

const box = (x: number, y: number, width: number, height: number): Outline => ({
  type: 'Polygon',
  coordinates: [
    [
      [x, y],
      [x + width, y],
      [x + width, y + height],
      [x, y + height],
      [x, y],
    ],
  ],
});

function place(layer: string, level: string | undefined, code: string, more: Partial<Place> = {}): Place {
  return { layer, ...(level ? { level } : {}), code, name: code, names: [], ...more };
}

const TOWN: Place[] = [
  place('division', 'city', 'C'),
  place('division', 'town', 'T1', { parent: 'C', outline: box(0, 0, 2, 2) }),
  place('division', 'town', 'T2', { parent: 'C', outline: box(2, 0, 2, 2) }),
  place('division', 'village', 'V1', { parent: 'T1' }),
  place('division', 'village', 'V2', { parent: 'T1', outline: box(0, 1, 2, 1) }),
  place('grid', undefined, 'G1', { parent: 'V1', outline: box(0, 0, 1, 1) }),
  place('grid', undefined, 'G2', { parent: 'V2', outline: box(0, 1, 1, 1) }),
  place('police', undefined, 'P1', { outline: box(0, 0, 3, 1) }),
  place('police', undefined, 'P2', { outline: box(0.5, 0, 3, 1) }),
];

test('a point has one place a level, outermost first, drawn areas all, and ancestors without outline through the tree', () => {
  const index = buildPlaceIndex(LAYERS, TOWN, { at: 0 });
  assert.deepEqual(placesAt(index, { lon: 0.6, lat: 0.5 }), {
    division: ['C', 'T1', 'V1'],
    grid: ['G1'],
    police: ['P1', 'P2'],
  });
  assert.deepEqual(placesAt(index, { lon: 0.5, lat: 1.5 }), { division: ['C', 'T1', 'V2'], grid: ['G2'] });
  assert.deepEqual(placesAt(index, { lon: 1.5, lat: 0.5 }), { division: ['C', 'T1'], police: ['P1', 'P2'] });
  assert.deepEqual(placesAt(index, { lon: 2, lat: 1.5 }), { division: ['C', 'T2'] });
  assert.deepEqual(placesAt(index, { lon: 9, lat: 9 }), {});
  assert.throws(() => placesAt(index, { lon: 30, lat: 118 }), { code: 'latitude-longitude-swapped' });
});

test('the tree is walked up and down, across layers', () => {
  const index = buildPlaceIndex(LAYERS, TOWN, { at: 0 });
  assert.deepEqual(
    ancestors(index, 'grid', 'G1').map(({ code }) => code),
    ['V1', 'T1', 'C'],
  );
  assert.deepEqual(
    descendants(index, 'division', 'T1').map(({ code }) => code),
    ['V1', 'V2', 'G1', 'G2'],
  );
  assert.deepEqual(ancestors(index, 'grid', 'nowhere'), []);
  assert.deepEqual(descendants(index, 'division', 'nowhere'), []);
});

test('a grid redrawn at a moment is answered as it was before and as it is after', () => {
  const redrawn = [
    ...TOWN.filter(({ code }) => code !== 'G1'),
    place('grid', undefined, 'G1', { parent: 'V1', outline: box(0, 0, 1, 1), validTo: 100 }),
    place('grid', undefined, 'G1', { name: '新', parent: 'V1', outline: box(0, 0, 0.5, 1), validFrom: 100 }),
    place('grid', undefined, 'G3', { parent: 'V1', outline: box(0.5, 0, 0.5, 1), validFrom: 100 }),
  ].map((p) => (p.code === 'G1' && p.validFrom === 100 ? { ...p, name: '新' } : p));
  const index = buildPlaceIndex(LAYERS, redrawn, { at: 100 });
  assert.deepEqual(placesAt(index, { lon: 0.7, lat: 0.5 }).grid, ['G3']);
  assert.deepEqual(placesAt(index, { lon: 0.7, lat: 0.5 }, 99).grid, ['G1']);
  assert.equal(findPlace(index, 'grid', 'G1', 99)?.name, 'G1');
  assert.equal(findPlace(index, 'grid', 'G1')?.name, '新');
  assert.deepEqual(
    descendants(index, 'division', 'V1', 99).map(({ code }) => code),
    ['G1'],
  );
});

test('places that cannot stand are faults that say where and how to mend', () => {
  const build =
    (...more: Place[]) =>
    () =>
      buildPlaceIndex(LAYERS, [...TOWN, ...more], { at: 0 });
  assert.throws(build(place('moon', undefined, 'x')), {
    code: 'unknown-layer',
    message: /layer "moon".*division, grid, police/,
  });
  assert.throws(build(place('grid', undefined, 'G1')), { code: 'duplicate-place' });
  assert.throws(build(place('grid', undefined, 'G9', { parent: 'V9' })), {
    code: 'unknown-parent',
    message: /G9.*V9/,
  });
  assert.throws(
    build(place('division', 'x', 'A', { parent: 'B' }), place('division', 'x', 'B', { parent: 'A' })),
    {
      code: 'circular-parents',
    },
  );
});
