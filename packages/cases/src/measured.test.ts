import assert from 'node:assert/strict';
import { test } from 'node:test';
import { contributions } from '@gezhi/measures';
import { measuredCase } from './measured.ts';
import {
  caseIdOf,
  doing,
  doingAs,
  fact,
  given,
  HAPPY,
  inWorld,
  merging,
  numberOf,
  opened,
  type Pair,
  ref,
  type Story,
  UNHAPPY,
  voice,
} from './testing/door.ts';

const sent = given(opened(), doing('triage'));
const replied = sent.and(doing('accept'), doing('finish', { outcome: 'solved', words: ref() }));
const checked = replied.and(doing('check', { passed: true, unit: 'checkers' }));
const asked = checked.and(doing('callBack', { number: numberOf(1), answer: UNHAPPY, way: 'phone' }));
const closed = checked.and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }));

const measured = (story: Story): ReturnType<typeof measuredCase> => measuredCase(story.case, undefined);

/** The counts of a case on one basis. */
const counted = (story: Story, basis: string): unknown =>
  contributions(measured(story)).find((row) => row.basis === basis)?.counts;

test('a case that nobody has yet counts as opened, its request as not called back', () => {
  const m = measured(given(opened()));
  assert.equal(m.unit, 'none');
  assert.equal(m.dispatchedAt, undefined);
  assert.deepEqual(
    m.requests.map((r) => [r.number, r.unit, r.callback, r.termEndAt]),
    [[numberOf(1), 'none', undefined, undefined]],
  );
});

test('done, checked and closed are there as long as they hold', () => {
  assert.ok(measured(replied).doneAt !== undefined);
  assert.equal(measured(replied).checkedAt, undefined);
  assert.ok(measured(checked).checkedAt !== undefined);
  assert.deepEqual(measured(closed).outcome, 'solved');
  assert.equal(measured(closed).closedAt, closed.now);
  const failed = measured(replied.and(doing('check', { passed: false, unit: 'checkers' })));
  assert.deepEqual([failed.doneAt, failed.checkedAt, failed.reworks], [undefined, undefined, 1]);
  const again = measured(closed.and(doing('reopen', {})));
  assert.deepEqual(
    [again.doneAt, again.checkedAt, again.closedAt, again.outcome],
    [undefined, undefined, undefined, undefined],
  );
});

test('what was answered first is what counts: a reopening does not unsay "not solved"', () => {
  const first = measured(closed).requests[0]!;
  const again = measured(closed.and(doing('reopen', {}))).requests[0]!;
  assert.deepEqual([again.callback, again.calledBackAt], [first.callback, first.calledBackAt]);
});

test('the term of a voice is what it was promised, and does not move with a reopening', () => {
  const termEndAt = sent.case.voices[numberOf(1)]!.promised!.dueAt;
  for (const story of [sent, closed, asked.and(doing('reopen', {}))]) {
    assert.equal(measured(story).requests[0]!.termEndAt, termEndAt);
  }
});

test('each end of a case is the end it counts as', () => {
  const reported = given(opened({ kindBecause: 'proposed' }));
  const ends: readonly (readonly [Story, string])[] = [
    [reported.and(doing('answer', { words: ref() })), 'closedAnswered'],
    [reported.and(doing('refer', { whom: 'court' })), 'closedReferred'],
    [reported.and(doing('decline', { reason: 'unlawful', words: ref() })), 'closedDeclined'],
    [sent.and(doing('accept'), doing('finish', { outcome: 'withdrawn', words: ref() })), 'closedWithdrawn'],
    [reported.and(fact('closed', { to: 'closed', phase: 'closed', how: 'stated' })), 'closedStated'],
  ];
  for (const [story, counter] of ends) {
    assert.deepEqual(counted(story, 'closed'), { closed: 1, [counter]: 1 }, counter);
  }
  assert.deepEqual(counted(closed, 'closed'), { closed: 1, closedSolved: 1, closedChecked: 1 });
});

test('a case closed elsewhere was never checked or solved in the eyes of whoever asked', () => {
  const stated = measured(given(opened(), fact('closed', { to: 'closed', phase: 'closed', how: 'stated' })));
  assert.deepEqual([stated.outcome, stated.checkedAt, stated.doneAt], ['stated', undefined, undefined]);
});

test('a request stands in exactly one case: after a merge in the target, under its unit', () => {
  const other = inWorld({ caseId: caseIdOf(2) }).given(opened({ voice: voice(2) }));
  const { source, target } = merging(other, sent) as Pair;
  assert.deepEqual(measured(source).requests, []);
  assert.equal(measured(source).merged, true);
  assert.deepEqual(counted(source, 'closed'), undefined);
  assert.deepEqual(
    measured(target).requests.map((r) => [r.number, r.unit]),
    [
      [numberOf(1), 'lamp-works'],
      [numberOf(2), 'lamp-works'],
    ],
  );
});

test('an exclusion is seen with its reason and where its evidence lies', () => {
  const story = closed.and(
    doingAs('exclude', 'apply', { number: numberOf(1), exclusion: 'duplicate', reason: ref('log') }),
    doingAs('exclude.rule', 'rule', { granted: true, words: ref() }, { by: { post: 'hotline-head' } }),
  );
  assert.deepEqual(measured(story).requests[0]!.excluded, {
    reason: 'duplicate',
    evidence: 'made-up-log',
  });
});
