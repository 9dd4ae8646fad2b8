import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { caseOf, cases, START } from './arbitraries.test.ts';
import { CITYMGMT, citymgmtRates } from './citymgmt-rates.ts';
import { sumOf } from './measure.ts';
import type { MeasuredCase } from './measured-case.ts';
import { recompute } from './recompute.ts';
import type { Share } from './share.ts';

const dueAt = START + DAY;
const dispatched = { dispatchedAt: START, dispatches: 1, dueAt };
const onTime: Partial<MeasuredCase> = { ...dispatched, doneAt: dueAt, closedAt: dueAt, outcome: 'solved' };

// Ten cases due on one day.
const TEN: readonly Partial<MeasuredCase>[] = [
  onTime,
  onTime,
  onTime,
  { ...onTime, closedAt: dueAt + HOUR },
  { ...onTime, doneAt: dueAt + 1, closedAt: dueAt + HOUR },
  { ...onTime, extensions: 2 },
  { ...onTime, reworks: 3, dispatches: 3, wrongDispatches: 2 },
  { ...dispatched, reworks: 1 },
  { ...dispatched },
  { dueAt, closedAt: START + HOUR, outcome: 'withdrawn' },
];

function part(share: Share | null): string {
  return share ? `${share.numerator}/${share.denominator}` : 'null';
}

test('ten cases that were due, by hand', () => {
  const rates = citymgmtRates(sumOf(recompute(TEN.map((one) => caseOf(one))), ['due', 'dispatched']));
  assert.equal(part(rates.closing), '8/10');
  assert.equal(part(rates.closingInTime), '6/10');
  assert.equal(part(rates.handling), '7/9');
  assert.equal(part(rates.handlingInTime), '6/9');
  assert.equal(part(rates.rework), '2/8');
  assert.equal(part(rates.extension), '1/9');
  assert.equal(part(rates.dispatchAccuracy), '9/11');
  assert.equal(part(rates.lapsed), '1/10');
  assert.deepEqual(rates.times, { reworks: 4, extensions: 2 });
});

test('where closing waits for the callback, in time means done in time', () => {
  const sums = sumOf(recompute(TEN.map((one) => caseOf(one))), ['due', 'dispatched']);
  assert.equal(part(citymgmtRates(sums, { ...CITYMGMT, closedInTime: 'doneByDue' }).closingInTime), '6/10');
  const waiting = sumOf(recompute([caseOf({ ...onTime, closedAt: dueAt + DAY })]), ['due']);
  assert.equal(part(citymgmtRates(waiting).closingInTime), '0/1');
  assert.equal(part(citymgmtRates(waiting, { ...CITYMGMT, closedInTime: 'doneByDue' }).closingInTime), '1/1');
});

test('nothing due, nothing dispatched: every rate is null', () => {
  const { policy: _, times, ...rates } = citymgmtRates({});
  assert.deepEqual(new Set(Object.values(rates)), new Set([null]));
  assert.deepEqual(times, { reworks: 0, extensions: 0 });
});

test('whatever the cases, no rate leaves 0 … 1', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 10 }), (all) => {
      const { policy: _, times: __, ...rates } = citymgmtRates(sumOf(recompute(all), ['due', 'dispatched']));
      for (const rate of Object.values(rates))
        assert.ok(rate === null || (rate.value >= 0 && rate.value <= 1));
    }),
  );
});
