import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { band, WHISTLE_BAND } from './band.ts';

test('a whistle rate is too low, ordinary or too high only where its whole interval is', () => {
  const rows: [count: number, exposure: number, says: string | null][] = [
    [0, 2000, 'tooLow'],
    [0, 100, 'ordinary'],
    [5, 100, 'ordinary'],
    [12, 100, 'ordinary'],
    [30, 100, 'tooHigh'],
    [30, 49, null],
  ];
  for (const [count, exposure, says] of rows)
    assert.equal(band(count, exposure, WHISTLE_BAND).says, says, `${count}/${exposure}`);
});

test('no exposure, no rate', () => {
  assert.deepEqual([band(0, 0, WHISTLE_BAND).rate, band(0, 0, WHISTLE_BAND).says], [null, null]);
});

test('the interval is near the exact one of Poisson: 10 events lie between 4.80 and 18.39', () => {
  const { interval } = band(10, 100, WHISTLE_BAND);
  assert.ok(Math.abs(interval!.low - 4.8) < 0.02 && Math.abs(interval!.high - 18.39) < 0.02);
});

test('law: the interval holds the rate; more whistles never make a rate lower', () => {
  fc.assert(
    fc.property(fc.nat(500), fc.integer({ min: 1, max: 5000 }), (count, exposure) => {
      const [one, more] = [band(count, exposure, WHISTLE_BAND), band(count + 1, exposure, WHISTLE_BAND)];
      assert.ok(one.interval!.low <= one.rate! && one.rate! <= one.interval!.high);
      assert.ok(more.interval!.low >= one.interval!.low && more.interval!.high > one.interval!.high);
    }),
  );
});

test('a band that cannot be is refused', () => {
  assert.throws(() => band(1, 1, { ...WHISTLE_BAND, high: 0.1 }), { code: 'bad-policy' });
  assert.throws(() => band(-1, 1, WHISTLE_BAND), { code: 'bad-share' });
});
