import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { caseOf, cases, START } from './arbitraries.test.ts';
import { BASES } from './contributions.ts';
import { sumCounts } from './counters.ts';
import { type Grouping, groupRows, itself, sumOf, type TimeStep } from './measure.ts';
import { recompute } from './recompute.ts';

const offset = (): number => 480;

function times(step: TimeStep, at: readonly number[], monthFirstDay = 1): (string | null)[] {
  const rows = recompute(at.map((openedAt) => caseOf({ openedAt })));
  return groupRows(rows, { bases: ['opened'], time: { step, offset, monthFirstDay } }).map(
    ({ time }) => time,
  );
}

test('time is local: the town sleeps when Greenwich works', () => {
  assert.deepEqual(times('hour', [START]), ['2026-04-19T00']);
  assert.deepEqual(times('day', [START - 1, START]), ['2026-04-18', '2026-04-19']);
  assert.deepEqual(times('week', [START, START + DAY]), ['2026-W16', '2026-W17']);
  assert.deepEqual(times('month', [START - 1, START]), ['2026-04']);
  assert.deepEqual(times('month', [START - 1, START], 19), ['2026-04', '2026-05']);
});

test('weeks are ISO 8601, over the new year too', () => {
  const local = (year: number, month: number, day: number): number =>
    Date.UTC(year, month - 1, day) - 8 * HOUR;
  assert.deepEqual(times('week', [local(2026, 12, 31)]), ['2026-W53']);
  assert.deepEqual(times('week', [local(2027, 1, 3)]), ['2026-W53']);
  assert.deepEqual(times('week', [local(2027, 1, 4)]), ['2027-W01']);
});

test('places roll up by the ancestor that the caller names; what has none is left out', () => {
  const rows = recompute(
    ['990000001001', '990000001002', '990000002001', 'unknown'].map((place) => caseOf({ place })),
  );
  const street = (code: string): string | undefined => (code === 'unknown' ? undefined : code.slice(0, 9));
  assert.deepEqual(
    groupRows(rows, { bases: ['opened'], place: street, kind: itself }).map(({ place, kind, counts }) => [
      place,
      kind,
      counts.opened,
    ]),
    [
      ['990000001', 'city.litter', 2],
      ['990000002', 'city.litter', 1],
    ],
  );
});

const groupings: fc.Arbitrary<Grouping> = fc.record(
  {
    bases: fc.constantFrom(['opened'], ['created'], ['due', 'dispatched'], ['closed', 'termEnd']),
    time: fc.record({ step: fc.constantFrom('hour', 'day', 'week', 'month'), offset: fc.constant(offset) }),
    place: fc.constantFrom(itself, (code: string) => code.slice(0, 6)),
    kind: fc.constant(itself),
    unit: fc.constant(itself),
  },
  { requiredKeys: ['bases'] },
);

test('however rows are gathered, the groups add up to the whole', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 8 }), groupings, (all, by) => {
      const rows = recompute(all);
      const groups = groupRows(rows, by);
      assert.deepEqual(sumCounts(groups.map(({ counts }) => counts)), sumOf(rows, by.bases));
      assert.deepEqual(groupRows([...rows].reverse(), by), groups);
    }),
  );
});

test('a window takes its first hour and leaves its last', () => {
  const rows = recompute([0, 1, 2].map((hour) => caseOf({ openedAt: START + hour * HOUR })));
  assert.equal(sumOf(rows, ['opened'], { from: START, to: START + 2 * HOUR }).opened, 2);
});

test('the same request is never added to itself by two dates', () => {
  assert.throws(() => groupRows([], { bases: BASES }), { code: 'two-request-bases' });
});

test('days of a zone off the whole hour are refused', () => {
  const rows = recompute([caseOf()]);
  const by = (step: TimeStep): Grouping => ({ bases: ['opened'], time: { step, offset: () => 330 } });
  assert.throws(() => groupRows(rows, by('day')), { code: 'zone-not-whole-hours' });
});
