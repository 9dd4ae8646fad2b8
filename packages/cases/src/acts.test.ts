import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '@gezhi/basis';
import { HANDLERS } from './acts.ts';
import { PROCEDURE_HANDLERS } from './procedure-acts.ts';
import { ACTS } from './process.ts';
import type { RefusalCode } from './refusals.ts';
import {
  caseIdOf,
  type Deed,
  doing,
  doingAs,
  given,
  HAPPY,
  inWorld,
  NOON,
  numberOf,
  opened,
  type PartialFact,
  ref,
  type Story,
  UNHAPPY,
  voice,
} from './testing/door.ts';

const unclear = {
  route: () => ({ unclear: true as const, because: [{ code: 'nobody' }], reads: ['kind', 'place'] }),
};

const reported = given(opened({ kindBecause: 'proposed' }));
const queued = inWorld({ context: unclear }).given(opened(), doing('triage'));
const sent = given(opened(), doing('triage'));
const working = sent.and(doing('accept'));
const done = working.and(doing('finish', { outcome: 'solved', words: ref() }));
const checked = done.and(doing('check', { passed: true, unit: 'checkers' }));
const asked = checked.and(doing('callBack', { number: numberOf(1), answer: UNHAPPY, way: 'phone' }));
const closed = checked.and(doing('callBack', { number: numberOf(1), answer: HAPPY, way: 'phone' }));
const answered = reported.and(doing('answer', { words: ref() }));

const first = numberOf(1);
const stranger = numberOf(99);

/** Each act from where it is possible: what it says, and the state that it leads to. */
const HAPPENS: readonly (readonly [Story, Deed, readonly (string | PartialFact)[], string])[] = [
  [sent, doing('join', { voice: voice(2), because: [{ code: 'same' }] }), ['joined', 'promised'], 'sent'],
  [reported, doing('join', { voice: voice(2), because: [] }), ['joined'], 'received'],
  [closed, doing('follow', { number: first, words: ref() }), ['followed'], 'closed'],
  [sent, doing('photograph', { media: ref('photo'), number: first, public: true }), ['photographed'], 'sent'],
  [sent, doing('photograph', { media: ref('photo'), public: false }), ['photographed'], 'sent'],
  [
    reported,
    doing('setKind', { kind: 'lamp.fault' }),
    [{ type: 'kindSet', data: { because: [] } }],
    'received',
  ],
  [reported, doing('setPlace', { place: { code: 'lane-4', layers: {} } }), ['placeSet'], 'received'],
  [reported, doing('triage'), [{ type: 'triaged', data: { to: 'sorted', phase: 'triage' } }], 'sorted'],
  [reported, doing('answer', { words: ref() }), ['answered'], 'answered'],
  [
    reported,
    doing('refer', { whom: 'emergency' }),
    [{ type: 'referred', data: { whom: 'emergency' } }],
    'referred',
  ],
  [reported, doing('decline', { reason: 'emergency', words: ref() }), ['declined'], 'declined'],
  [
    queued,
    doing('dispatch', { lead: { unit: 'street-office' }, basis: 'ordinance, art. 12' }),
    [{ type: 'dispatched', data: { lead: { unit: 'street-office' }, reads: ['person'] } }, 'promised'],
    'sent',
  ],
  [queued, doing('dispatch'), ['routeUnclear'], 'sorted'],
  [sent, doing('accept'), ['accepted'], 'working'],
  [working, doing('contact', { way: 'phone', number: first }), ['contacted'], 'working'],
  [working, doing('contact', { way: 'visit' }), [{ type: 'contacted', data: { to: 'working' } }], 'working'],
  [working, doing('note', { words: ref() }), ['noted'], 'working'],
  [
    working,
    doing('task', { task: 't1', unit: 'power-works' }),
    [{ type: 'tasked', data: { role: 'co' } }],
    'working',
  ],
  [
    working.and(doing('task', { task: 't1', unit: 'power-works' })),
    doing('finishTask', { task: 't1' }),
    ['taskDone'],
    'working',
  ],
  [working, doing('finish', { outcome: 'partly', words: ref() }), ['done'], 'replied'],
  [done, doing('check', { passed: false, unit: 'checkers' }), ['checked'], 'working'],
  [done, doing('check', { passed: true, unit: 'checkers' }), ['checked'], 'checked'],
  [
    checked,
    doing('callBack', { number: first, answer: HAPPY, way: 'phone' }),
    [
      { type: 'calledBack', data: { to: 'asked' } },
      { type: 'closed', data: { how: 'calledBack' } },
    ],
    'closed',
  ],
  [checked, doing('callBack', { number: first, answer: UNHAPPY, way: 'phone' }), ['calledBack'], 'asked'],
  [
    checked,
    doing('callBack', { number: first, unreachable: ['phone', 'sms'] }),
    ['unreachable', 'closed'],
    'closed',
  ],
  [asked, doing('reopen', {}), [{ type: 'reopened', data: { to: 'sent', phase: 'dispatched' } }], 'sent'],
  [closed, doing('reopen', { because: [{ code: 'again' }] }), ['reopened'], 'sent'],
  [
    working,
    doing('split', { children: [{ caseId: caseIdOf(7), kind: 'lamp.fault' }] }),
    [{ type: 'split', data: { child: caseIdOf(7) } }],
    'working',
  ],
  [closed, doing('link', { system: 'city', number: 'C-1', dueAt: NOON }), ['linked'], 'closed'],
  [
    closed,
    doingAs('exclude', 'apply', { number: first, exclusion: 'duplicate', reason: ref('log') }),
    ['applied'],
    'closed',
  ],
];

test('each act says what happened and leads where the process says', () => {
  for (const [story, deed, facts, state] of HAPPENS) {
    const after = story.when(deed).thenFacts(...(facts as PartialFact[]));
    assert.equal(after.case.state, state, deed.action);
  }
});

const REFUSED: readonly (readonly [Story, Deed, RefusalCode, Record<string, unknown>?])[] = [
  [sent, doing('join', { voice: voice(1), because: [] }), 'already-joined'],
  [closed, doing('join', { voice: voice(2), because: [] }), 'not-now', { state: 'closed' }],
  [sent, doing('follow', { number: stranger, words: ref() }), 'no-such-request', { number: stranger }],
  [sent, doing('photograph', { media: ref(), number: stranger, public: true }), 'no-such-request'],
  [given(opened()), doing('setKind', { kind: 'lamp.fault' }), 'no-change'],
  [sent, doing('setKind', { kind: 'road.damage' }), 'not-now', { phase: 'dispatched' }],
  [sent, doing('setPlace', { place: { code: 'lane-4', layers: {} } }), 'not-now'],
  [sent, doing('triage'), 'not-now'],
  [sent, doing('answer', { words: ref() }), 'not-now'],
  [sent, doing('refer', { whom: 'court' }), 'not-now'],
  [sent, doing('decline', { reason: 'unlawful', words: ref() }), 'not-now'],
  [queued, doing('dispatch', { lead: { unit: 'street-office' } }), 'no-basis'],
  [sent, doing('dispatch', { lead: { unit: 'another' }, basis: 'none' }), 'not-now'],
  [working, doing('accept'), 'not-now'],
  [sent, doing('contact', { way: 'phone' }), 'not-now'],
  [working, doing('contact', { way: 'phone', number: stranger }), 'no-such-request'],
  [answered, doing('note', { words: ref() }), 'not-now', { phase: 'answered' }],
  [
    working.and(doing('task', { task: 't1', unit: 'power-works' })),
    doing('task', { task: 't1', unit: 'street-office' }),
    'already-there',
  ],
  [working, doing('finishTask', { task: 't1' }), 'no-such-task'],
  [
    working.and(doing('task', { task: 't1', unit: 'power-works' }), doing('finishTask', { task: 't1' })),
    doing('finishTask', { task: 't1' }),
    'no-change',
  ],
  [sent, doing('finish', { outcome: 'solved', words: ref() }), 'not-now'],
  [working, doing('check', { passed: true, unit: 'checkers' }), 'not-now'],
  [checked, doing('callBack', { number: stranger, answer: HAPPY, way: 'phone' }), 'no-such-request'],
  [asked, doing('callBack', { number: first, answer: HAPPY, way: 'phone' }), 'already-called-back'],
  [checked, doing('callBack', { number: first, unreachable: [] }), 'nothing-tried'],
  [checked, doing('close'), 'guard', { guard: 'everybodyAsked', hardness: 'hard' }],
  [asked, doing('close'), 'guard', { guard: 'solved', hardness: 'bendable' }],
  [working, doing('reopen', {}), 'not-now'],
  [working, doing('split', { children: [] }), 'nothing-to-split'],
  [
    working,
    doing('split', { children: [caseIdOf(7), caseIdOf(7)].map((caseId) => ({ caseId, kind: 'x' })) }),
    'already-there',
  ],
  [working, doing('split', { children: [{ caseId: caseIdOf(1), kind: 'x' }] }), 'already-there'],
  [sent, doing('merge', { into: caseIdOf(2) }), 'two-cases'],
  [sent, doing('unmerge'), 'not-now'],
  [sent, doing('link', { system: 'city', number: 'C-1', task: 'no-task' }), 'no-such-task'],
  [
    sent,
    doingAs('exclude', 'apply', { number: stranger, exclusion: 'duplicate', reason: ref() }),
    'no-such-request',
  ],
  [reported, doing('refer', { whom: '张三，住三号楼' as 'other' }), 'unknown-receiver'],
  [
    sent,
    doingAs('exclude', 'apply', { number: first, exclusion: 'local' as 'other', reason: ref() }),
    'unknown-reason',
  ],
  [sent, doing('link', { system: 'city', number: '请找张三 电话' }), 'bad-identifier', { field: 'number' }],
  [sent, doing('link', { system: 'the city desk', number: 'C-1' }), 'bad-identifier', { field: 'system' }],
  [working, doing('contact', { way: 'by phone, nobody there' }), 'bad-identifier', { field: 'way' }],
  [sent, doing('task', { task: 'ask the neighbours', unit: 'power-works' }), 'bad-identifier'],
  [checked, doing('callBack', { number: first, unreachable: ['phone', 'at home'] }), 'bad-identifier'],
];

test('each act refuses in its own words, and then nothing has happened', () => {
  for (const [story, deed, code, details] of REFUSED) {
    assert.equal(story.when(deed).thenRefused(code, details), story, deed.action);
  }
});

test('no act stands in neither table', () => {
  const tried = new Set([...HAPPENS, ...REFUSED].map(([, deed]) => deed.action));
  // The acts of procedure have tests of their own.
  const plain = ACTS.filter((act) => !Object.hasOwn(PROCEDURE_HANDLERS, act));
  assert.deepEqual([...tried].filter((name) => name !== 'exclude').sort(), [...plain].sort());
  assert.deepEqual(Object.keys(HANDLERS).sort(), [...ACTS].sort());
});

test('a stray key in an input neither moves the case nor reaches the log', () => {
  const smuggled = { to: 'closed', phase: 'closed', name: 'Made-Up Person', lead: { unit: 'me', name: 'x' } };
  for (const [story, deed] of HAPPENS) {
    const plain = story.when(deed).found;
    const own = deed.action === 'dispatch' ? { to: 'closed', phase: 'closed' } : smuggled;
    const stray = story.when({ ...deed, input: { ...deed.input, ...own } }).found;
    assert.deepEqual(stray, plain, deed.action);
  }
});

test('what an act leaves out is absent in its fact, not undefined', () => {
  for (const [story, deed] of HAPPENS) {
    const { found } = story.when(deed);
    assert.deepEqual(JSON.parse(JSON.stringify(found)), found, deed.action);
  }
});

test('a dispatch that finds nobody is said again each time a person tries, and the flag goes when somebody is found', () => {
  const tried = queued.when(doing('dispatch')).thenFacts('routeUnclear');
  assert.deepEqual(tried.case.flags, ['unclear']);
  const found = tried.where({ context: {} }).and(doing('dispatch'));
  assert.deepEqual(found.case.flags, []);
  assert.equal(found.case.lead?.unit, 'lamp-works');
});

test('a new kind or place lets the catalogue be asked again by itself, where it was read', () => {
  const place = { code: 'lane-4', layers: {} };
  queued
    .where({ context: {} })
    .when(doing('setPlace', { place }))
    .thenFacts('placeSet', 'dispatched', 'promised');
  queued
    .where({ context: {} })
    .when(doing('setKind', { kind: 'road.damage' }))
    .thenFacts('kindSet', 'dispatched', 'promised');
  const byKind = {
    route: () => ({ unclear: true as const, because: [{ code: 'nobody' }], reads: ['kind'] }),
  };
  const unmoved = inWorld({ context: byKind }).given(opened(), doing('triage'));
  unmoved.where({ context: {} }).when(doing('setPlace', { place })).thenFacts('placeSet');
});

test('sixty neighbours are each asked, once, and the last answer turns the case', () => {
  const voices = Array.from({ length: 59 }, (_, i) =>
    doing('join', { voice: voice(i + 2), because: [] }, { after: 0 }),
  );
  let story = given(opened(), doing('triage'), ...voices).and(
    doing('accept'),
    doing('finish', { outcome: 'solved', words: ref() }),
    doing('check', { passed: true, unit: 'checkers' }),
  );
  for (let n = 1; n < 60; n += 1) {
    story = story
      .when(doing('callBack', { number: numberOf(n), answer: HAPPY, way: 'sms' }))
      .thenFacts('calledBack');
    story
      .when(doing('callBack', { number: numberOf(n), answer: HAPPY, way: 'sms' }))
      .thenRefused('already-called-back');
  }
  story
    .when(doing('callBack', { number: numberOf(60), answer: HAPPY, way: 'sms' }))
    .thenFacts('calledBack', 'closed');
});

test('a promise is given once and does not move with a reopening or a second dispatch', () => {
  const promised = sent.case.voices[first]!.promised;
  assert.equal(promised?.dueAt, sent.now + 60 * MINUTE);
  const again = asked.later(600 * MINUTE).and(doing('reopen', {}));
  assert.deepEqual(again.case.voices[first]!.promised, promised);
});

test('a neighbour who joins when the term is over is promised a fresh one, never a moment that is past', () => {
  const late = sent.later(90 * MINUTE).and(doing('join', { voice: voice(2), because: [] }));
  assert.equal(late.case.voices[numberOf(2)]!.promised?.dueAt, late.now + 60 * MINUTE);
  const early = sent.later(30 * MINUTE).and(doing('join', { voice: voice(2), because: [] }));
  assert.equal(early.case.voices[numberOf(2)]!.promised?.dueAt, sent.now + 60 * MINUTE);
});

test('a case that was closed elsewhere without a lead goes to the queue when it is reopened', () => {
  const stated = inWorld({ context: unclear }).given(opened(), {
    type: 'closed',
    data: { to: 'closed', phase: 'closed', how: 'stated' },
  });
  stated.when(doing('reopen', {})).thenFacts({ type: 'reopened', data: { to: 'sorted' } }, 'routeUnclear');
  stated.where({ context: {} }).when(doing('reopen', {})).thenFacts('reopened', 'dispatched', 'promised');
});
