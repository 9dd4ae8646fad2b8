import assert from 'node:assert/strict';
import test from 'node:test';
import { buildLineIndex, type LineSegment, segmentsNear } from './lines.ts';

const segment = (name: string, withinMetres: number, ...coordinates: number[][]): LineSegment => ({
  line: 'r1',
  lineName: '清溪',
  kind: 'river',
  segment: name,
  segmentName: name,
  withinMetres,
  coordinates,
});

test('a point is the matter of each segment within whose own distance it lies, nearest first', () => {
  const index = buildLineIndex([
    segment('up', 100, [118, 31], [118.01, 31]),
    segment('down', 100, [118.01, 31], [118.02, 31]),
    segment('wide', 5_000, [118, 31.01], [118.02, 31.01]),
  ]);
  const near = segmentsNear(index, { lon: 118.005, lat: 31.0005 });
  assert.deepEqual(
    near.map(({ segment }) => segment),
    ['up', 'wide'],
  );
  assert.ok(Math.abs(near[0]!.metres - 55.43) < 0.1, String(near[0]!.metres));
  const both = segmentsNear(index, { lon: 118.01, lat: 31 });
  assert.deepEqual(
    both.map(({ segment, metres }) => [segment, Math.round(metres)]),
    [
      ['down', 0],
      ['up', 0],
      ['wide', 1109],
    ],
  );
  assert.deepEqual(segmentsNear(index, { lon: 118.005, lat: 31.3 }), []);
});

test('beyond the end of a segment the distance is to its end', () => {
  const index = buildLineIndex([segment('s', 1_000, [118, 31], [118.01, 31])]);
  const [near] = segmentsNear(index, { lon: 118.015, lat: 31 });
  assert.ok(Math.abs(near!.metres - 477.6) < 1, String(near!.metres));
  assert.deepEqual(segmentsNear(index, { lon: 118.021, lat: 31 }), []);
});

test('no line, no answer; no degrees, a fault that says so', () => {
  assert.deepEqual(segmentsNear(buildLineIndex([]), { lon: 118, lat: 31 }), []);
  assert.throws(() => segmentsNear(buildLineIndex([]), { lon: 31, lat: 118 }), {
    code: 'latitude-longitude-swapped',
  });
});
