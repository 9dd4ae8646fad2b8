import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { policies, requests } from './arbitraries.test.ts';
import type { Counts } from './counters.ts';
import { rankUnits, type UnitSample } from './rank-units.ts';
import { countsOf, threeRates } from './three-rates.ts';
import { HUAIROU } from './three-rates-policy.ts';

/** n callbacks, of which so many solved; all contacted and satisfied. */
function unit(code: string, n: number, solved: number, volume = n): UnitSample {
  const sample: Counts = {
    requests: volume,
    called: n,
    complete: n,
    completeContacted: n,
    completeSolved: solved,
    completeSatisfied: n,
  };
  return { unit: code, sample };
}

test('by score, then by volume; equal in both share a rank; below the floor stand apart', () => {
  const { ranked, belowFloor } = rankUnits(
    [
      unit('east', 100, 80),
      unit('north', 50, 45),
      unit('south', 200, 160),
      unit('hamlet', 3, 3),
      unit('west', 100, 80),
      unit('silent', 0, 0, 4),
    ],
    HUAIROU,
  );
  assert.deepEqual(
    ranked.map(({ unit: code, rank, score }) => [rank, code, score.value]),
    [
      [1, 'north', 95],
      [2, 'south', 90],
      [3, 'east', 90],
      [3, 'west', 90],
    ],
  );
  assert.deepEqual(
    belowFloor.map(({ unit: code, rates }) => [code, rates.n, rates.score?.value]),
    [
      ['hamlet', 3, 100],
      ['silent', 0, undefined],
    ],
  );
});

test('the pooled figure stands beside the mean of the units, and differs from it', () => {
  const { pooled, mean } = rankUnits([unit('large', 900, 450), unit('small', 100, 100)], HUAIROU);
  assert.equal(pooled.solve?.value, 0.55);
  assert.equal(pooled.score?.value, 77.5);
  assert.deepEqual(mean, { units: 2, response: 1, solve: 0.75, satisfaction: 1, score: 87.5 });
});

test('nobody called back: no mean, no pooled rate, nobody ranked', () => {
  const ranking = rankUnits([unit('silent', 0, 0, 7)], HUAIROU);
  assert.equal(ranking.mean, null);
  assert.equal(ranking.pooled.score, null);
  assert.equal(ranking.pooled.volume, 7);
  assert.deepEqual(ranking.ranked, []);
});

test('a rank tells how far chance alone could have moved it', () => {
  const { ranked } = rankUnits(
    [unit('a', 5000, 4900), unit('b', 40, 30), unit('c', 40, 28), unit('d', 5000, 500)],
    HUAIROU,
  );
  assert.deepEqual(
    ranked.map(({ unit: code, best, worst }) => [code, best, worst]),
    [
      ['a', 1, 1],
      ['b', 2, 3],
      ['c', 2, 3],
      ['d', 4, 4],
    ],
  );
});

const unitSamples = fc
  .uniqueArray(fc.string({ minLength: 1, maxLength: 4 }), { maxLength: 8 })
  .chain((codes) =>
    fc.tuple(
      ...codes.map((code) => fc.array(requests, { maxLength: 8 }).map((sample) => ({ unit: code, sample }))),
    ),
  );

test('the order of the units never shows, and from sums the ranking is the same', () => {
  fc.assert(
    fc.property(unitSamples, policies, (units, policy) => {
      const ranking = rankUnits(units, policy);
      const bare = (of: typeof ranking): unknown =>
        JSON.parse(JSON.stringify(of, (key, value) => (key === 'behind' ? null : value)));
      assert.deepEqual(bare(rankUnits([...units].reverse(), policy)), bare(ranking));
      const sums = units.map(({ unit: code, sample }) => ({ unit: code, sample: countsOf(sample) }));
      assert.deepEqual(bare(rankUnits(sums, policy)), bare(ranking));
    }),
    { numRuns: 60 },
  );
});

test('every unit is ranked or below the floor; ranks rise as scores fall; a rank lies within its reach', () => {
  fc.assert(
    fc.property(unitSamples, policies, (units, policy) => {
      const { ranked, belowFloor, pooled } = rankUnits(units, policy);
      assert.equal(ranked.length + belowFloor.length, units.length);
      assert.ok(belowFloor.every(({ rates }) => rates.n < policy.floor));
      assert.deepEqual(
        { ...pooled, behind: null },
        {
          ...threeRates(
            units.flatMap(({ sample }) => sample),
            policy,
          ),
          behind: null,
        },
      );
      ranked.forEach((row, at) => {
        const above = ranked[at - 1];
        assert.ok(!above || (above.score.value >= row.score.value && above.rank <= row.rank));
        assert.ok(row.best <= row.worst && row.best >= 1 && row.worst <= ranked.length);
        assert.ok(row.best <= at + 1 && at + 1 <= row.worst, `${row.best} ${at + 1} ${row.worst}`);
      });
    }),
    { numRuns: 60 },
  );
});

test('a unit below the floor never moves the ranks of the others', () => {
  fc.assert(
    fc.property(unitSamples, policies, (units, policy) => {
      const before = rankUnits(units, policy).ranked;
      const withSmall = rankUnits([...units, { unit: 'newcomer', sample: [] }], policy).ranked;
      assert.deepEqual(withSmall, before);
    }),
    { numRuns: 40 },
  );
});

test('a unit that stands twice is a fault', () => {
  assert.throws(() => rankUnits([unit('east', 40, 40), unit('east', 40, 40)], HUAIROU), {
    code: 'unit-twice',
  });
});
