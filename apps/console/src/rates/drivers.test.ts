import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { driversOf, type Part } from './drivers.ts';

const parts = fc
  .uniqueArray(
    fc.record({ code: fc.constantFrom('a', 'b', 'c', 'd'), of: fc.integer({ min: 0, max: 500 }) }),
    {
      selector: ({ code }) => code,
    },
  )
  .chain((groups) =>
    fc
      .tuple(...groups.map(({ of }) => fc.integer({ min: 0, max: of })))
      .map((yes) => groups.map(({ code, of }, i): Part => ({ code, name: code, of, yes: yes[i]! }))),
  );

const share = (all: readonly Part[]): number =>
  all.reduce((sum, { yes }) => sum + yes, 0) / all.reduce((sum, { of }) => sum + of, 0);

test('what the groups moved adds up to how far the whole moved', () => {
  fc.assert(
    fc.property(parts, parts, (before, now) => {
      const drivers = driversOf(before, now);
      if (drivers.length === 0) return;
      const moved = drivers.reduce((sum, driver) => sum + driver.moved, 0);
      assert.ok(Math.abs(moved - (share(now) - share(before))) < 1e-9);
    }),
  );
});

test('the group that fell stands first, and one that stayed as it was moved nothing', () => {
  const before = [
    { code: 'lamp', name: 'lamps', yes: 90, of: 100 },
    { code: 'lift', name: 'lifts', yes: 90, of: 100 },
  ];
  const now = [
    { code: 'lamp', name: 'lamps', yes: 90, of: 100 },
    { code: 'lift', name: 'lifts', yes: 50, of: 100 },
  ];
  const [first, second] = driversOf(before, now);
  assert.equal(first?.code, 'lift');
  assert.equal(first?.moved, -0.2);
  assert.equal(second?.moved, 0);
});

test('a window without requests explains nothing', () => {
  assert.deepEqual(driversOf([], [{ code: 'a', name: 'a', yes: 1, of: 2 }]), []);
});
