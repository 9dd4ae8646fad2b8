import assert from 'node:assert/strict';
import { test } from 'node:test';
import polygonClipping from 'polygon-clipping';
import { type Outline, splitOutline } from './split-outline.ts';

const square: Outline = {
  type: 'Polygon',
  coordinates: [
    [
      [118, 31],
      [118.02, 31],
      [118.02, 31.02],
      [118, 31.02],
      [118, 31],
    ],
  ],
};

const areaOf = ({ type, coordinates }: Outline): number => {
  const polygons = (type === 'Polygon' ? [coordinates] : coordinates) as number[][][][];
  return polygons.flat().reduce((sum, ring) => {
    const twice = ring.slice(1).reduce((s, [x, y], i) => s + ring[i]![0]! * y! - x! * ring[i]![1]!, 0);
    return sum + Math.abs(twice) / 2;
  }, 0);
};

test('a line through a grid makes two that together are the grid', () => {
  const parts = splitOutline(
    square,
    [
      { lon: 118.01, lat: 31.001 },
      { lon: 118.01, lat: 31.002 },
    ],
    polygonClipping,
  );
  assert.equal(parts?.length, 2);
  const [one, other] = parts!.map(areaOf);
  assert.ok(Math.abs(one! - other!) < 1e-9);
  assert.ok(Math.abs(one! + other! - areaOf(square)) < 1e-9);
});

test('a line beside a grid divides nothing', () => {
  assert.equal(
    splitOutline(
      square,
      [
        { lon: 119, lat: 31 },
        { lon: 119, lat: 32 },
      ],
      polygonClipping,
    ),
    undefined,
  );
});
