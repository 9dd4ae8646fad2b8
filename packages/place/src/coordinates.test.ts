import assert from 'node:assert/strict';
import test from 'node:test';
import { isRefusal } from '@gezhi/basis';
import fc from 'fast-check';
import { detectDatum, mustBePoint, toGcj02, toWgs84, whyNoPoint } from './coordinates.ts';
import { metresPerDegree } from './metres.ts';

test('the datum is read from the crs member, else from the numbers, and GCJ-02 is never guessed', () => {
  const named = (name: string) => ({
    type: 'FeatureCollection',
    crs: { type: 'name', properties: { name } },
    features: [],
  });
  assert.equal(detectDatum(named('urn:ogc:def:crs:EPSG::3857')).datum, 'EPSG:3857');
  assert.equal(detectDatum(named('urn:ogc:def:crs:OGC:1.3:CRS84')).datum, 'WGS-84');
  assert.equal(detectDatum(named('EPSG:4490')).datum, 'WGS-84');
  assert.equal(detectDatum(named('urn:ogc:def:crs:EPSG::2229')).datum, 'unknown');
  assert.equal(detectDatum([[118.1, 31.2]]).datum, 'WGS-84');
  assert.match(detectDatum([[118.1, 31.2]]).reason, /GCJ-02 cannot be seen/);
  assert.equal(detectDatum([[-13_170_000, 4_010_000]]).datum, 'EPSG:3857');
  assert.match(detectDatum([[31.2, 118.1]]).reason, /swapped/);
  assert.equal(detectDatum([[500_000, 3_400_000]]).datum, 'unknown');
  assert.equal(detectDatum([[40_500_000, 3_400_000]]).datum, 'unknown');
  assert.equal(detectDatum([[118.1, Number.NaN]]).datum, 'unknown');
  assert.equal(detectDatum({ type: 'FeatureCollection', features: [] }).datum, 'unknown');
});

test('numbers that are no degrees are refused with a hint', () => {
  assert.equal(whyNoPoint(118, 31), undefined);
  assert.equal(whyNoPoint(31, 118)?.code, 'latitude-longitude-swapped');
  assert.equal(whyNoPoint(13_147_000, 3_632_000)?.code, 'metres-not-degrees');
  assert.equal(whyNoPoint(200, 31)?.code, 'out-of-range');
  assert.equal(whyNoPoint(118, Number.NaN)?.code, 'not-a-number');
  assert.throws(() => mustBePoint({ lon: 31, lat: 118 }), { code: 'latitude-longitude-swapped' });
  const nested = toWgs84([[[118, 31]], [[31, 118]]], 'WGS-84');
  assert.ok(isRefusal(nested) && /^At 1\.0:/.test(nested.because));
  assert.ok(isRefusal(toWgs84([3e7, 0], 'EPSG:3857')));
});

test('web-Mercator metres become degrees', () => {
  const [lon, lat] = toWgs84([13_135_699.91, 3_632_749.14], 'EPSG:3857') as number[];
  assert.ok(Math.abs(lon! - 118) < 1e-7 && Math.abs(lat! - 31) < 1e-6, `${lon}, ${lat}`);
  assert.deepEqual(toWgs84([0, 0], 'EPSG:3857'), [0, 0]);
});

test('in China GCJ-02 lies hundreds of metres off, and comes back to within a millimetre', () => {
  const china = fc.record({
    lon: fc.double({ min: 74, max: 134, noNaN: true }),
    lat: fc.double({ min: 18, max: 53, noNaN: true }),
  });
  fc.assert(
    fc.property(china, (point) => {
      const shifted = toGcj02(point);
      const back = toWgs84([shifted.lon, shifted.lat], 'GCJ-02') as number[];
      const scale = metresPerDegree(point.lat);
      const metres = Math.hypot((back[0]! - point.lon) * scale.lon, (back[1]! - point.lat) * scale.lat);
      const off = Math.hypot((shifted.lon - point.lon) * scale.lon, (shifted.lat - point.lat) * scale.lat);
      assert.ok(metres < 0.001, `${metres} m`);
      assert.ok(off > 20 && off < 1500, `${off} m`);
    }),
    { numRuns: 500 },
  );
  assert.deepEqual(toWgs84([-118, 34], 'GCJ-02'), [-118, 34]);
});

test('a degree is as long as the ellipsoid says', () => {
  assert.ok(Math.abs(metresPerDegree(0).lon - 111_319.49) < 0.5);
  assert.ok(Math.abs(metresPerDegree(0).lat - 110_574.28) < 0.5);
  assert.ok(Math.abs(metresPerDegree(45).lat - 111_131.75) < 2);
});
