import assert from 'node:assert/strict';
import test from 'node:test';
import { readLineSegments, readOutlines } from './geojson.ts';

const RING = [
  [118, 31],
  [118.1, 31],
  [118.1, 31.1],
  [118, 31],
];
const feature = (code: unknown, geometry: unknown) => ({ type: 'Feature', properties: { code }, geometry });
const polygon = (...rings: unknown[]) => ({ type: 'Polygon', coordinates: rings });
const file = (...features: unknown[]) => ({ type: 'FeatureCollection', features });

test('outlines are read by their code, text or number', () => {
  const read = readOutlines(
    file(feature('a', polygon(RING)), feature(7, { type: 'MultiPolygon', coordinates: [[RING]] })),
  );
  assert.deepEqual(read.problems, []);
  assert.deepEqual(
    read.outlines.map(({ feature, code }) => [feature, code]),
    [
      [1, 'a'],
      [2, '7'],
    ],
  );
  assert.deepEqual(read.outlines[0]!.outline, { type: 'Polygon', coordinates: [RING] });
  const named = readOutlines(
    { ...file(), features: [{ properties: { id: 'x' }, geometry: polygon(RING) }] },
    { codeProperty: 'id' },
  );
  assert.equal(named.outlines[0]!.code, 'x');
});

test('each bad feature is told with number, code and reason, and the good ones are read', () => {
  const table: [geometry: unknown, says: RegExp][] = [
    [null, /no geometry/],
    [{ type: 'Point', coordinates: [118, 31] }, /Point; an outline is/],
    [polygon(RING.slice(0, -1)), /not closed.*Repeat/],
    [polygon([RING[0], RING[1], RING[0]]), /3 positions/],
    [polygon([RING[0], RING[1], RING[0], RING[0]]), /2 distinct/],
    [polygon(...RING), /nesting is wrong/],
    [{ type: 'Polygon', coordinates: [[RING]] }, /one list too deep/],
    [{ type: 'MultiPolygon', coordinates: [RING] }, /nesting is wrong/],
    [polygon([RING[0], [118.1, Number.NaN], RING[2], RING[0]]), /Coordinate 0\.1 is not a pair of finite/],
    [polygon([RING[0], [118.1, null], RING[2], RING[0]]), /not a pair of finite/],
    [polygon([]), /empty/],
    [{ type: 'Polygon' }, /a list is expected/],
    [polygon(RING.map(([x, y]) => [y, x])), /swapped/],
  ];
  table.forEach(([geometry, says], k) => {
    const read = readOutlines(file(feature('good', polygon(RING)), feature(`bad${k}`, geometry)));
    assert.deepEqual(
      read.outlines.map(({ code }) => code),
      ['good'],
    );
    assert.deepEqual(
      read.problems.map(({ feature, code }) => [feature, code]),
      [[2, `bad${k}`]],
      String(says),
    );
    assert.match(read.problems[0]!.message, says);
  });
});

test('a missing or repeated code and a wrong file are told', () => {
  const read = readOutlines(
    file(feature('a', polygon(RING)), feature('a', polygon(RING)), feature('', polygon(RING))),
  );
  assert.deepEqual(
    read.problems.map(({ feature }) => feature),
    [2, 3],
  );
  for (const wrong of [null, 3, [], {}, { type: 'FeatureCollection' }]) {
    assert.equal(readOutlines(wrong).problems[0]!.feature, 0);
  }
});

test('a crs member of EPSG:3857 is honoured, a clash with the declared datum told', () => {
  const metres = [
    [13_135_699.91, 3_632_749.14],
    [13_146_831.86, 3_632_749.14],
    [13_146_831.86, 3_645_741.19],
    [13_135_699.91, 3_632_749.14],
  ];
  const crs = { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } };
  const read = readOutlines({ ...file(feature('a', polygon(metres))), crs });
  assert.equal(read.datum, 'EPSG:3857');
  const [x, y] = (read.outlines[0]!.outline.coordinates as number[][][])[0]![0]!;
  assert.ok(Math.abs(x! - 118) < 1e-6 && Math.abs(y! - 31) < 1e-6);
  assert.match(readOutlines({ ...file(), crs }, { datum: 'GCJ-02' }).problems[0]!.message, /declared GCJ-02/);
  const shifted = readOutlines(file(feature('a', polygon(RING))), { datum: 'GCJ-02' });
  assert.notDeepEqual(shifted.outlines[0]!.outline.coordinates, [RING]);
});

test('chief lines are read, and a feature that lacks what a segment needs is told', () => {
  const properties = {
    line: 'r1',
    lineName: '清溪',
    kind: 'river',
    segment: 's1',
    segmentName: '上段',
    withinMetres: 50,
  };
  const geometry = { type: 'LineString', coordinates: RING.slice(0, 2) };
  const read = readLineSegments(
    file(
      { properties, geometry },
      { properties: { ...properties, withinMetres: 'near' }, geometry },
      { properties, geometry: polygon(RING) },
      { properties: { line: 'r1' }, geometry },
    ),
  );
  assert.deepEqual(read.segments, [{ ...properties, coordinates: RING.slice(0, 2) }]);
  assert.deepEqual(
    read.problems.map(({ feature }) => feature),
    [2, 3, 4],
  );
});
