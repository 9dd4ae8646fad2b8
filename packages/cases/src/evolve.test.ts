import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evolve, replay } from './evolve.ts';
import type { Draft, Fact } from './fact.ts';
import {
  caseIdOf,
  doing,
  fact,
  given,
  HAPPY,
  inWorld,
  numberOf,
  opened,
  ref,
  type Story,
  UNHAPPY,
  voice,
} from './testing/door.ts';

const sent = given(opened(), doing('triage'));
const replied = sent.and(doing('accept'), doing('finish', { outcome: 'solved', words: ref() }));
const checked = replied.and(doing('check', { passed: true, unit: 'checkers' }));
const closed = checked.and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }));

const next = (story: Story, draft: Draft, more: Partial<Fact> = {}): Fact =>
  ({ ...(story.facts.at(-1) as object), ...(draft as object), seq: story.case.seq + 1, ...more }) as Fact;

test('no facts are no case', () => {
  assert.equal(replay([]), undefined);
});

test('a history begins with its opening, once, and has no gap and no stranger', () => {
  const [first, second, third] = sent.facts as [Fact, Fact, Fact];
  assert.throws(() => replay([second]), /the first fact is "triaged", not "opened"/);
  assert.throws(() => evolve(undefined, { ...first, seq: 2 }), /begins with fact 2/);
  assert.throws(() => replay([first, third]), /fact 3 follows 1/);
  assert.throws(() => replay([first, first]), /fact 1 follows 1/);
  assert.throws(() => evolve(sent.case, next(sent, opened())), /opened a second time/);
  assert.throws(
    () => evolve(sent.case, next(sent, fact('noted', { words: ref() }), { caseId: caseIdOf(2) })),
    /a fact of case/,
  );
  const unknown = fact('promised', {
    number: 'toString',
    due: sent.case.voices[numberOf(1)]!.promised!,
  });
  assert.throws(() => evolve(sent.case, next(sent, unknown)), /no voice toString/);
});

test('folding one by one and all at once give the same case, and neither changes what came in', () => {
  const joined = closed.and(doing('reopen', {}), doing('join', { voice: voice(2), because: [] }));
  const facts = structuredClone(joined.facts);
  let one: ReturnType<typeof evolve> | undefined;
  for (const f of joined.facts) {
    const before = structuredClone(one);
    const after = evolve(one, f);
    assert.deepEqual(one, before);
    one = after;
  }
  assert.deepEqual(replay(joined.facts), one);
  assert.deepEqual(joined.facts, facts);
});

test('a reopened case has no outcome, no end, and owes everybody a callback', () => {
  assert.equal(closed.case.outcome, 'solved');
  assert.equal(closed.case.closedHow, 'calledBack');
  const { case: c } = closed.and(doing('reopen', {}));
  assert.equal(c.outcome, undefined);
  assert.equal(c.closedHow, undefined);
  assert.equal(c.endedAt, undefined);
  assert.equal(c.voices[numberOf(1)]!.callback, undefined);
  assert.equal(c.counts.reopenings, 1);
  assert.deepEqual(c.lead, closed.case.lead);
});

test('a failed check takes the outcome back and counts as rework', () => {
  const { case: c } = replied.and(doing('check', { passed: false, unit: 'checkers' }));
  assert.equal(c.outcome, undefined);
  assert.equal(c.counts.reworks, 1);
  assert.equal(replied.case.counts.reworks, 0);
});

test('what a unit withdraws with its requester ends the case where the process says so', () => {
  const { case: c, now } = sent.and(doing('accept'), doing('finish', { outcome: 'withdrawn', words: ref() }));
  assert.equal(c.phase, 'closed');
  assert.equal(c.endedAt, now);
});

test('a case ended when it ended, whatever is added later', () => {
  const later = closed.later(9_000_000).and(doing('follow', { number: numberOf(1), words: ref() }));
  assert.equal(later.case.endedAt, closed.now);
});

test('a merge does not change when an ended case ended', () => {
  const into = caseIdOf(2);
  const away = closed.and(fact('merged', { to: 'merged', phase: 'closed', into, numbers: [numberOf(1)] }));
  const home = away.and(fact('unmerged', { to: 'closed', phase: 'closed', from: into, voices: [] }));
  assert.equal(away.case.endedAt, closed.now);
  assert.equal(home.case.endedAt, closed.now);
});

test('a second answer of the same voice, as another system may state it, is not owed twice', () => {
  const said = fact('calledBack', { number: numberOf(1), answer: UNHAPPY, way: 'stated' });
  const two = sent.and(doing('join', { voice: voice(2), because: [] }), said, said);
  assert.equal(two.case.owed, 1);
});

test('flags stand in one order, whatever came first', () => {
  const late = fact('deadlinePassed', { clock: 'handle', dueAt: 1 });
  const linked = fact('linked', { system: 'city', number: 'C-1' });
  const one = given(opened(), late, linked, fact('routeUnclear', { because: [], reads: [] }));
  const other = given(opened(), fact('routeUnclear', { because: [], reads: [] }), linked, late, late);
  assert.deepEqual(one.case.flags, ['late', 'unclear', 'linked']);
  assert.deepEqual(other.case.flags, one.case.flags);
});

test('a term that an upper system repeats replaces the one it gave', () => {
  const link = (dueAt?: number): Draft =>
    fact('linked', { system: 'city', number: 'C-1', ...(dueAt === undefined ? {} : { dueAt }) });
  const opening = opened({ external: { system: 'city', number: 'C-1', dueAt: 5 } });
  assert.deepEqual(given(opening, link(7)).case.externals, [{ system: 'city', number: 'C-1', dueAt: 7 }]);
  assert.deepEqual(
    given(opening, fact('linked', { system: 'city', number: 'C-2' })).case.externals.length,
    2,
  );
  assert.deepEqual(given(opening).case.flags, ['linked']);
});

test('only a dispatch names a lead', () => {
  const facts: readonly Draft[] = [
    opened({ parent: caseIdOf(3) }),
    fact('tasked', { task: 't1', unit: 'power-works', role: 'lead' }),
    fact('split', { child: caseIdOf(4), kind: 'lamp.fault' }),
  ];
  const { case: c, facts: happened } = inWorld({ caseId: caseIdOf(1) }).given(...facts);
  assert.equal(c.lead, undefined);
  assert.equal(c.parent, caseIdOf(3));
  assert.deepEqual(c.children, [caseIdOf(4)]);
  assert.deepEqual(c.tasks, [{ task: 't1', unit: 'power-works', role: 'lead', at: happened[1]!.occurredAt }]);
});

test('an answer of somebody else leaves the others as they were', () => {
  const two = sent.and(
    doing('join', { voice: voice(2), because: [] }),
    fact('calledBack', { number: numberOf(1), answer: UNHAPPY, way: 'phone' }),
  );
  assert.deepEqual(two.case.voices[numberOf(1)]!.callback?.answer, UNHAPPY);
  assert.equal(two.case.voices[numberOf(2)]!.callback, undefined);
});
