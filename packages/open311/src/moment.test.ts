import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { readMoment, sayMoment } from './moment.ts';

test('a moment survives being said, to the second', () => {
  const years0To9999 = fc.integer({ min: Date.UTC(1000, 0), max: Date.UTC(9999, 11, 31) });
  fc.assert(
    fc.property(years0To9999, (at) => {
      assert.match(sayMoment(at), /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/);
      assert.equal(readMoment(sayMoment(at)), Math.floor(at / 1000) * 1000);
    }),
    { seed: 311 },
  );
});

test('moments that are taken', () => {
  for (const text of [
    '1994-11-05T08:15:30-05:00',
    '1994-11-05T13:15:30Z',
    '1994-11-05T13:15:30.000Z',
    '1994-11-05T18:45:30 05:30',
  ]) {
    assert.equal(readMoment(text), Date.UTC(1994, 10, 5, 13, 15, 30), text);
  }
  assert.equal(readMoment('2024-02-29T00:00:00Z'), Date.UTC(2024, 1, 29));
});

test('moments that are not', () => {
  for (const text of [
    '1994-11-05T08:15:30',
    '1994-11-05',
    '1994-11-05T08:15Z',
    '1994-11-05 08:15:30Z',
    '1994-11-05T08:15:30+0500',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-01-01T25:00:00Z',
    '',
  ]) {
    assert.equal(readMoment(text), undefined, text);
  }
});
