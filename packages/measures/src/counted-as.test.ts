import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { policies, requests } from './arbitraries.test.ts';
import { type CountedAs, isCountedAs } from './counted-as.ts';
import { threeRates } from './three-rates.ts';

test('what a figure leads to is as many as it says, under any policy', () => {
  fc.assert(
    fc.property(fc.array(requests, { maxLength: 40 }), policies, (sample, policy) => {
      const counted = (as: CountedAs): number =>
        sample.filter((request) => isCountedAs(request, as, policy)).length;
      const rates = threeRates(sample, policy);
      assert.equal(counted('valid'), rates.n);
      assert.equal(counted('unreachable'), rates.unreachable?.numerator ?? 0);
      assert.equal(counted('uncalled'), rates.uncalled);
      assert.equal(counted('excluded'), rates.excluded.count);
      assert.equal(counted('contacted'), Math.round((rates.response?.value ?? 0) * rates.n));
      for (const [yes, no] of [
        ['contacted', 'notContacted'],
        ['solved', 'notSolved'],
        ['satisfied', 'notSatisfied'],
      ] as const)
        assert.equal(counted(yes) + counted(no), rates.n);
    }),
  );
});
