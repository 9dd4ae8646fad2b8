import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { percent } from './numbers.ts';
import { table, widthOf } from './table.ts';

test('Chinese takes two cells, so columns stand straight', () => {
  const lines = table(
    [{ head: '单位' }, { head: 'n', right: true }],
    [
      ['望溪街道', '7'],
      ['Bridge St', '1,204'],
    ],
  );
  assert.deepEqual(lines, ['单位           n', '─────────  ─────', '望溪街道       7', 'Bridge St  1,204']);
});

test('every line but its trailing space is as wide as the rule', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '街', '·', '1'), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
      const lines = table([{ head: 'x' }, { head: 'y', right: true }], rows);
      const width = widthOf(lines[1]!);
      for (const line of lines) assert.ok(widthOf(line) <= width);
    }),
  );
});

test('of nothing there is no share', () => {
  assert.equal(percent(null), '–');
  assert.equal(percent(0), '0.0 %');
  assert.equal(percent(2 / 3, 2), '66.67 %');
});
