import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isRefusal, type Refusal } from '@gezhi/basis';
import { replay } from './evolve.ts';
import type { GuardView } from './process.ts';
import {
  caseIdOf,
  doing,
  doingAs,
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
  unmerging,
  voice,
} from './testing/door.ts';

/** The n-th case, in which the n-th neighbour speaks. */
function report(n: number): Story {
  return inWorld({ caseId: caseIdOf(n) }).given(opened({ voice: voice(n) }));
}

function well(pair: Pair | Refusal): Pair {
  assert.ok(!isRefusal(pair), JSON.stringify(pair));
  return pair;
}

function refused(pair: Pair | Refusal): string {
  assert.ok(isRefusal(pair));
  return pair.code;
}

const types = (story: Story, from: Story): string[] =>
  story.facts.slice(from.facts.length).map(({ type }) => type);

const waiting = report(1);
const atWork = report(2).and(doing('triage'), doing('accept'));

test('a merged voice speaks in the target, and is promised a moment where the target has a lead', () => {
  const { source, target } = well(merging(waiting, atWork));
  assert.deepEqual(types(source, waiting), ['merged']);
  assert.deepEqual(types(target, atWork), ['absorbed', 'promised']);
  assert.deepEqual(source.case.voices, {});
  assert.deepEqual(Object.keys(target.case.voices), [numberOf(2), numberOf(1)]);
  assert.deepEqual(source.case.flags, ['merged']);
  assert.equal(source.case.mergedInto, target.case.caseId);
  assert.ok(target.case.voices[numberOf(1)]!.promised);
});

test('a voice that was promised a moment keeps it through a merge, whoever leads there', () => {
  const led = report(1).and(doing('triage'));
  const elsewhere = report(2)
    .where({
      context: {
        route: () => ({
          lead: { unit: 'road-works' },
          coUnits: [],
          basis: 'duty list, line 9',
          because: [],
          reads: [],
          catalogue: 'made-up@1',
        }),
      },
    })
    .later(999_000)
    .and(doing('triage'));
  const { source, target } = well(merging(led, elsewhere));
  assert.deepEqual(target.case.voices[numberOf(1)]!.promised, led.case.voices[numberOf(1)]!.promised);
  assert.equal(source.case.lead?.unit, 'lamp-works');
  assert.equal(target.case.lead?.unit, 'road-works');
});

test('un-merging at once brings back what was there', () => {
  const led = report(1).and(doing('triage'));
  const apart = (pair: Pair): Pair => well(unmerging(pair.source, pair.target));
  const { source, target } = apart(well(merging(led, atWork)));
  const { seq: _s, turns: _t, recordedAt: _r, ...before } = led.case;
  const { seq: _s2, turns: _t2, recordedAt: _r2, ...after } = source.case;
  assert.deepEqual(after, before);
  assert.deepEqual(target.case.voices, atWork.case.voices);
  assert.equal(target.case.state, atWork.case.state);
});

test('what happened in the target comes home: promise, callback, exclusion', () => {
  const joined = well(merging(waiting, atWork));
  const target = joined.target.and(
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
    doingAs('exclude', 'apply', { number: numberOf(1), exclusion: 'duplicate', reason: ref('log') }),
    doingAs('exclude.rule', 'rule', { granted: true, words: ref() }, { by: { post: 'hotline-head' } }),
    doing('callBack', { number: numberOf(1), answer: UNHAPPY, way: 'phone' }),
    doing('callBack', { number: numberOf(2), answer: HAPPY, way: 'phone' }),
  );
  const speaks = target.case.voices[numberOf(1)]!;
  const home = well(unmerging(joined.source, target));
  assert.deepEqual(home.source.case.voices, { [numberOf(1)]: speaks });
  assert.ok(speaks.promised && speaks.callback && speaks.excluded);
});

test('voices come home from a target that was closed, and it stays closed', () => {
  const joined = well(merging(waiting, atWork));
  const closed = joined.target.and(
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
    doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }),
    doing('callBack', { number: numberOf(2), answer: HAPPY, way: 'phone' }),
  );
  assert.equal(closed.case.state, 'closed');
  const home = well(unmerging(joined.source, closed));
  assert.equal(home.source.case.state, 'received');
  assert.equal(home.source.case.endedAt, undefined);
  assert.deepEqual(home.source.case.voices[numberOf(1)]!.callback?.answer, HAPPY);
  assert.equal(home.target.case.state, 'closed');
});

test('a target that waited for these voices only goes on by itself when they go home', () => {
  const joined = well(merging(waiting, atWork));
  const target = joined.target.and(
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
    doing('callBack', { number: numberOf(2), answer: HAPPY, way: 'phone' }),
  );
  assert.equal(target.case.state, 'checked');
  const home = well(unmerging(joined.source, target));
  assert.deepEqual(types(home.target, target), ['released', 'closed']);
});

test('a case that comes home to the queue is still nobody’s, and rests there', () => {
  const queue = { context: { route: () => ({ unclear: true as const, because: [], reads: [] }) } };
  const queued = report(1).where(queue).and(doing('triage'));
  const joined = well(merging(queued, atWork));
  const home = well(unmerging(joined.source, joined.target));
  assert.deepEqual(types(home.source, joined.source), ['unmerged']);
  assert.deepEqual(home.source.case.flags, ['unclear']);
});

test('after a chain of merges the last is undone first, and nobody is lost on the way', () => {
  const first = well(merging(report(1), report(2)));
  const second = well(merging(first.target, report(3)));
  assert.equal(refused(unmerging(first.source, second.source)), 'target-merged');
  const undone = well(unmerging(second.source, second.target));
  const home = well(unmerging(first.source, undone.source));
  assert.deepEqual(Object.keys(home.source.case.voices), [numberOf(1)]);
  assert.deepEqual(Object.keys(home.target.case.voices), [numberOf(2)]);
  assert.deepEqual(Object.keys(undone.target.case.voices), [numberOf(3)]);
});

test('merging refuses itself, another district, an ended or merged target, an ended source, an older case', () => {
  const abroad = inWorld({ district: 'elsewhere', caseId: caseIdOf(9) }).given(opened({ voice: voice(9) }));
  const ended = report(4).and(doing('answer', { words: ref() }));
  const away = well(merging(report(5), report(6))).source;
  assert.equal(refused(merging(waiting, waiting)), 'same-case');
  assert.equal(refused(merging(waiting, abroad)), 'other-district');
  assert.equal(refused(merging(waiting, ended)), 'target-ended');
  assert.equal(refused(merging(waiting, away)), 'target-merged');
  assert.equal(refused(merging(ended, waiting)), 'not-now');
  assert.equal(refused(merging(away, waiting)), 'not-now');
  assert.equal(refused(merging(waiting, atWork, { expectedSeq: 7 })), 'stale');
  assert.equal(refused(merging(waiting, atWork, { action: 'accept' })), 'unknown-action');
  assert.equal(refused(merging(waiting, atWork, { action: 'constructor' })), 'unknown-action');
});

test('who merges needs the power over both cases, and so does who un-merges', () => {
  const only = (n: number): Partial<Story['world']> => ({
    context: {
      may: (_power, c) => ({ allowed: c.caseId === caseIdOf(n), because: { code: 'made-up' } }),
    },
  });
  const joined = well(merging(waiting, atWork));
  for (const n of [1, 2]) {
    assert.equal(refused(merging(waiting.where(only(n)), atWork)), 'no-power');
    assert.equal(refused(unmerging(joined.source.where(only(n)), joined.target)), 'no-power');
  }
});

test('un-merging refuses what was not merged, or not there, or is older', () => {
  const joined = well(merging(waiting, atWork));
  assert.equal(refused(unmerging(waiting, atWork)), 'not-merged');
  assert.equal(refused(unmerging(joined.source, report(3))), 'not-merged');
  assert.equal(refused(unmerging(joined.source, joined.target, { action: 'merge' })), 'unknown-action');
  assert.equal(refused(unmerging(joined.source, joined.target, { expectedSeq: 1 })), 'stale');
});

test('merging asks the guards of its action, and can bend them', () => {
  const process = waiting.world.process;
  const merge = process.actions.merge!;
  const guard = {
    id: 'once',
    hardness: 'bendable' as const,
    because: { zh: '一', en: 'once' },
    test: () => false,
  };
  const strict = { ...process, actions: { ...process.actions, merge: { ...merge, guards: [guard] } } };
  const source = waiting.where({ process: strict });
  assert.equal(refused(merging(source, atWork)), 'guard');
  const bend = { reason: ref('reason'), approver: 'head' };
  const bent = well(merging(source, atWork, { bend }));
  assert.deepEqual(types(bent.source, source), ['bent', 'merged']);
});

test('both histories of a merge, and of its undoing, replay to the cases that were answered', () => {
  const told = given(opened(), doing('triage'));
  const joined = well(merging(told, atWork));
  const home = well(unmerging(joined.source, joined.target));
  for (const story of [joined.source, joined.target, home.source, home.target]) {
    assert.deepEqual(replay(story.facts), story.case);
  }
});

test('a target goes on by itself when enough people speak in it', () => {
  const { process } = waiting.world;
  const loud = {
    ...process,
    automatics: [
      { state: 'received', action: 'triage', when: ({ case: c }: GuardView) => c.requests > 1n },
      ...process.automatics,
    ],
  };
  const target = report(3).where({ process: loud });
  const { target: after } = well(merging(waiting, target));
  assert.deepEqual(types(after, target), ['absorbed', 'triaged', 'dispatched', 'promised', 'promised']);
});
