import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR } from '@gezhi/basis';
import fc from 'fast-check';
import { answer, caseOf, cases, requestOf, START } from './arbitraries.test.ts';
import { type Contribution, contributions, delta, sumRows } from './contributions.ts';
import { COUNTERS, type Counter, countsFromVector, countsToVector } from './counters.ts';
import type { MeasuredCase } from './measured-case.ts';
import { recompute } from './recompute.ts';

/** What every history must come to: the deltas add up to the contributions of how things stand in the end. */
function assertHistory(history: readonly MeasuredCase[]): void {
  const now = new Map<string, MeasuredCase>();
  const rows: Contribution[] = [];
  for (const version of history) {
    rows.push(...delta(now.get(version.caseId), version));
    now.set(version.caseId, version);
    assert.deepEqual(sumRows(rows), recompute(now.values()));
  }
}

test('the deltas along any history add up to the contributions of the final states', () => {
  fc.assert(fc.property(fc.array(cases, { maxLength: 12 }), assertHistory));
});

test('delta(a, b) + delta(b, c) = delta(a, c), and nothing changes by staying the same', () => {
  const maybe = fc.option(cases, { nil: undefined });
  fc.assert(
    fc.property(maybe, maybe, maybe, (a, b, c) => {
      assert.deepEqual(sumRows([...delta(a, b), ...delta(b, c)]), delta(a, c));
      assert.deepEqual(delta(a, a), []);
    }),
  );
});

test('no delta holds a zero, and no row stands twice', () => {
  fc.assert(
    fc.property(cases, cases, (a, b) => {
      const rows = delta(a, b);
      const keys = rows.map(({ basis, hour, place, kind, unit }) =>
        [basis, hour, place, kind, unit].join('|'),
      );
      assert.equal(new Set(keys).size, rows.length);
      for (const { counts } of rows) {
        assert.ok(Object.keys(counts).length > 0);
        assert.ok(Object.values(counts).every((value) => Number.isInteger(value) && value !== 0));
      }
    }),
  );
});

test('the order of the cases never shows', () => {
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 8 }), (all) => {
      assert.deepEqual(recompute([...all].reverse()), recompute(all));
    }),
  );
});

test('the parts of a row add up: answers to callbacks, outcomes to closings, reasons to exclusions', () => {
  const sum = (row: Contribution, ...names: Counter[]): number =>
    names.reduce((total, name) => total + (row.counts[name] ?? 0), 0);
  fc.assert(
    fc.property(fc.array(cases, { maxLength: 6 }), (all) => {
      for (const row of recompute(all)) {
        assert.equal(sum(row, 'requests'), sum(row, 'uncalled', 'unreachable', 'called', 'excluded'));
        assert.equal(
          sum(row, ...COUNTERS.filter((name) => /^excluded[A-Z]/.test(name))),
          sum(row, 'excluded'),
        );
        assert.equal(
          sum(row, 'inquiries', 'helps', 'complaints', 'tipOffs', 'suggestions', 'otherKinds'),
          sum(row, 'requests'),
        );
        assert.ok(sum(row, 'complete') <= sum(row, 'called'));
        assert.ok(sum(row, 'dueExtended') <= sum(row, 'due') - sum(row, 'dueLapsed'));
        assert.ok(sum(row, 'dueReworked') <= sum(row, 'dueEverDone'));
      }
    }),
  );
});

test('a case that goes its way, is reopened, and gets a late callback, hour by hour', () => {
  const open = caseOf({ requests: [requestOf()] });
  const dispatched = { ...open, dispatchedAt: START + HOUR, dispatches: 1, dueAt: START + 7 * DAY };
  const closed: MeasuredCase = {
    ...dispatched,
    doneAt: START + 6 * DAY,
    closedAt: START + 8 * DAY,
    checkedAt: START + 6 * DAY,
    outcome: 'solved',
  };
  const reopened = dispatched;
  const called = { calledBackAt: START + 9 * DAY, callback: answer('y/n/d') };
  const lateCallback = { ...closed, requests: [requestOf(called)] };
  assertHistory([open, dispatched, closed, reopened, closed, lateCallback]);

  assert.deepEqual(brief(delta(closed, reopened)), [
    `closed ${hours(8 * DAY)} closed-1 closedSolved-1 closedChecked-1`,
    `due ${hours(7 * DAY)} dueDone-1 dueDoneInTime-1 dueClosed-1 dueClosedDoneInTime-1 dueEverDone-1`,
  ]);
  assert.deepEqual(brief(delta(closed, lateCallback)), [
    `created ${hours(0)} uncalled-1 called+1 contactedYes+1 complete+1 completeContacted+1`,
    `termEnd ${hours(7 * DAY)} uncalled-1 called+1 contactedYes+1 complete+1 completeContacted+1`,
    `calledBack ${hours(9 * DAY)} requests+1 called+1 contactedYes+1 complete+1 completeContacted+1 complaints+1`,
  ]);
});

test('merging moves a voice and un-merging brings it back: no request is lost or doubled', () => {
  const [one, two] = [requestOf({ number: 'r1' }), requestOf({ number: 'r2', createdAt: START + DAY })];
  const main = caseOf({ caseId: 'main', requests: [one] });
  const other = caseOf({ caseId: 'other', openedAt: START + DAY, requests: [two] });
  const history = [
    main,
    other,
    { ...other, merged: true, requests: [] },
    { ...main, requests: [one, two] },
    main,
    other,
  ];
  assertHistory(history);
  assert.deepEqual(brief(recompute(history.slice(2, 4))), [
    `opened ${hours(0)} opened+1`,
    `opened ${hours(DAY)} opened+1 merged+1`,
    `created ${hours(0)} requests+1 uncalled+1 complaints+1`,
    `created ${hours(DAY)} requests+1 uncalled+1 complaints+1`,
    `termEnd ${hours(7 * DAY)} requests+2 uncalled+2 complaints+2`,
  ]);
});

test('of a merged case neither deadline nor closing counts: its handling counts where it went on', () => {
  const merged = caseOf({
    merged: true,
    dispatchedAt: START,
    dispatches: 1,
    dueAt: START + DAY,
    closedAt: START + DAY,
  });
  assert.deepEqual(brief(contributions(merged)), [`opened ${hours(0)} opened+1 merged+1`]);
});

test('sixty neighbours of one main are one case and sixty requests', () => {
  const neighbours = Array.from({ length: 60 }, (_, at) => requestOf({ number: `r${at}` }));
  assert.deepEqual(brief(contributions(caseOf({ requests: neighbours }))), [
    `opened ${hours(0)} opened+1`,
    `created ${hours(0)} requests+60 uncalled+60 complaints+60`,
    `termEnd ${hours(7 * DAY)} requests+60 uncalled+60 complaints+60`,
  ]);
});

test('a case withdrawn before its deadline lapses: there was nothing to handle', () => {
  const withdrawn = caseOf({
    dueAt: START + DAY,
    closedAt: START + HOUR,
    outcome: 'withdrawn',
    extensions: 1,
  });
  assert.deepEqual(
    brief(contributions(withdrawn)).at(-2),
    `due ${hours(DAY)} due+1 dueLapsed+1 dueClosed+1 dueClosedInTime+1`,
  );
});

test('a moment that is no whole number is refused, and the case named', () => {
  assert.throws(() => contributions(caseOf({ openedAt: 1.5 })), { code: 'bad-moment', message: /^case-1 / });
});

test('counts that cannot be are refused, and the case named', () => {
  assert.throws(() => contributions(caseOf({ reworks: -1 })), { code: 'bad-count', message: /^case-1 / });
  assert.throws(() => contributions(caseOf({ wrongDispatches: 1 })), { code: 'bad-count' });
});

test('a vector of counts keeps its meaning', () => {
  fc.assert(
    fc.property(cases, (one) => {
      for (const { counts } of contributions(one)) {
        assert.deepEqual(countsFromVector(countsToVector(counts)), { ...counts });
      }
    }),
  );
  assert.deepEqual(countsFromVector([3]), { requests: 3 });
});

function hours(after: number): number {
  return (START + after) / HOUR;
}

function brief(rows: readonly Contribution[]): string[] {
  return rows.map(({ basis, hour, counts }) => {
    const told = COUNTERS.filter((name) => counts[name] !== undefined).map((name) => {
      const value = counts[name] ?? 0;
      return `${name}${value > 0 ? '+' : ''}${value}`;
    });
    return `${basis} ${hour} ${told.join(' ')}`;
  });
}
