import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, isRefusal, MINUTE } from '@gezhi/basis';
import { childEnded } from './child-ended.ts';
import { clocksOf, lateClocks } from './clocks.ts';
import { measuredCase } from './measured.ts';
import { PROCEDURE_HANDLERS } from './procedure-acts.ts';
import type { Action, Process } from './process.ts';
import {
  caseIdOf,
  doing,
  doingAs,
  given,
  HAPPY,
  inWorld,
  NOON,
  numberOf,
  opened,
  ref,
  SMALL_DESK,
  type Story,
  UNHAPPY,
} from './testing/door.ts';

const first = numberOf(1);
const desk = { by: { post: 'lamp-desk', person: 'L-1' } };
const hotline = { by: { post: 'hotline-desk', person: 'H-1' } };

const sent = given(opened(), doing('triage'));
const working = sent.and(doing('accept'));
const checked = working.and(
  doing('finish', { outcome: 'solved', words: ref() }),
  doing('check', { passed: true, unit: 'checkers' }),
);
const asked = checked.and(doing('callBack', { number: first, answer: UNHAPPY, way: 'phone' }));

const object = (more = {}) =>
  doingAs('object', 'apply', { reason: ref('why'), basis: 'power list 12', ...more }, desk);
const extend = (until: number) => doingAs('extend', 'apply', { reason: ref('why'), until }, desk);
const rule = (action: string, granted: boolean, more = {}) =>
  doingAs(action, 'rule', { granted, words: ref('ruling'), ...more }, hotline);

const dueOf = (story: Story, name = 'handle') =>
  clocksOf(SMALL_DESK, story.case, story.context.due).find(({ clock }) => clock === name)?.due?.dueAt;
const promiseOf = (story: Story) => story.case.voices[first]!.promised!.dueAt;

test('an objection says reason and basis, and waits for its arbiter with the case', () => {
  sent.when(object({ basis: '' })).thenRefused('missing-field', { field: 'basis' });
  const objected = sent.when(object()).thenFacts({
    type: 'applied',
    data: { application: 'objection-1', about: 'objection', unit: 'lamp-works', to: 'disputed' },
  });
  assert.deepEqual(objected.case.flags, ['objected']);
  objected
    .when(doingAs('object.rule', 'rule', { granted: true, words: ref() }, desk))
    .thenRefused('own-approval');
});

test('upheld, the matter goes to whose duty it is, with a term of its own; the promise stays where it was', () => {
  const objected = sent.and(object());
  const ruled = objected
    .later(20 * MINUTE)
    .when(rule('object.rule', true, { lead: { unit: 'road-works' }, basis: 'power list 12' }))
    .thenFacts('ruled', {
      type: 'dispatched',
      data: { lead: { unit: 'road-works' }, catalogue: 'objection-1' },
    });
  assert.equal(ruled.case.lead?.unit, 'road-works');
  assert.equal(promiseOf(ruled), promiseOf(sent));
  assert.ok(dueOf(ruled)! > dueOf(sent)!);
  assert.deepEqual(ruled.case.flags, []);
});

test('upheld without saying whose it is, it waits for a person; the catalogue does not send it back', () => {
  const ruled = sent.and(object()).when(rule('object.rule', true)).thenFacts('ruled', 'routeUnclear');
  assert.equal(ruled.case.state, 'sorted');
  assert.ok(ruled.case.flags.includes('unclear'));
  assert.equal(measuredCase(ruled.case, undefined).wrongDispatches, 1);
});

test('refused, it goes back to where it stood, and the term ran on', () => {
  const refused = sent.and(object()).and(rule('object.rule', false));
  assert.equal(refused.case.state, 'sent');
  assert.equal(dueOf(refused), dueOf(sent));
});

test('the second ruling on one matter is final', () => {
  const again = sent.and(object(), rule('object.rule', false), object());
  again.when(rule('object.rule', false)).thenFacts({ type: 'ruled', data: { final: true } });
});

test('an extension is granted by somebody else, moves the term and is told to each requester', () => {
  const until = NOON + 5 * HOUR;
  sent.when(extend(NOON - HOUR)).thenRefused('not-later');
  const waiting = sent.and(extend(until));
  waiting.when(extend(until)).thenRefused('already-applied');
  const granted = waiting
    .when(rule('extend.rule', true))
    .thenFacts('ruled', { type: 'extended', data: { due: { dueAt: until } } }, { type: 'promised' });
  assert.equal(measuredCase(granted.case, undefined).extensions, 1);
  assert.equal(dueOf(granted), until);
  assert.equal(promiseOf(granted), until);
  assert.ok(granted.case.flags.includes('extended'));
  assert.equal(promiseOf(waiting.and(rule('extend.rule', false))), promiseOf(sent));
});

test('a suspension stops the clock, names its condition and its review; the promise does not move', () => {
  const reviewAt = NOON + 3 * HOUR;
  const suspend = doingAs(
    'suspend',
    'apply',
    { reason: ref(), until: reviewAt, condition: ref('rain') },
    desk,
  );
  const paused = working.and(suspend).and(rule('suspend.rule', true));
  assert.ok(paused.case.flags.includes('suspended'));
  assert.equal(dueOf(paused, 'review'), reviewAt);
  assert.equal(promiseOf(paused), promiseOf(working));
  const resumed = paused.and(doing('resume', { words: ref() }));
  assert.ok(!resumed.case.flags.includes('suspended'));
  resumed.when(doing('resume', { words: ref() })).thenRefused('no-change');
  const late = lateClocks(SMALL_DESK, paused.case, { ...paused.context, now: reviewAt });
  assert.ok(late.includes('review') && !late.includes('handle'));
});

test('a request leaves the rates only when two persons say so, with a reason of the list', () => {
  const exclude = doingAs(
    'exclude',
    'apply',
    { number: first, exclusion: 'duplicate', reason: ref() },
    hotline,
  );
  const waiting = working.and(exclude);
  assert.equal(waiting.case.voices[first]!.excluded, undefined);
  waiting.when(rule('exclude.rule', true)).thenRefused('own-approval');
  const other = { by: { post: 'hotline-head', person: 'H-2' } };
  const twice = doingAs('exclude.rule', 'rule', { granted: true, words: ref() }, other);
  assert.equal(waiting.and(twice).case.voices[first]!.excluded?.reason, 'duplicate');
  working.when(twice).thenRefused('nothing-applied');
});

test('a matter about a unit is never led, helped or checked by it or one below', () => {
  const about = given(opened({ against: ['county'] }));
  const unclear = about.when(doing('triage')).thenFacts('triaged', 'routeUnclear');
  const byHand = { lead: { unit: 'lamp-works' }, basis: 'list' };
  unclear.when(doing('dispatch', byHand)).thenRefused('concerned', { unit: 'lamp-works' });
  const elsewhere = unclear.and(doing('dispatch', { lead: { unit: 'city' }, basis: 'list' }));
  elsewhere.when(doing('task', { task: 't', unit: 'road-works' })).thenRefused('concerned');
  const done = elsewhere.and(doing('accept'), doing('finish', { outcome: 'solved', words: ref() }));
  done.when(doing('check', { passed: true, unit: 'street' })).thenRefused('concerned');
  sent.when(doing('concern', { units: ['lamp-works'] })).thenRefused('concerned');
  working.and(doing('concern', { units: ['street'] }));
});

test('a danger is handed over at once, and stays red until it is acknowledged', () => {
  const signs = [
    { rule: 'gas.leak', to: '119' as const },
    { rule: 'gas.hurt', to: '120' as const },
  ];
  const red = given(opened({ signs })).when(doing('handOff', {})).thenFacts('handedOff', 'handedOff');
  assert.deepEqual(red.case.flags, ['danger']);
  red.when(doing('handOff', {})).thenRefused('nobody-to-tell');
  const one = red.and(doing('acknowledge', { to: '119', how: 'service', reference: 'F-7' }));
  assert.deepEqual(one.case.flags, ['danger']);
  assert.deepEqual(one.and(doing('acknowledge', { to: '120' })).case.flags, []);
  one.when(doing('acknowledge', { to: '119' })).thenRefused('already-acknowledged');
  red.when(doing('acknowledge', { to: '110' })).thenRefused('nobody-to-tell');
  red.when(doing('handOff', { to: '119' })).thenRefused('nobody-to-tell');
  const again = one.when(doing('handOff', { to: '119' })).thenFacts('handedOff');
  assert.deepEqual(again.and(doing('acknowledge', { to: '120' })).case.flags, ['danger']);
});

test('each level urges at most once a day', () => {
  const urged = sent.when(doing('urge', {}, hotline)).thenFacts({ type: 'urged', data: { unit: 'hotline' } });
  urged.when(doing('urge', {}, hotline)).thenRefused('already-urged', { unit: 'hotline' });
  urged.when(doing('urge', {}, { by: { post: 'county-desk' } })).thenFacts('urged');
  urged
    .later(DAY)
    .when(doing('urge', {}, hotline))
    .thenFacts('urged');
});

test('what is not solved goes up, and whoever was asked is asked again', () => {
  const up = asked.when(doing('escalate')).thenFacts({ type: 'escalated', data: { unit: 'county' } });
  assert.equal(up.case.owed, 1);
  assert.deepEqual(up.case.voices[first]!.firstCallback?.answer, UNHAPPY);
  assert.ok(up.case.flags.includes('escalated'));
  working.when(doing('escalate', { unit: 'street' })).thenRefused('nobody-above');
});

test('who was asked at the end of the term is asked again after the work is checked; the first answer counts', () => {
  const { to: _to, ...callBack } = SMALL_DESK.actions.callBack!;
  const early = withAction({ ...callBack, name: 'callEarly', from: 'open' });
  const story = inWorld({ process: early }).given(opened(), doing('triage'), doing('accept'));
  const call = { number: first, answer: UNHAPPY, way: 'phone' };
  const said = story.and(doingAs('callEarly', 'callBack', call));
  const late = said.and(
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
  );
  assert.equal(late.case.owed, 1);
  const after = late.and(doing('callBack', { number: first, answer: HAPPY, way: 'phone' }));
  assert.deepEqual(after.case.voices[first]!.firstCallback?.answer, UNHAPPY);
});

test('nobody is unreachable before three tries at different hours by two ways', () => {
  const process: Process = { ...SMALL_DESK, callback: { tries: 3, ways: 2, apartMinutes: 120 } };
  const story = inWorld({ process })
    .given(opened(), doing('triage'), doing('accept'))
    .and(
      doing('finish', { outcome: 'solved', words: ref() }),
      doing('check', { passed: true, unit: 'checkers' }),
    );
  const give = doing('callBack', { number: first, unreachable: ['phone'] });
  const tryBy = (way: string, after: number) => doing('tryCallback', { number: first, way }, { after });
  const thrice = story.and(tryBy('phone', MINUTE), tryBy('phone', 2 * HOUR), tryBy('sms', MINUTE));
  thrice.when(give).thenRefused('too-few-tries', { tries: 2, ways: 2 });
  const enough = thrice.and(tryBy('sms', 2 * HOUR));
  enough.when(give).thenFacts({ type: 'unreachable', data: { ways: ['phone', 'sms'] } }, 'closed');
});

test('a task is signed, arrived at and delivered, each under its clock; a refusal says why', () => {
  const tasked = working.and(doing('task', { task: 'pipes', unit: 'road-works' }));
  const clocks = () => clocksOf(SMALL_DESK, tasked.case, tasked.context.due).map(({ clock }) => clock);
  assert.ok(clocks().includes('sign/pipes') && clocks().includes('deliver/pipes'));
  const signed = tasked.and(doing('stepTask', { task: 'pipes', step: 'signed' }));
  const sign = clocksOf(SMALL_DESK, signed.case, signed.context.due).find((c) => c.clock === 'sign/pipes');
  assert.ok(sign?.stoppedAt);
  signed.when(doing('stepTask', { task: 'pipes', step: 'signed' })).thenRefused('no-change');
  signed.when(doing('stepTask', { task: 'pipes', step: 'refused' })).thenRefused('missing-field');
  signed.when(doing('stepTask', { task: 'pipes', step: 'arrived', way: 'onSite' })).thenFacts('taskStepped');
  signed.when(doing('stepTask', { task: 'roof', step: 'signed' })).thenRefused('no-such-task');
});

test('units rate each other, never themselves, with whole marks from 1 to 5', () => {
  const street = { by: { post: 'street-desk' } };
  const rated = working
    .when(doing('rate', { of: 'lamp-works', marks: { speed: 4 } }, street))
    .thenFacts('rated');
  assert.deepEqual(rated.case.ratings, [{ by: 'street', of: 'lamp-works', marks: { speed: 4 } }]);
  working.when(doing('rate', { of: 'street', marks: { speed: 4 } }, street)).thenRefused('own-rating');
  working.when(doing('rate', { of: 'lamp-works', marks: { speed: 6 } }, street)).thenRefused('bad-mark');
  working.when(doing('rate', { of: 'lamp-works', marks: {} }, street)).thenRefused('bad-mark');
  working.when(doing('rate', { of: 'lamp-works', marks: { speed: 3 } })).thenRefused('no-unit');
});

test('a part raises its flag on the whole, and lowers it when it ends', () => {
  const kinds = {
    kind: (code: string) =>
      code === 'whistle' ? { traits: [], raises: 'whistled' as const } : { traits: [] },
  };
  const world = inWorld({ context: kinds });
  const whole = world
    .given(opened(), doing('triage'))
    .and(doing('accept'), doing('split', { children: [{ caseId: caseIdOf(7), kind: 'whistle' }] }));
  assert.ok(whole.case.flags.includes('whistled'));
  const part = { ...whole.case, caseId: caseIdOf(7), kind: 'whistle', phase: 'closed' as const };
  const ended = childEnded(SMALL_DESK, whole.case, part, whole.context);
  assert.ok(!isRefusal(ended));
  assert.ok(!ended.after.flags.includes('whistled'));
  const again = childEnded(SMALL_DESK, ended.after, part, whole.context);
  assert.deepEqual(again, { facts: [], after: ended.after });
});

test('a leader takes a case, units huddle, a step of the process is taken', () => {
  const led = working.and(doing('takeLead', {}, { by: { post: 'county-desk' } }));
  assert.deepEqual(led.case.leader, { unit: 'county', post: 'county-desk' });
  working.when(doing('takeLead', {}, { by: { post: 'nobody' } })).thenRefused('no-unit');
  const unclear = { route: () => ({ unclear: true as const, because: [], reads: [] }) };
  const queued = inWorld({ context: unclear }).given(opened(), doing('triage'));
  queued.when(doing('huddle', { units: ['street', 'road-works'], words: ref() })).thenFacts('huddled');
  const stepped = queued
    .when(doing('advance'))
    .thenFacts({ type: 'advanced', data: { step: 'advance', to: 'received' } });
  assert.equal(stepped.case.turns.at(-1)?.type, 'advanced.advance');
});

test('what an act of procedure leaves out is absent in its fact, not undefined', () => {
  assert.equal(Object.keys(PROCEDURE_HANDLERS).length, 14);
  for (const story of [sent.and(object()), working.and(extend(NOON + 5 * HOUR))])
    assert.deepEqual(JSON.parse(JSON.stringify(story.facts)), story.facts);
});

function withAction(action: Action): Process {
  return { ...SMALL_DESK, actions: { ...SMALL_DESK.actions, [action.name]: action } };
}
