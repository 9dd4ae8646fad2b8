import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toGcj02 } from './coordinates.ts';
import { type Box, boxesMeet, boxOfTile, tilesOver, zoomFor } from './tiles.ts';

const lon = fc.double({ min: -179.9, max: 179.9, noNaN: true });
const lat = fc.double({ min: -84, max: 84, noNaN: true });
/** Mainland China, where GCJ-02 is shifted. */
const inChina = fc.record({
  lon: fc.double({ min: 85, max: 120, noNaN: true }),
  lat: fc.double({ min: 25, max: 42, noNaN: true }),
});
const zoom = fc.integer({ min: 0, max: 20 });

test('the one tile of zoom 0 is the world, and zoom 1 parts it at Greenwich and the equator', () => {
  const [west, south, east, north] = boxOfTile({ z: 0, x: 0, y: 0 });
  assert.deepEqual([west, east], [-180, 180]);
  assert.ok(Math.abs(north - 85.0511287798) < 1e-9);
  assert.ok(Math.abs(south + north) < 1e-9);
  assert.deepEqual(boxOfTile({ z: 1, x: 1, y: 0 }).slice(0, 2), [0, 0]);
});

test('a tile lies where other tools put it', () => {
  // The worked example of slippymath (CRAN), tilenum_to_lonlat and lonlat_to_tilenum.
  const [west, , , north] = boxOfTile({ z: 17, x: 70406, y: 42987 });
  assert.deepEqual([west.toFixed(5), north.toFixed(5)], ['13.37585', '52.51789']);
  const [lon, lat] = [13.37771496361961, 52.51628011262304];
  assert.deepEqual(tilesOver([lon, lat, lon, lat], 17), [{ z: 17, x: 70406, y: 42987 }]);
});

test('a point lies in the tile that covers it', () => {
  fc.assert(
    fc.property(lon, lat, zoom, (x, y, z) => {
      const [tile, other] = tilesOver([x, y, x, y], z);
      assert.equal(other, undefined);
      const [west, south, east, north] = boxOfTile(tile!);
      assert.ok(west <= x + 1e-9 && x <= east + 1e-9 && south <= y + 1e-9 && y <= north + 1e-9);
    }),
  );
});

test('the tiles over a box cover all of it and nothing that lies apart', () => {
  fc.assert(
    fc.property(lon, lat, fc.integer({ min: 8, max: 14 }), (x, y, z) => {
      const box: Box = [x, y, Math.min(179.95, x + 0.2), Math.min(84.5, y + 0.15)];
      const boxes = tilesOver(box, z).map((tile) => boxOfTile(tile));
      const grown: Box = [box[0] - 1e-9, box[1] - 1e-9, box[2] + 1e-9, box[3] + 1e-9];
      assert.ok(boxes.every((one) => boxesMeet(one, grown)));
      assert.ok(Math.min(...boxes.map((b) => b[0])) <= box[0] + 1e-9);
      assert.ok(Math.min(...boxes.map((b) => b[1])) <= box[1] + 1e-9);
      assert.ok(Math.max(...boxes.map((b) => b[2])) >= box[2] - 1e-9);
      assert.ok(Math.max(...boxes.map((b) => b[3])) >= box[3] - 1e-9);
    }),
  );
});

test('a shifted service is asked for the shifted tile, which is laid back to where it belongs', () => {
  fc.assert(
    fc.property(inChina, ({ lon: x, lat: y }) => {
      const tile = tilesOver([x, y, x, y], 17, 'GCJ-02')[0]!;
      const shifted = toGcj02({ lon: x, lat: y });
      assert.deepEqual(tile, tilesOver([shifted.lon, shifted.lat, shifted.lon, shifted.lat], 17)[0]);
      const [west, south, east, north] = boxOfTile(tile, 'GCJ-02');
      // A pixel of such a tile: the slant of the shift across it is less.
      const pixel = (east - west) / 256;
      assert.ok(west - pixel <= x && x <= east + pixel && south - pixel <= y && y <= north + pixel);
      assert.ok(Math.abs(west - boxOfTile(tile)[0]) > 1e-4, 'the shift is more than ten metres');
    }),
    { numRuns: 60 },
  );
});

test('between its corners a tile of zoom 9 or more is straight to half a pixel, so that it may lie under the sketch', () => {
  fc.assert(
    fc.property(
      lon,
      fc.double({ min: -60, max: 60, noNaN: true }),
      fc.integer({ min: 9, max: 19 }),
      (x, y, z) => {
        const tile = tilesOver([x, y, x, y], z)[0]!;
        const [, south, , north] = boxOfTile(tile);
        const [, , , middle] = boxOfTile({ z: z + 1, x: tile.x * 2, y: tile.y * 2 + 1 });
        assert.ok(Math.abs((north + south) / 2 - middle) / (north - south) < 1 / 2 / 256);
      },
    ),
  );
});

test('the zoom is the one whose pixels are the screen’s', () => {
  assert.equal(zoomFor(360, 256, 256), 0);
  assert.equal(zoomFor(360, 512, 512), 0);
  assert.equal(zoomFor(360 / 2 ** 12, 256, 256), 12);
  assert.equal(zoomFor(360 / 2 ** 12, 512, 256), 13);
});
