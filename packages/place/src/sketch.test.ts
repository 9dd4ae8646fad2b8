import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildPlaceIndex } from './place-index.ts';
import type { Place } from './places.ts';
import { extentOf, sketchOf } from './sketch.ts';

const square = (west: number, south: number, size: number): Place['outline'] => ({
  type: 'Polygon',
  coordinates: [
    [
      [west, south],
      [west + size, south],
      [west + size, south + size],
      [west, south + size],
      [west, south],
    ],
  ],
});

const division = { code: 'division', tiling: true, name: 'divisions' };
const place = (code: string, parent: string | undefined, outline?: Place['outline']): Place => ({
  layer: 'division',
  code,
  name: code,
  names: [],
  ...(parent ? { parent } : {}),
  ...(outline ? { outline } : {}),
});

const index = buildPlaceIndex(
  [division],
  [
    place('city', undefined),
    place('east', 'city', square(1, 0, 1)),
    place('west', 'city', square(0, 0, 1)),
    place('lane', 'east', square(1, 0, 0.5)),
    place('hamlet', 'west'),
  ],
  { at: 0 },
);

test('a city without an outline is drawn by its districts', () => {
  const sketch = sketchOf(index, 'division', undefined);
  assert.deepEqual(sketch?.areas.map(({ code }) => code).sort(), ['east', 'west']);
  assert.deepEqual(sketch?.bounds, [0, 0, 2, 1]);
});

test('a district is drawn by what lies in it', () => {
  assert.deepEqual(
    sketchOf(index, 'division', 'east')?.areas.map(({ code }) => code),
    ['lane'],
  );
});

test('where nothing below has an outline, the place itself is drawn; where there is no such place, nothing', () => {
  assert.deepEqual(
    sketchOf(index, 'division', 'west')?.areas.map(({ code }) => code),
    ['west'],
  );
  assert.equal(sketchOf(index, 'division', 'nowhere'), undefined);
});

test('positions that nobody could see are left out', () => {
  const ring = Array.from({ length: 20_000 }, (_, k) => [
    Math.cos((k / 20_000) * 2 * Math.PI),
    Math.sin((k / 20_000) * 2 * Math.PI),
  ]);
  const round = buildPlaceIndex(
    [division],
    [place('pond', undefined, { type: 'Polygon', coordinates: [[...ring, ring[0]!]] })],
    { at: 0 },
  );
  const [pond] = sketchOf(round, 'division', undefined)?.areas ?? [];
  assert.ok(pond!.rings[0]!.length < 5_000 && pond!.rings[0]!.length > 1_000);
});

test('the extent of a town is the box around all its outlines, and a town without outlines has none', () => {
  assert.deepEqual(extentOf(index), [0, 0, 2, 1]);
  assert.equal(extentOf(buildPlaceIndex([division], [place('city', undefined)], { at: 0 })), undefined);
});
