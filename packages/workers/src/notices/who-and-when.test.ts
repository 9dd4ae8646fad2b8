import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, MINUTE } from '@gezhi/basis';
import type { Case, Fact } from '@gezhi/cases';
import type { Town } from '@gezhi/town';
import fc from 'fast-check';
import { mayTellAt, readHours } from './quiet-hours.ts';
import { reachRequester } from './reach-requester.ts';
import { targetsOf } from './targets.ts';

/** Wall clock of the town on Monday 2026-05-04. */
const at = (hour: number, minute = 0): number => Date.UTC(2026, 4, 4, hour - 8, minute);
const QUIET = { fromMinute: 21 * 60 + 30, toMinute: 8 * 60 };
const ZONE = 'Asia/Shanghai';

test('quiet hours over midnight, own hours before them, hours that cannot be read leave the quiet ones', () => {
  const rows: [hours: string | undefined, now: number, tellAt: number][] = [
    [undefined, at(12), at(12)],
    [undefined, at(21, 30), at(32)],
    [undefined, at(3), at(8)],
    ['18:00-20:00', at(12), at(18)],
    ['22:00-06:00', at(23), at(23)],
    ['tue 09:00-10:00', at(12), at(33)],
    ['after work', at(23), at(32)],
    ['9：00～11：00', at(12), at(33)],
  ];
  for (const [hours, now, tellAt] of rows)
    assert.equal(mayTellAt(ZONE, QUIET, hours, now), tellAt, `${hours} at ${now}`);
  assert.equal(mayTellAt(ZONE, undefined, undefined, at(3)), at(3));
});

test('whenever somebody is told, it is inside their hours', () => {
  fc.assert(
    fc.property(fc.nat({ max: 7 * 24 * 60 }), fc.integer({ min: 0, max: 23 }), (minutes, from) => {
      const hours = `${from}:00-${from + 1}:00`;
      const now = at(0) + minutes * MINUTE;
      const tellAt = mayTellAt(ZONE, QUIET, hours, now);
      assert.ok(tellAt >= now && tellAt - now <= 24 * HOUR);
      assert.ok(readHours(hours));
      assert.equal(Math.floor(((tellAt + 8 * HOUR) / HOUR) % 24), from);
    }),
  );
});

test('a requester is reached by their own ways in their own order, as far as the rule allows', () => {
  const ways = (reachMe: unknown, allowed = ['sms', 'voice', 'mail']): unknown => {
    const reached = reachRequester({ reachMe } as never, allowed, 'zh');
    return 'noWay' in reached ? reached.noWay : reached.ways.map(({ way }) => way);
  };
  assert.deepEqual(ways([{ way: 'phone', address: '139 0000 0000' }]), ['sms', 'voice']);
  assert.deepEqual(ways([{ way: 'phone', address: '0572-0000000' }]), ['voice']);
  assert.deepEqual(ways([{ way: 'phone', address: '13900000000', abilities: ['hears'] }]), ['voice']);
  assert.deepEqual(
    ways([
      { way: 'mail', address: 'someone@example.invalid' },
      { way: 'sms', address: '13900000000' },
    ]),
    ['mail', 'sms'],
  );
  assert.deepEqual(ways([{ way: 'phone', address: '0572-0000000' }], ['sms']), 'otherWay');
  assert.deepEqual(ways([{ way: 'through', through: '邻居' }]), 'byHand');
  assert.deepEqual(ways(undefined), 'noContact');
});

test('which units a rule tells, each once; never the unit that the matter is about, nor one below it', () => {
  const unit = (code: string, parent?: string, level = 'street', kind = 'street') => ({
    code,
    parent,
    level,
    kind,
  });
  const units = [
    unit('D', undefined, 'district', 'centre'),
    unit('S', 'D'),
    unit('C', 'S'),
    unit('H', undefined, 'city', 'hotline'),
  ];
  const posts = [{ code: 'S-head', unit: 'S', kind: 'head' }];
  const byCode = (list: readonly { code: string }[]) => new Map(list.map((one) => [one.code, one]));
  const town = { units: byCode(units), posts: byCode(posts) } as unknown as Town;
  const c = {
    lead: { unit: 'S' },
    coUnits: ['C', 'C'],
    tasks: [{ task: 't1', unit: 'C', role: 'co' }],
    voices: { n1: {}, n2: {} },
  };
  const told = (to: unknown, data: object = {}, more: object = {}): string[] =>
    targetsOf(town, to as never, { data } as Fact, { ...c, ...more } as unknown as Case).map(
      ({ target, code }) => `${target} ${code}`,
    );
  const of = (where: string, post = 'dutyPost') => ({ of: where, post });
  assert.deepEqual(told('requester'), ['requester n1', 'requester n2']);
  assert.deepEqual(told('requester', { number: 'n2' }), ['requester n2']);
  assert.deepEqual(told('requester', { number: 'gone' }), []);
  assert.deepEqual(told(of('lead')), ['unit S']);
  assert.deepEqual(told(of('lead', 'head')), ['post S-head']);
  assert.deepEqual(told(of('coUnits')), ['unit C']);
  assert.deepEqual(told(of('above')), ['unit D']);
  assert.deepEqual(told(of('district')), ['unit D']);
  assert.deepEqual(told(of('unitKind.hotline')), ['unit H']);
  assert.deepEqual(told(of('fact.units'), { units: ['C', 'nowhere'] }), ['unit C']);
  assert.deepEqual(told(of('fact.task'), { task: 't1' }), ['unit C']);
  assert.deepEqual(told(of('fact.task'), { clock: 'sign/t1' }), ['unit C']);
  assert.deepEqual(told(of('lead'), {}, { against: ['S'] }), []);
  assert.deepEqual(told(of('coUnits'), {}, { against: ['S'] }), []);
});
