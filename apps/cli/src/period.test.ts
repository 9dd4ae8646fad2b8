import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isoInstant } from '@gezhi/basis';
import { zoneOf } from '@gezhi/clock';
import { HUAIROU } from '@gezhi/measures';
import { type PeriodOptions, policyOf, windowOf } from './period.ts';

const NOW = Date.UTC(2026, 4, 20, 4);
const said = (options: PeriodOptions, zone = 'Asia/Shanghai', now = NOW): string => {
  const { from, to } = windowOf(options, HUAIROU, zoneOf(zone), now);
  return `${isoInstant(from).slice(0, 16)} ${isoInstant(to).slice(0, 16)}`;
};

const WINDOWS: readonly (readonly [PeriodOptions, string])[] = [
  [{ month: '2026-05' }, '2026-04-18T16:00 2026-05-18T16:00'],
  [{ month: '2026-01' }, '2025-12-18T16:00 2026-01-18T16:00'],
  [{}, '2026-04-18T16:00 2026-05-18T16:00'],
  [{ from: '2026-05-01', to: '2026-06-01' }, '2026-04-30T16:00 2026-05-31T16:00'],
  [{ from: '2026-05-01T12:00:00+08:00', to: '2026-05-02' }, '2026-05-01T04:00 2026-05-01T16:00'],
];

for (const [options, window] of WINDOWS) {
  test(`${JSON.stringify(options)} is ${window}`, () => assert.equal(said(options), window));
}

test('before the month has ended, the one before it is meant', () => {
  assert.equal(said({}, 'Asia/Shanghai', Date.UTC(2026, 4, 18, 15)), '2026-03-18T16:00 2026-04-18T16:00');
});

for (const options of [
  { month: '2026-13' },
  { month: '2026-05', from: '2026-05-01' },
  { from: '2026-05-01' },
  { from: '2026-05-01', to: '2026-05-01' },
  { from: 'May', to: 'June' },
]) {
  test(`${JSON.stringify(options)} is no window`, () =>
    assert.throws(() => said(options), { code: 'usage' }));
}

test('a policy that nobody wrote is refused, naming those there are', () => {
  assert.throws(() => policyOf('mine'), { code: 'usage', message: /huairou/ });
});
