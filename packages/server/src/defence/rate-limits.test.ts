import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { bucketOf } from './bucket.ts';
import { RATES, rateLimits } from './rate-limits.ts';
import { Unwelcome } from './unwelcome.ts';

test('a bucket never gives more than its burst and what has run in since', () => {
  fc.assert(
    fc.property(
      fc.record({ burst: fc.integer({ min: 1, max: 50 }), perSecond: fc.integer({ min: 1, max: 50 }) }),
      fc.array(fc.integer({ min: -500, max: 2_000 }), { maxLength: 300 }),
      (rate, steps) => {
        const bucket = bucketOf(rate);
        let [now, given, highest] = [1_000_000, 0, 0];
        for (const step of steps) {
          now += step;
          highest += Math.max(0, step);
          if (bucket.take(now) === 0) given += 1;
        }
        assert.ok(given <= rate.burst + (highest / 1000) * rate.perSecond);
      },
    ),
  );
});

test('whoever waits as long as was said gets in', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 20 }), (perSecond) => {
      const bucket = bucketOf({ burst: 1, perSecond });
      assert.equal(bucket.take(0), 0);
      const wait = bucket.take(0);
      assert.ok(wait >= 1);
      assert.equal(bucket.take(wait * 1000), 0);
    }),
  );
});

test('each channel is counted by itself, and each system with a key by itself', () => {
  const limits = rateLimits({ code: { burst: 1, perSecond: 1 }, open311: { burst: 1, perSecond: 1 } });
  limits.take('code', undefined, 0);
  assert.throws(() => limits.take('code', undefined, 0), Unwelcome);
  limits.take('web', undefined, 0);
  limits.take('open311', 'a', 0);
  limits.take('open311', 'b', 0);
  limits.take('open311', undefined, 0);
  assert.throws(() => limits.take('open311', 'a', 0), Unwelcome);
  assert.ok(Object.keys(RATES).length >= 8);
});
