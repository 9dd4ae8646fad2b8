import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addRows, contributions, delta, newTally, rowsOf } from '@gezhi/measures';
import fc from 'fast-check';
import type { Case } from './case.ts';
import { clocksOf } from './clocks.ts';
import { measuredCase } from './measured.ts';
import { Game, NOON, SMALL_DESK, wishes, worldAt } from './testing/door.ts';

function measured(c: Case | undefined): ReturnType<typeof measuredCase> | undefined {
  if (!c) return undefined;
  const handle = clocksOf(SMALL_DESK, c, worldAt(NOON).due).find(({ clock }) => clock === 'handle');
  return measuredCase(c, handle?.due?.dueAt);
}

test('what the changes of a town add up to is what its cases are, whatever happened', () => {
  fc.assert(
    fc.property(wishes, (all) => {
      const game = new Game(SMALL_DESK, NOON);
      const changes = newTally();
      for (const wish of all) {
        for (const { before, after } of game.play(wish).changed)
          addRows(changes, delta(measured(before), measured(after)));
      }
      const cases = newTally();
      for (const piece of game.pieces.values()) addRows(cases, contributions(measured(piece.case)));
      assert.deepEqual(rowsOf(changes), rowsOf(cases));
    }),
    { seed: 315, numRuns: 200 },
  );
});

test('every request is measured in exactly one case, and every case is opened once', () => {
  fc.assert(
    fc.property(wishes, (all) => {
      const game = new Game(SMALL_DESK, NOON);
      for (const wish of all) game.play(wish);
      const cases = [...game.pieces.values()].map((piece) => measured(piece.case)!);
      assert.deepEqual(
        cases.flatMap((m) => m.requests.map((r) => r.number)).sort(),
        [...game.numbers].sort(),
      );
      const rows = cases.flatMap((m) => contributions(m));
      const sum = (basis: string, counter: 'opened' | 'requests' | 'called' | 'unreachable'): number =>
        rows.filter((row) => row.basis === basis).reduce((n, row) => n + (row.counts[counter] ?? 0), 0);
      assert.equal(sum('opened', 'opened'), game.pieces.size);
      assert.equal(sum('created', 'requests'), game.numbers.length);
      const asked = cases.flatMap((m) => m.requests).filter((r) => r.callback && !r.excluded);
      assert.equal(sum('created', 'called') + sum('created', 'unreachable'), asked.length);
    }),
    { seed: 12345, numRuns: 200 },
  );
});
