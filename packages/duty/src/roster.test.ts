import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MINUTE } from '@gezhi/basis';
import fc from 'fast-check';
import { sayReason } from './reason.ts';
import { buildRegistry } from './registry.ts';
import { type RingPolicy, ringLadder } from './ring-ladder.ts';
import { buildRoster, dutyWeek, mayReach, onDuty, personsThere, type RosterEntry } from './roster.ts';
import type { Post, PostKind, Staffing, Unit } from './unit.ts';
import { weekMinuteIn } from './zone.ts';

// A made-up county: street S and water company W under district D. S has a duty post with a deputy, W only a head, D a duty post.
const units: readonly Unit[] = [
  { code: 'D', name: 'district', kind: 'centre', level: 'district' },
  { code: 'S', name: 'street', kind: 'street', level: 'street', parent: 'D' },
  { code: 'W', name: 'water', kind: 'utility', level: 'district', parent: 'D' },
];
const post = (code: string, unit: string, kind: PostKind, deputyOf?: string): Post => {
  return { code, unit, kind, name: `post ${code}`, ...(deputyOf ? { deputyOf } : {}) };
};
const posts: readonly Post[] = [
  post('S-duty', 'S', 'dutyPost'),
  post('S-second', 'S', 'desk', 'S-duty'),
  post('S-head', 'S', 'head'),
  post('W-head', 'W', 'head'),
  post('D-duty', 'D', 'dutyPost'),
];
const staffings: readonly Staffing[] = [
  { person: '001', post: 'S-duty', shift: 'mon-sun 20:00-08:00' },
  { person: '002', post: 'S-second', shift: 'mon-fri 08:00-18:00' },
  { person: '003', post: 'W-head', shift: 'mon-fri 09:00-17:00' },
];
const POLICY: RingPolicy = [
  { after: 0, who: 'dutyPost' },
  { after: 15, who: 'deputy' },
  { after: 30, who: 'unitAbove' },
];

/** Monday 2026-05-04 is day 0; wall clock of the town. */
const moment = (day: number, hour: number, minute = 0): number =>
  Date.UTC(2026, 4, 4 + day, hour - 8, minute);
const weekMinute = weekMinuteIn('Asia/Shanghai');

function rosterOf(entries: readonly RosterEntry[] = [], week = weekMinute) {
  const layers = [{ code: 'division', tiling: true }];
  return buildRoster(
    buildRegistry({ layers, units, posts, duties: [], staffings, weekMinute: week }),
    entries,
  );
}

test('the duty post answers for its unit, over midnight too; without one the head does, with a reason', () => {
  const rows: [
    unit: string,
    at: number,
    post: string | undefined,
    person: string | undefined,
    why: string,
  ][] = [
    ['S', moment(0, 23), 'S-duty', '001', 'duty-post'],
    ['S', moment(1, 3), 'S-duty', '001', 'duty-post'],
    ['S', moment(1, 12), 'S-duty', undefined, 'duty-post'],
    ['W', moment(1, 12), 'W-head', '003', 'no-duty-post'],
    ['X', moment(1, 12), undefined, undefined, 'no-post'],
  ];
  for (const [unit, at, post, person, why] of rows) {
    const found = onDuty(rosterOf(), unit, at);
    assert.deepEqual([found.post, found.person, found.because[0]!.code], [post, person, why]);
  }
});

test('the roster of the day goes before weekly hours, from its first minute to before its last', () => {
  const turn = { unit: 'S', post: 'S-duty', person: '009' };
  const roster = rosterOf([{ ...turn, validFrom: moment(0, 22), validTo: moment(1, 6) }]);
  const who = (at: number) => personsThere(roster, 'S-duty', at).persons;
  assert.deepEqual(who(moment(0, 21, 59)), ['001']);
  assert.deepEqual(who(moment(0, 22)), ['009']);
  assert.deepEqual(who(moment(1, 5, 59)), ['009']);
  assert.deepEqual(who(moment(1, 6)), ['001']);
  assert.throws(() => rosterOf([turn]), { code: 'bad-roster' });
});

test('a holiday is lived as a Sunday, a worked weekend as a Monday; the roster stands above both', () => {
  const holiday = moment(1, 10);
  const worked = moment(5, 10);
  const isWorkday = (at: number): boolean => at === worked || (at !== holiday && weekMinute(at) < 5 * 1440);
  const week = dutyWeek(weekMinute, isWorkday);
  const entries = [
    { unit: 'S', post: 'S-head', person: '007', validFrom: holiday, validTo: holiday + MINUTE },
  ];
  const roster = rosterOf(entries, week);
  assert.deepEqual(personsThere(roster, 'S-second', moment(2, 10)).persons, ['002']);
  assert.deepEqual(personsThere(roster, 'S-second', holiday).persons, []);
  assert.deepEqual(personsThere(roster, 'S-second', worked).persons, ['002']);
  assert.deepEqual(personsThere(roster, 'S-head', holiday).persons, ['007']);
});

test('the ladder: duty post, deputy while on duty, unit above; who is off duty is left in peace', () => {
  const rung = (unit: string, at: number) =>
    ringLadder(rosterOf(), unit, at, POLICY).map((step) => `${step.after} ${step.post}`);
  assert.deepEqual(rung('S', moment(0, 10)), ['0 S-duty', '15 S-second', '30 D-duty']);
  assert.deepEqual(rung('S', moment(0, 23)), ['0 S-duty', '30 D-duty']);
  // The deputy goes home before the ladder comes to it.
  assert.deepEqual(rung('S', moment(0, 17, 50)), ['0 S-duty', '30 D-duty']);
  assert.deepEqual(rung('W', moment(0, 10)), ['0 W-head', '30 D-duty']);
  assert.deepEqual(rung('W', moment(0, 3)), ['30 D-duty']);
  assert.deepEqual(rung('D', moment(0, 3)), ['0 D-duty']);
  assert.deepEqual(rung('X', moment(0, 3)), []);
});

test('each step says in both languages why it is rung and who was passed over', () => {
  const [, above] = ringLadder(rosterOf(), 'S', moment(0, 23), POLICY);
  const codes = above!.because.map((reason) => reason.code);
  assert.deepEqual(codes.slice(0, 2), ['left-in-peace', 'ring-above']);
  for (const reason of above!.because) {
    assert.match(sayReason(reason, 'zh'), /\p{Script=Han}/u);
    assert.doesNotMatch(sayReason(reason, 'en'), /\p{Script=Han}/u);
  }
});

test('no step of any ladder names a post off duty except a duty post, and none is named twice', () => {
  const kinds: PostKind[] = ['dutyPost', 'head', 'desk', 'dispatcher'];
  const anyPost = fc.record({
    unit: fc.constantFrom('D', 'S', 'W'),
    kind: fc.constantFrom(...kinds),
    deputyOf: fc.option(fc.nat({ max: 7 }), { nil: undefined }),
    shift: fc.constantFrom(
      'mon-fri 08:00-18:00',
      'fri-mon 22:00-06:00',
      'sun 00:00-24:00',
      undefined,
      'none',
    ),
  });
  const anyPolicy = fc.array(
    fc.record({ after: fc.nat({ max: 900 }), who: fc.constantFrom('dutyPost', 'deputy', 'unitAbove') }),
    { maxLength: 6 },
  );
  const property = fc.property(
    fc.array(anyPost, { maxLength: 8 }),
    anyPolicy,
    fc.nat({ max: 7 * 1440 }),
    (made, policy, minutes) => {
      const own = made.map((m, i) =>
        post(`p${i}`, m.unit, m.kind, m.deputyOf === undefined ? undefined : `p${m.deputyOf}`),
      );
      const seats = made.flatMap((m, i) =>
        m.shift === 'none' ? [] : [{ person: `${i}`, post: `p${i}`, ...(m.shift ? { shift: m.shift } : {}) }],
      );
      const registry = buildRegistry({
        layers: [],
        units,
        posts: own,
        duties: [],
        staffings: seats,
        weekMinute,
      });
      const roster = buildRoster(registry, []);
      const at = moment(0, 0) + minutes * MINUTE;
      const steps = ringLadder(roster, 'S', at, policy as RingPolicy);
      for (const step of steps) {
        const kind = own.find((p) => p.code === step.post)!.kind;
        const when = at + step.after * MINUTE;
        assert.ok(kind === 'dutyPost' || personsThere(roster, step.post, when).persons.length > 0);
        assert.ok(mayReach(roster, step.post, when));
        assert.ok(step.because.length > 0);
      }
      assert.equal(new Set(steps.map((step) => step.post)).size, steps.length);
    },
  );
  fc.assert(property, { numRuns: 300 });
});
