import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sayReason } from './reason.ts';
import { buildRegistry, type RegistryInput } from './registry.ts';
import { personsOnPost, whoIsResponsible } from './responsible.ts';
import { onShift, parseShift } from './shift.ts';
import { correct } from './times.ts';
import type { Duty, Post, PostKind, Staffing, Unit } from './unit.ts';
import { weekMinuteIn } from './zone.ts';

// A made-up town: street S under district D. The desk of S works days, its deputy evenings, its duty post nights; D has a head.
const units: readonly Unit[] = [
  { code: 'D', name: 'district', kind: 'department', level: 'district' },
  { code: 'S', name: 'street', kind: 'street', level: 'street', parent: 'D' },
];
function post(code: string, unit: string, kind: PostKind, more: Partial<Post> = {}): Post {
  return { code, unit, kind, name: `post ${code}`, ...more };
}
const posts: readonly Post[] = [
  post('S-desk', 'S', 'desk'),
  post('S-second', 'S', 'desk', { deputyOf: 'S-desk' }),
  post('S-night', 'S', 'dutyPost'),
  post('D-head', 'D', 'head'),
];
const staffings: readonly Staffing[] = [
  { person: '001', post: 'S-desk', shift: 'mon-fri 08:00-18:00' },
  { person: '002', post: 'S-second', shift: 'mon-fri 16:00-22:00' },
  { person: '003', post: 'S-night', shift: 'mon-fri 22:00-06:00' },
  { person: '004', post: 'D-head', shift: 'sat 00:00-24:00' },
];
const duties: readonly Duty[] = [
  { unit: 'S', kind: '*', layer: 'division', place: 's', role: 'lead', basis: 'list' },
];
const registry = (more: Partial<RegistryInput> = {}) =>
  buildRegistry({
    layers: [{ code: 'division', tiling: true }],
    units,
    posts,
    duties,
    staffings,
    weekMinute: weekMinuteIn('Asia/Shanghai'),
    ...more,
  });

/** Monday 2026-05-04 is day 0; wall clock of the town. */
const moment = (day: number, hour: number): number => Date.UTC(2026, 4, 4 + day, hour - 8);
const matterAt = (at: number, knownAt = at) => ({
  kind: 'lamp',
  places: { division: ['d', 's'] },
  at,
  knownAt,
});

test('who was there at that minute: the post, its deputy, the duty post, the unit above, nobody', () => {
  const rows: [why: string, at: number, person: string | undefined, standIn: string | undefined][] = [
    ['by day the desk', moment(0, 9), '001', undefined],
    ['while both are there, the desk', moment(0, 17), '001', undefined],
    ['in the evening the deputy', moment(0, 20), '002', 'deputy S-second'],
    ['at night the duty post', moment(0, 23), '003', 'dutyPost S-night'],
    ['after midnight too', moment(1, 3), '003', 'dutyPost S-night'],
    ['on Saturday the district', moment(5, 12), '004', 'unitAbove D-head'],
    ['on Sunday nobody', moment(6, 12), undefined, undefined],
  ];
  for (const [why, at, person, standIn] of rows) {
    const found = whoIsResponsible(registry(), matterAt(at));
    assert.equal(found.unit, 'S', why);
    assert.equal(found.post, 'S-desk', why);
    assert.equal(found.person, person, why);
    assert.equal(found.standIn && `${found.standIn.as} ${found.standIn.post}`, standIn, why);
    assert.equal(found.outcome, person ? 'somebody' : 'nobody-there', why);
  }
  const sunday = whoIsResponsible(registry(), matterAt(moment(6, 12)));
  assert.deepEqual(
    sunday.because.map((reason) => reason.code),
    [
      ...['duty-any', 'district-copied', 'unit-post', 'off-shift', 'off-shift', 'off-shift'],
      ...['unit-above', 'off-shift', 'nobody-there'],
    ],
  );
  assert.match(sayReason(sunday.because.at(-1)!, 'zh'), /无人在岗/);
});

test('two on one post are two, and neither is picked', () => {
  const found = whoIsResponsible(
    registry({ staffings: [...staffings, { person: '009', post: 'S-desk' }] }),
    matterAt(moment(0, 9)),
  );
  assert.deepEqual(found.persons, ['001', '009']);
  assert.equal(found.person, undefined);
});

test('a handover: before it the one, from it on the other, and a late correction keeps what was known', () => {
  const change = moment(0, 12);
  const before: Staffing = { person: '010', post: 'S-desk', validTo: change, id: 'a' };
  const after: Staffing = { person: '011', post: 'S-desk', validFrom: change, id: 'b' };
  const late = correct(after, { person: '012' }, { id: 'c', knownFrom: moment(3, 0) });
  const all = registry({ staffings: [late, after, before] });
  const who = (at: number, knownAt: number) => whoIsResponsible(all, matterAt(at, knownAt)).person;
  assert.equal(who(change - 1, moment(1, 0)), '010');
  assert.equal(who(change, moment(1, 0)), '011');
  assert.equal(who(change, moment(3, 0)), '012');
  assert.equal(who(change - 1, moment(3, 0)), '010');
});

test('deputies who stand in for one another do not go round', () => {
  const circle = [post('a', 'S', 'desk', { deputyOf: 'b' }), post('b', 'S', 'desk', { deputyOf: 'a' })];
  const found = whoIsResponsible(
    registry({ posts: circle, duties: [{ ...duties[0]!, post: 'a' }] }),
    matterAt(moment(0, 9)),
  );
  assert.equal(found.outcome, 'nobody-there');
});

test('a desk bound to another place is not asked; nobody clear is said', () => {
  const bound = [post('far', 'S', 'desk', { place: 'x' }), post('near', 'S', 'desk', { place: 's' })];
  const here = registry({ posts: bound, staffings: [{ person: '001', post: 'near' }] });
  assert.equal(whoIsResponsible(here, matterAt(0)).post, 'near');
  const unclear = whoIsResponsible(registry({ duties: [] }), matterAt(0));
  assert.deepEqual([unclear.outcome, unclear.persons], ['unclear', []]);
});

test('law: whoever is named was on shift and appointed at that minute', () => {
  fc.assert(
    fc.property(fc.integer({ min: moment(0, 0), max: moment(28, 0) }), (at) => {
      const all = registry();
      for (const person of whoIsResponsible(all, matterAt(at)).persons) {
        const seat = staffings.find((one) => one.person === person)!;
        const shift = parseShift(seat.shift ?? '');
        assert.ok('hours' in shift && onShift(shift, all.weekMinute(at)));
        assert.ok(personsOnPost(all, seat.post, at, at).persons.includes(person));
      }
    }),
  );
});

test('a shift that cannot be read is a fault with its place', () => {
  const bad = [{ person: '001', post: 'S-desk', shift: 'always' }];
  assert.throws(() => registry({ staffings: bad }), /staffings, record 1: The shift "always"/);
});
