import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { csvCell, csvTable, guardCell, unguardCell } from './csv-cell.ts';

const texts = fc.oneof(
  fc.string(),
  fc.string({
    unit: fc.constantFrom(
      "'",
      '=',
      '+',
      '-',
      '@',
      '＝',
      '＋',
      '－',
      '＠',
      '\t',
      '\r',
      '\n',
      ',',
      '"',
      '1',
      '树',
    ),
  }),
);

test('a cell of any text begins as no formula, whatever quotes stand before it', () => {
  fc.assert(
    fc.property(texts, (text) => {
      assert.doesNotMatch(csvCell(text).replace(/^"/, ''), /^[=+\-@＝＋－＠\t\r\n]/);
    }),
  );
});

test('guarding loses nothing, of any text', () => {
  fc.assert(fc.property(texts, (text) => assert.equal(unguardCell(guardCell(text)), text)));
});

test('a table has a mark for Excel, numbers as numbers, nothing where there is nothing', () => {
  assert.equal(
    csvTable([
      ['a', 'b'],
      [-1, null],
      ['x,"y"', '=1'],
    ]),
    '\uFEFFa,b\r\n-1,\r\n"x,""y""",\'=1\r\n',
  );
});
