import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DAY, HOUR, isoInstant } from '@gezhi/basis';
import fc from 'fast-check';
import { isoDay, localDay } from './local-day.ts';
import { zoneOf } from './zone.ts';

const NAMES = [
  'Asia/Shanghai',
  'America/New_York',
  'Europe/London',
  'Asia/Kolkata',
  'Africa/Casablanca',
  'UTC',
];
const zones = fc.constantFrom(...NAMES).map(zoneOf);
const moments = fc.integer({ min: Date.UTC(1980, 0, 1), max: Date.UTC(2050, 0, 1) });

test('the wall clock agrees with the one of the runtime', () => {
  const formats = new Map(
    NAMES.map((id) => [
      id,
      new Intl.DateTimeFormat('sv-SE', { timeZone: id, dateStyle: 'short', timeStyle: 'medium' }),
    ]),
  );
  fc.assert(
    fc.property(zones, moments, (zone, at) => {
      const ours = new Date(at + zone.offsetAt(at)).toISOString().slice(0, 19).replace('T', ' ');
      assert.equal(ours, formats.get(zone.id)!.format(at));
      assert.equal(isoDay(zone.dayOf(at)), ours.slice(0, 10));
    }),
    { numRuns: 500 },
  );
});

test('a moment is found again by its day and time, or an hour earlier where the clock shows it twice', () => {
  fc.assert(
    fc.property(zones, moments, (zone, at) => {
      const day = zone.dayOf(at);
      const found = zone.instantOf(day, at + zone.offsetAt(at) - day * DAY);
      assert.ok(found === at || found === at - HOUR, `${isoInstant(at)} ${zone.id} ${isoInstant(found)}`);
    }),
  );
});

test('a later wall time is never an earlier moment', () => {
  fc.assert(
    fc.property(zones, moments, fc.nat(2 * DAY), (zone, local, by) => {
      const day = Math.floor(local / DAY);
      assert.ok(zone.instantOf(day, local - day * DAY) <= zone.instantOf(day, local - day * DAY + by));
    }),
  );
});

test('New York: an hour that is jumped over is the moment of the jump, one that comes twice is its first', () => {
  const zone = zoneOf('America/New_York');
  const at = (date: string, hours: number): string =>
    isoInstant(zone.instantOf(localDay(date), hours * HOUR));
  assert.equal(at('2025-03-09', 1.5), '2025-03-09T06:30:00.000Z');
  assert.equal(at('2025-03-09', 2.5), '2025-03-09T07:00:00.000Z');
  assert.equal(at('2025-03-09', 3), '2025-03-09T07:00:00.000Z');
  assert.equal(at('2025-11-02', 1.5), '2025-11-02T05:30:00.000Z');
  assert.equal(at('2025-11-02', 2), '2025-11-02T07:00:00.000Z');
});

test('Shanghai kept summer time from 1986 to 1991', () => {
  const zone = zoneOf('Asia/Shanghai');
  assert.equal(zone.offsetAt(Date.UTC(1988, 6, 1)), 9 * HOUR);
  assert.equal(zone.offsetAt(Date.UTC(1988, 0, 1)), 8 * HOUR);
  assert.equal(zone.offsetAt(Date.UTC(2026, 6, 1)), 8 * HOUR);
});
