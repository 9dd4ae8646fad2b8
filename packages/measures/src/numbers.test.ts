import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  add,
  compare,
  mean,
  multiply,
  type Rational,
  rational,
  roundHalfUp,
  toNumber,
  ZERO,
} from './rational.ts';
import { share, weightedShare } from './share.ts';
import { wilson } from './wilson.ts';

const fractions = fc
  .tuple(fc.integer({ min: -1_000_000, max: 1_000_000 }), fc.integer({ min: 1, max: 1_000_000 }))
  .map(([n, d]) => rational(n, d));

test('fractions add and multiply exactly', () => {
  const third = rational(1, 3);
  assert.deepEqual(add(add(third, third), third), rational(1));
  assert.deepEqual(rational(-6, -4), rational(3, 2));
  fc.assert(
    fc.property(fractions, fractions, fractions, (a, b, c) => {
      assert.deepEqual(add(add(a, b), c), add(a, add(b, c)));
      assert.deepEqual(multiply(a, add(b, c)), add(multiply(a, b), multiply(a, c)));
      assert.equal(compare(a, b), -compare(b, a) || 0);
      assert.equal(Math.sign(compare(add(a, c), add(b, c))), compare(a, b));
    }),
  );
});

test('a fraction becomes the nearest double, as one division would', () => {
  fc.assert(
    fc.property(fc.maxSafeInteger(), fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }), (n, d) => {
      assert.equal(toNumber(rational(n, d)), n / d + 0);
    }),
  );
  const long: Rational = { numerator: 10n ** 400n + 1n, denominator: 3n * 10n ** 400n };
  assert.equal(toNumber(long), 1 / 3);
});

test('the mean is exact and knows no order', () => {
  assert.equal(mean([]), undefined);
  assert.deepEqual(mean([rational(1, 2), rational(1, 3), rational(1, 6)]), rational(1, 3));
  fc.assert(
    fc.property(fc.array(fractions, { minLength: 1, maxLength: 20 }), (all) => {
      assert.deepEqual(mean([...all].reverse()), mean(all));
      const sum = all.reduce(add, ZERO);
      assert.deepEqual(multiply(mean(all)!, rational(all.length)), sum);
    }),
  );
});

test('halves are rounded up on the exact fraction, where a double would fall short', () => {
  assert.equal(roundHalfUp(rational(1005, 1000), 2), 1.01);
  assert.equal(roundHalfUp(rational(6865, 100), 1), 68.7);
  assert.equal(roundHalfUp(rational(-1, 2), 0), -1);
  assert.equal(roundHalfUp(rational(1, 3), 1), 0.3);
});

test('Wilson as published: 0 of 10 may be as much as 27.75 %, 10 of 10 as little as 72.25 %, 81 of 263 is 25.53 … 36.62 %', () => {
  const told = (part: number, n: number): string[] => {
    const { low, high } = wilson(part / n, n, 1.96);
    return [low.toFixed(4), high.toFixed(4)];
  };
  assert.deepEqual(told(0, 10), ['0.0000', '0.2775']);
  assert.deepEqual(told(10, 10), ['0.7225', '1.0000']);
  assert.deepEqual(told(81, 263), ['0.2553', '0.3662']);
});

test('an interval holds its share, lies between 0 and 1, narrows with n and widens with z', () => {
  const parts = fc.integer({ min: 1, max: 100_000 }).chain((n) => fc.tuple(fc.nat(n), fc.constant(n)));
  fc.assert(
    fc.property(parts, fc.constantFrom(0.5, 1.645, 1.96, 3), ([part, n], z) => {
      const { low, high } = wilson(part / n, n, z);
      assert.ok(0 <= low && low <= part / n && part / n <= high && high <= 1);
      const wider = wilson(part / n, n, z + 0.5);
      const surer = wilson(part / n, 4 * n, z);
      assert.ok(wider.high - wider.low >= high - low && surer.high - surer.low <= high - low);
    }),
  );
});

test('a share of nothing is null; of something it is exact', () => {
  assert.equal(share(0, 0, 1.96), null);
  assert.equal(share(0, 5, 1.96)?.value, 0);
  assert.equal(weightedShare(13_600, 20, 1000, 1.96)?.value, 0.68);
});

test('no share above the whole, below nothing, or of parts that are not whole', () => {
  for (const [part, n] of [
    [6, 5],
    [-1, 5],
    [0.5, 5],
    [1, 0],
    [1, Number.NaN],
  ] as const) {
    assert.throws(() => share(part, n, 1.96), { code: 'bad-share' });
  }
  assert.throws(() => wilson(0.5, 0, 1.96), { code: 'bad-sample' });
  assert.throws(() => rational(1, 0), { code: 'zero-denominator' });
});
