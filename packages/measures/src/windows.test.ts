import assert from 'node:assert/strict';
import { test } from 'node:test';
import { HOUR, isoInstant } from '@gezhi/basis';
import { HUAIROU } from './three-rates-policy.ts';
import { dayWindow, hoursOf, localMoment, monthToDate, monthWindow, type Window } from './windows.ts';

const china = (): number => 480;
/** A made-up zone: +1 h, and +2 h from 29 March 2026 01:00Z to 25 October 2026 01:00Z. */
const summer = (at: number): number =>
  at >= Date.UTC(2026, 2, 29, 1) && at < Date.UTC(2026, 9, 25, 1) ? 120 : 60;

function said({ from, to }: Window): string {
  const local = (at: number): string => isoInstant(at + 8 * HOUR).slice(0, 13);
  return `${local(from)} … ${local(to)}`;
}

test('the assessment month runs from the 19th to the 18th', () => {
  assert.equal(said(monthWindow(HUAIROU, { year: 2026, month: 5 }, china)), '2026-04-19T00 … 2026-05-19T00');
  assert.equal(said(monthWindow(HUAIROU, { year: 2026, month: 1 }, china)), '2025-12-19T00 … 2026-01-19T00');
});

test('a policy that begins on the first means the calendar month', () => {
  const calendar = { ...HUAIROU, window: { monthFirstDay: 1, dayHour: 0 } };
  assert.equal(
    said(monthWindow(calendar, { year: 2026, month: 12 }, china)),
    '2026-12-01T00 … 2027-01-01T00',
  );
  assert.equal(
    said(dayWindow(calendar, { year: 2026, month: 5, day: 1 }, china)),
    '2026-05-01T00 … 2026-05-02T00',
  );
});

test('the day of the daily report runs from noon to noon', () => {
  assert.equal(
    said(dayWindow(HUAIROU, { year: 2026, month: 5, day: 1 }, china)),
    '2026-04-30T12 … 2026-05-01T12',
  );
});

test('the month so far ends at noon or at midnight, and begins anew on the 19th', () => {
  const to = (day: number, until: 'dayHour' | 'midnight'): string =>
    said(monthToDate(HUAIROU, { year: 2026, month: 5, day }, until, china));
  assert.equal(to(18, 'dayHour'), '2026-04-19T00 … 2026-05-18T12');
  assert.equal(to(18, 'midnight'), '2026-04-19T00 … 2026-05-19T00');
  assert.equal(to(19, 'dayHour'), '2026-05-19T00 … 2026-05-19T12');
});

test('a skipped hour is later by the jump; of an hour that comes twice, the first', () => {
  const told = (month: number, day: number, hour: number): string =>
    isoInstant(localMoment(2026, month, day, hour, summer)).slice(0, 16);
  assert.equal(told(3, 29, 0), '2026-03-28T23:00');
  assert.equal(told(3, 29, 2), '2026-03-29T01:00');
  assert.equal(told(3, 29, 3), '2026-03-29T01:00');
  assert.equal(told(7, 1, 12), '2026-07-01T10:00');
  assert.equal(told(10, 25, 2), '2026-10-25T00:00');
  assert.equal(told(10, 25, 3), '2026-10-25T02:00');
});

test('a window within an hour is none of the roll-ups', () => {
  const window = monthWindow(HUAIROU, { year: 2026, month: 5 }, () => 330);
  assert.throws(() => hoursOf(window), { code: 'window-not-whole-hours' });
});
