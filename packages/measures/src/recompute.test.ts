import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { answer, caseOf, cases, policies, requestOf, START } from './arbitraries.test.ts';
import { delta } from './contributions.ts';
import { groupRows, itself } from './measure.ts';
import type { MeasuredCase } from './measured-case.ts';
import { type Ranking, rankUnits } from './rank-units.ts';
import { compareRollups, recompute, recomputeRanking, requestsIn } from './recompute.ts';
import { HUAIROU } from './three-rates-policy.ts';
import { monthWindow } from './windows.ts';

const withoutBehind = (ranking: Ranking): unknown =>
  JSON.parse(JSON.stringify(ranking, (key, value) => (key === 'behind' ? null : value)));

test('a ranking from the roll-ups, kept up by deltas, is the ranking from the cases, bit by bit', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 10 }), policies, (history, policy) => {
      const window = monthWindow(policy, { year: 2026, month: 5 }, () => 480);
      const now = new Map<string, MeasuredCase>();
      const rows = history.flatMap((version) => {
        const before = now.get(version.caseId);
        now.set(version.caseId, version);
        return delta(before, version);
      });
      const units = groupRows(rows, { bases: [policy.dateBasis], window, unit: itself }).map(
        ({ unit, counts }) => ({ unit: unit ?? '', sample: counts }),
      );
      assert.deepEqual(
        withoutBehind(rankUnits(units, policy)),
        withoutBehind(recomputeRanking(now.values(), policy, window)),
      );
    }),
  );
});

test('roll-ups that tell the same do not differ, however their rows are cut', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 6 }), (all) => {
      const cut = all.flatMap((one) => delta(undefined, one)).reverse();
      assert.deepEqual(compareRollups(cut, recompute(all)), []);
    }),
  );
});

test('a callback that somebody changed is named by hour, unit and counter', () => {
  const called = (text: string): MeasuredCase =>
    caseOf({ requests: [requestOf({ termEndAt: undefined, callback: answer(text) })] });
  const differences = compareRollups(recompute([called('y/n/d')]), recompute([called('y/y/d')]));
  const where = {
    basis: 'created',
    hour: START / HOUR,
    place: '990000001001',
    kind: 'city.litter',
    unit: 'clean',
  };
  assert.deepEqual(differences, [
    { ...where, counter: 'solvedYes', a: 0, b: 1 },
    { ...where, counter: 'completeSolved', a: 0, b: 1 },
  ]);
});

test('a row that only one side has is told whole', () => {
  const differences = compareRollups(recompute([caseOf()]), []);
  assert.deepEqual(
    differences.map(({ counter, a, b }) => [counter, a, b]),
    [['opened', 1, 0]],
  );
});

test('a window takes its first moment and leaves its last, by the date of the policy', () => {
  const window = monthWindow(HUAIROU, { year: 2026, month: 5 }, () => 480);
  const dates = [window.from - 1, window.from, window.to - 1, window.to];
  const byCreation = dates.map((createdAt) => requestOf({ createdAt }));
  assert.deepEqual(requestsIn(byCreation, HUAIROU, window), byCreation.slice(1, 3));
  const byCallback = dates.map((calledBackAt) => requestOf({ calledBackAt }));
  const policy = { ...HUAIROU, dateBasis: 'calledBack' } as const;
  assert.deepEqual(requestsIn([requestOf(), ...byCallback], policy, window), byCallback.slice(1, 3));
});
