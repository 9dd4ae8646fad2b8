import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isRefusal } from '@gezhi/basis';
import { decide, open } from './decide.ts';
import { isFrom } from './possible.ts';
import {
  caseIdOf,
  doing,
  given,
  HAPPY,
  inWorld,
  NOON,
  numberOf,
  opened,
  ref,
  SMALL_DESK,
  UNHAPPY,
  voice,
  worldAt,
} from './testing/door.ts';

const working = given(opened(), doing('triage'), doing('accept'));

test('an action that the process does not have is refused with those it has, whatever its name', () => {
  for (const action of ['celebrate', '', 'constructor', '__proto__', 'toString']) {
    working
      .when({ action, input: {} })
      .thenRefused('unknown-action', { actions: Object.keys(SMALL_DESK.actions) });
  }
});

test('a request number that names nothing is refused, whatever it is', () => {
  for (const number of ['', 'constructor', '__proto__', 'toString']) {
    working.when(doing('follow', { number, words: ref() })).thenRefused('no-such-request', { number });
  }
});

test('a post without the power is refused, with the reason', () => {
  const because = { code: 'default-deny' };
  working
    .where({ context: { may: (power) => ({ allowed: power !== 'note', because }) } })
    .when(doing('note', { words: ref() }))
    .thenRefused('no-power', { because });
});

test('the state is asked before the power: nobody learns from a refusal who may do what', () => {
  const nobody = { may: () => ({ allowed: false, because: { code: 'default-deny' } }) };
  working.where({ context: nobody }).when(doing('triage')).thenRefused('not-now');
});

test('whoever saw an older case is told so, whoever saw this one goes on', () => {
  const { seq } = working.case;
  for (const expectedSeq of [0, seq - 1, seq + 1]) {
    working.when(doing('note', { words: ref() }, { expectedSeq })).thenRefused('stale', { seq });
  }
  working.when(doing('note', { words: ref() }, { expectedSeq: seq })).thenFacts('noted');
});

const bend = { reason: ref('reason'), approver: 'head' };

test('a bendable guard yields to a reason and an approver, which are kept; a hard one never does', () => {
  const tasked = working.and(doing('task', { task: 't1', unit: 'power-works' }));
  const finish = doing('finish', { outcome: 'solved', words: ref() });
  tasked.when(finish).thenRefused('guard', { guard: 'tasksDone', hardness: 'bendable' });
  tasked
    .when({ ...finish, bend })
    .thenFacts(
      { type: 'bent', data: { action: 'finish', guard: 'tasksDone', reason: bend.reason, approver: 'head' } },
      'done',
    );
  const unknown = given(opened({ kind: 'unknown' }), doing('triage'));
  unknown.when({ ...doing('dispatch'), bend }).thenRefused('guard', { guard: 'kindKnown', hardness: 'hard' });
});

test('nobody approves for themselves, on their own post or on another on which they sit', () => {
  const tasked = working.and(doing('task', { task: 't1', unit: 'power-works' }));
  const finish = {
    ...doing('finish', { outcome: 'solved', words: ref() }),
    by: { post: 'desk', person: 'S-1' },
  };
  for (const approver of ['desk', 'S-1'])
    tasked.when({ ...finish, bend: { ...bend, approver } }).thenRefused('own-approval', { approver });
  tasked.when({ ...finish, bend: { ...bend, persons: ['S-2', 'S-1'] } }).thenRefused('own-approval');
  tasked.when({ ...finish, bend: { ...bend, persons: ['S-2'] } }).thenFacts('bent', 'done');
});

test('a bend that no guard asked for leaves no trace', () => {
  working.when({ ...doing('finish', { outcome: 'solved', words: ref() }), bend }).thenFacts('done');
});

test('what would follow by itself rests at a guard, and what a person did stands', () => {
  // A neighbour who was asked elsewhere, and said "not solved": the passed check stands, and a person decides how to go on.
  const asked = working.and(doing('finish', { outcome: 'solved', words: ref() }), {
    type: 'calledBack',
    data: { number: numberOf(1), answer: UNHAPPY, way: 'phone' },
  });
  const checked = asked.when(doing('check', { passed: true, unit: 'checkers' })).thenFacts('checked');
  assert.equal(checked.case.state, 'checked');
  checked.when({ ...doing('close'), bend }).thenFacts('bent', 'closed');
  given(opened({ kind: 'unknown', kindBecause: 'proposed' }))
    .when(doing('triage'))
    .thenFacts('triaged');
});

test('a process that runs in a circle is refused, not hung', () => {
  const { sorted, received } = { sorted: 'sorted', received: 'received' };
  const circle = {
    ...SMALL_DESK,
    actions: {
      ...SMALL_DESK.actions,
      back: { ...SMALL_DESK.actions.triage!, name: 'back', from: new Set([sorted]), to: received },
    },
    automatics: [
      { state: received, action: 'triage', when: () => true },
      { state: sorted, action: 'back', when: () => true },
    ],
  };
  inWorld({ process: circle })
    .given(opened())
    .when(doing('note', { words: ref() }))
    .thenRefused('runs-in-circles');
});

test('what follows by itself is done by the post system, now, whenever that happened which set it off', () => {
  const told = NOON - 5 * HOUR;
  const { found } = given(opened()).when(doing('triage', {}, { occurredAt: told, by: { post: 'seat' } }));
  assert.ok(!isRefusal(found));
  assert.deepEqual(
    found.facts.map(({ type, by, occurredAt }) => [type, by.post, occurredAt === told]),
    [
      ['triaged', 'seat', true],
      ['dispatched', 'system', false],
      ['promised', 'system', false],
    ],
  );
  assert.ok(found.facts.every(({ recordedAt, cause }) => recordedAt > NOON && cause === 'do-triage'));
});

test('a unit cannot be late before the case reached it: a report of yesterday is dispatched today', () => {
  const now = NOON + 20 * HOUR;
  const process = {
    ...SMALL_DESK,
    automatics: [{ state: 'received', action: 'triage', when: () => true }, ...SMALL_DESK.automatics],
  };
  const found = open(
    process,
    {
      district: 'made-up',
      caseId: caseIdOf(1),
      by: { post: 'intake' },
      cause: 'signal',
      openedAt: NOON,
      kind: 'lamp.fault',
      kindBecause: 'stated',
      place: { code: 'lane-3', layers: {} },
      voice: voice(1),
    },
    worldAt(now),
  );
  assert.ok(!isRefusal(found));
  assert.deepEqual(
    found.facts.map(({ seq, type, occurredAt }) => [seq, type, occurredAt]),
    [
      [1, 'opened', NOON],
      [2, 'triaged', now],
      [3, 'dispatched', now],
      [4, 'promised', now],
    ],
  );
  assert.equal(found.after.voices[numberOf(1)]!.promised?.dueAt, now + HOUR);
});

test('a merged case is open to un-merging only, another to everything but that', () => {
  const merged = given(opened(), {
    type: 'merged',
    data: { to: 'merged', phase: 'closed', into: caseIdOf(2), numbers: [numberOf(1)] },
  });
  const from = (c: typeof merged.case): string[] =>
    Object.values(SMALL_DESK.actions)
      .filter((action) => isFrom(action, c))
      .map((action) => action.name);
  assert.deepEqual(from(merged.case), ['unmerge']);
  assert.ok(!from(working.case).includes('unmerge'));
  merged
    .when(doing('follow', { number: numberOf(1), words: ref() }))
    .thenRefused('not-now', { mergedInto: caseIdOf(2) });
});

test('the same arguments give the same answer, and nothing that came in is changed', () => {
  const command = {
    commandId: 'c',
    action: 'finish',
    by: { post: 'somebody' },
    input: { outcome: 'solved' as const, words: ref() },
  };
  const before = structuredClone(working.case);
  const once = decide(SMALL_DESK, working.case, command, working.context);
  assert.deepEqual(decide(SMALL_DESK, working.case, command, working.context), once);
  assert.deepEqual(working.case, before);
});

test('the whole way of one report', () => {
  const closed = given(opened(), doing('triage'))
    .when(doing('accept'))
    .thenFacts('accepted')
    .when(doing('finish', { outcome: 'solved', words: ref() }))
    .thenFacts('done')
    .when(doing('check', { passed: true, unit: 'checkers' }))
    .thenFacts('checked')
    .when(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }))
    .thenFacts('calledBack', 'closed');
  assert.equal(closed.case.phase, 'closed');
  assert.equal(closed.case.closedHow, 'calledBack');
  assert.equal(closed.case.endedAt, closed.now);
});
