import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { bundlePath, decodeBundle, encodeBundle, parseTilePath, tilePath } from './tiles.ts';

describe('the path of a tile', () => {
  test('is written as the specification writes it', () => {
    assert.equal(tilePath({ level: 0, index: 1_234_067, width: 256 }), 'tile/0/x001/x234/067');
    assert.equal(tilePath({ level: 1, index: 0, width: 17 }), 'tile/1/000.p/17');
    assert.equal(bundlePath(273, 112), 'tile/entries/273.p/112');
  });

  test('is read back, and no other path is', () => {
    const tile = fc.record({
      level: fc.nat(63),
      index: fc.nat(2 ** 31 - 1),
      width: fc.integer({ min: 1, max: 256 }),
    });
    fc.assert(fc.property(tile, (one) => assert.deepEqual(parseTilePath(tilePath(one)), { ...one })));
    const others = ['tile/64/000', 'tile/00/000', 'tile/0/000.p/0', 'tile/0/000.p/256', 'tile/0/x000/001'];
    for (const path of [...others, 'tile/0/../../checkpoint', 'tile/0/1', '/tile/0/000', 'tile/0/001/002']) {
      assert.equal(parseTilePath(path), undefined, path);
    }
  });
});

describe('a bundle of entries', () => {
  test('gives back what was put into it', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 600 }), { maxLength: 20 }), (entries) => {
        assert.deepEqual(decodeBundle(encodeBundle(entries)), entries);
      }),
    );
  });

  test('that was cut says so, and an entry that is too long is not taken', () => {
    const whole = encodeBundle([new Uint8Array(300)]);
    assert.equal(decodeBundle(whole.subarray(0, 301)), undefined);
    assert.equal(decodeBundle(whole.subarray(0, 1)), undefined);
    assert.throws(() => encodeBundle([new Uint8Array(65_536)]), /65535/);
  });
});
