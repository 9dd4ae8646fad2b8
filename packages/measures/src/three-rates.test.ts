import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { answer, policies, requestOf, requests } from './arbitraries.test.ts';
import type { ExclusionReason, MeasuredRequest } from './measured-case.ts';
import { countsOf, THREE_RATES_COUNTERS, type ThreeRates, threeRates } from './three-rates.ts';
import { checkPolicy, HUAIROU, type ThreeRatesPolicy } from './three-rates-policy.ts';

/** `18×y/y/s` is 18 requests so answered; `2×unreachable`, `1×uncalled`, `1×excluded:duplicate`. */
function sample(text: string): MeasuredRequest[] {
  let serial = 0;
  return text.split(' ').flatMap((part) => {
    const [times = '', what = ''] = part.split('×');
    return Array.from({ length: Number(times) }, () => {
      serial += 1;
      return requestOf({ number: `r${String(serial).padStart(3, '0')}`, ...stateOf(what) });
    });
  });
}

function stateOf(what: string): Partial<MeasuredRequest> {
  if (what === 'uncalled') return {};
  if (what === 'unreachable') return { callback: 'unreachable' };
  if (what.startsWith('excluded:')) {
    return {
      excluded: { reason: what.slice(9) as ExclusionReason, evidence: 'doc-7' },
      callback: answer('n/n/d'),
    };
  }
  return { callback: answer(what) };
}

function values({ response, solve, satisfaction, score }: ThreeRates): (number | undefined)[] {
  return [response?.value, solve?.value, satisfaction?.value, score?.value];
}

// 20 valid: 18 contacted, 13 solved, 10 满意 and 4 基本满意: 90 %, 65 %, (10 + 3.6) / 20 = 68 %, 9 + 32.5 + 27.2 = 68.7.
const TOWN =
  '10×y/y/s 3×y/y/b 1×y/p/b 4×y/n/d 2×n/n/d 2×y/y/- 5×unreachable 3×uncalled 1×excluded:duplicate 1×excluded:other';

test('a worked example under the Huairou policy', () => {
  const rates = threeRates(sample(TOWN), HUAIROU);
  assert.deepEqual(values(rates), [0.9, 0.65, 0.68, 68.7]);
  assert.equal(rates.n, 20);
  assert.equal(rates.volume, 32);
  assert.equal(rates.uncalled, 3);
  assert.deepEqual([rates.unreachable?.numerator, rates.unreachable?.denominator], [5, 27]);
  assert.deepEqual([rates.incomplete?.numerator, rates.incomplete?.denominator], [2, 22]);
  assert.equal(rates.excluded.count, 2);
  assert.equal(rates.excluded.byReason.duplicate, 1);
  assert.equal(rates.excluded.byReason.other, 1);
});

test('its Wilson interval is the one of the textbook: 18 of 20 lies between 69.90 % and 97.21 %', () => {
  const { response } = threeRates(sample(TOWN), HUAIROU);
  assert.equal(response?.interval.low.toFixed(4), '0.6990');
  assert.equal(response?.interval.high.toFixed(4), '0.9721');
});

test('the figures lead to their requests', () => {
  const { behind } = threeRates(sample(TOWN), HUAIROU);
  assert.equal(behind?.valid.length, 20);
  assert.deepEqual(behind?.incomplete, ['r021', 'r022']);
  assert.equal(behind?.unreachable.length, 5);
  assert.deepEqual(behind?.uncalled, ['r028', 'r029', 'r030']);
  assert.deepEqual(behind?.excluded, [
    { number: 'r031', reason: 'duplicate', evidence: 'doc-7' },
    { number: 'r032', reason: 'other', evidence: 'doc-7' },
  ]);
});

test('each policy on partly solved and on open questions', () => {
  const rows: readonly [Pick<ThreeRatesPolicy, 'partly' | 'noAnswer'>, number, (number | undefined)[]][] = [
    [{ partly: 'no', noAnswer: 'invalid' }, 4, [1, 0.5, 0.725, 64]],
    [{ partly: 'half', noAnswer: 'invalid' }, 4, [1, 0.625, 0.725, 70.3]],
    [{ partly: 'yes', noAnswer: 'invalid' }, 4, [1, 0.75, 0.725, 76.5]],
    [{ partly: 'no', noAnswer: 'no' }, 5, [1, 0.4, 0.58, 53.2]],
    [{ partly: 'half', noAnswer: 'no' }, 5, [1, 0.5, 0.58, 58.2]],
  ];
  for (const [variant, n, expected] of rows) {
    const rates = threeRates(sample('2×y/y/s 1×y/p/b 1×y/n/d 1×y/-/-'), { ...HUAIROU, ...variant });
    assert.equal(rates.n, n);
    assert.deepEqual(values(rates), expected, JSON.stringify(variant));
  }
});

test('an empty sample has no rates: null, never 0', () => {
  for (const text of ['0×y/y/s', '3×uncalled 2×unreachable', '1×excluded:secretOrPrivacy', '2×y/-/s']) {
    const { n, response, solve, satisfaction, score } = threeRates(sample(text), HUAIROU);
    assert.deepEqual([n, response, solve, satisfaction, score], [0, null, null, null, null]);
  }
  assert.equal(threeRates({}, HUAIROU).score, null);
});

test('a bad rate is 0 and not null: nobody contacted, nothing solved', () => {
  assert.deepEqual(values(threeRates(sample('4×n/n/d'), HUAIROU)), [0, 0, 0, 0]);
});

test('sums and requests give the same numbers, bit by bit, in any order', () => {
  fc.assert(
    fc.property(fc.array(requests, { maxLength: 30 }), policies, (all, policy) => {
      const direct = threeRates(all, policy);
      assert.deepEqual(threeRates([...all].reverse(), policy), direct);
      assert.deepEqual(threeRates(countsOf(all), policy), { ...direct, behind: null });
    }),
  );
});

test('every interval holds its estimate and lies in its scale', () => {
  fc.assert(
    fc.property(fc.array(requests, { maxLength: 30 }), policies, (all, policy) => {
      const { response, solve, satisfaction, score, unreachable } = threeRates(all, policy);
      for (const rate of [response, solve, satisfaction, unreachable]) {
        if (rate) assertOrdered(0, rate.interval.low, rate.value, rate.interval.high, 1);
      }
      if (score) {
        const exact = 100 * (score.numerator / score.denominator);
        assertOrdered(0, score.interval.low, exact, score.interval.high, 100);
        assert.ok(Math.abs(score.value - exact) <= 0.5 / 10 ** policy.decimals + 1e-9);
      }
    }),
  );
});

test('the figures leave nobody unseen: valid, incomplete, unreachable, uncalled and excluded are all the requests', () => {
  fc.assert(
    fc.property(fc.array(requests, { maxLength: 30 }), (all) => {
      const { behind } = threeRates(all, HUAIROU);
      const numbers = [
        ...behind!.valid,
        ...behind!.incomplete,
        ...behind!.unreachable,
        ...behind!.uncalled,
        ...behind!.excluded.map(({ number }) => number),
      ];
      assert.deepEqual(numbers.sort(), all.map(({ number }) => number).sort());
    }),
  );
});

test('a policy out of bounds is refused by field', () => {
  assert.throws(() => checkPolicy({ ...HUAIROU, basicallyWeight: 0.9 }), {
    code: 'bad-policy',
    message: /basicallyWeight is 0.9/,
  });
  assert.throws(() => checkPolicy({ ...HUAIROU, weights: { response: 0, solve: 0, satisfaction: 0 } }), {
    code: 'bad-policy',
  });
  assert.throws(() => checkPolicy({ ...HUAIROU, interval: { method: 'wilson', z: Number.NaN } }), {
    code: 'bad-policy',
  });
});

test('contradicting sums are a fault, not a rate above 1', () => {
  assert.throws(() => threeRates({ complete: 1, completeContacted: 2 }, HUAIROU), { code: 'bad-share' });
});

function assertOrdered(...numbers: number[]): void {
  numbers.forEach((value, at) => {
    assert.ok(at === 0 || numbers[at - 1]! <= value, numbers.join(' ≤ '));
  });
}

test('the rates of a sum read the counters they name and no other', () => {
  fc.assert(
    fc.property(fc.array(requests), policies, (sample, policy) => {
      const counts = countsOf(sample);
      const named = Object.fromEntries(
        THREE_RATES_COUNTERS.map((counter) => [counter, counts[counter] ?? 0]),
      );
      assert.deepEqual(threeRates(named, policy), threeRates(counts, policy));
    }),
  );
});
