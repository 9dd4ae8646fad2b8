import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvSplitter } from './split-csv.ts';

type Outcome = {
  readonly kind: string;
  readonly cells?: readonly string[];
  readonly raw: string;
  readonly line: number;
};

function split(
  pieces: readonly string[],
  expected?: number,
  rowIs: 'record' | 'line' = 'record',
  delimiter = ',',
) {
  const out: Outcome[] = [];
  let blank = 0;
  const splitter = new CsvSplitter(
    { delimiter, rowIs },
    {
      row: (cells, s) => out.push({ kind: 'row', cells, raw: s.text.slice(s.start, s.end), line: s.line }),
      broken: (kind, s) => out.push({ kind, raw: s.text.slice(s.start, s.end), line: s.line }),
      blank: (lines) => {
        blank += lines;
      },
    },
  );
  splitter.expected = expected;
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return { out, blank };
}

const cells = fc.string({
  unit: fc.constantFrom('a', '路', ',', '"', '\n', '\r\n', ' ', '\t', '=', '🏮'),
  maxLength: 8,
});
const quoted = (cell: string, always: boolean): string =>
  always || /[",\n\r\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
const tables = fc.integer({ min: 2, max: 5 }).chain((width) =>
  fc.array(fc.array(fc.tuple(cells, fc.boolean()), { minLength: width, maxLength: width }), {
    minLength: 1,
  }),
);

/** Cuts a text into pieces at the given places. */
function cut(text: string, at: readonly number[]): string[] {
  const places = [...new Set(at.map((n) => n % (text.length + 1)))].sort((a, b) => a - b);
  return [0, ...places].map((from, i) => text.slice(from, places[i] ?? text.length));
}

test('well-formed CSV is read as csv-parse reads it, however it is cut into pieces', () => {
  fc.assert(
    fc.property(
      tables,
      fc.constantFrom('\n', '\r\n'),
      fc.boolean(),
      fc.array(fc.nat()),
      (table, end, closes, at) => {
        const lines = table.map((row) => row.map(([cell, always]) => quoted(cell, always)).join(','));
        const text = lines.join(end) + (closes ? end : '');
        const oracle: string[][] = parse(text, { record_delimiter: ['\r\n', '\n'] });
        const { out } = split(cut(text, at), table[0]!.length);
        assert.deepEqual(
          out.map((row) => row.cells),
          oracle,
        );
        assert.deepEqual(
          oracle,
          table.map((row) => row.map(([cell]) => cell)),
        );
      },
    ),
  );
});

const chaos = fc.string({
  unit: fc.constantFrom('a', 'b', ',', ',', '"', '\n', '\n', '\r\n', '🏮'),
  maxLength: 60,
});

test('of any text, every character comes out exactly once: in a row, in a broken row, or as a line end', () => {
  fc.assert(
    fc.property(chaos, fc.constantFrom('record', 'line'), fc.array(fc.nat()), (text, rowIs, at) => {
      fc.pre(!/^""\r?$/m.test(text)); // says as little as a blank line, and counts as one
      const { out } = split(cut(text, at), 3, rowIs);
      const plain = (t: string): string => t.replaceAll(/[\r\n]/g, '');
      assert.equal(plain(out.map((row) => row.raw).join('')), plain(text));
      assert.deepEqual(split([text], 3, rowIs), split(cut(text, at), 3, rowIs), 'pieces do not matter');
    }),
    { numRuns: 1000 },
  );
});

test('what csv-parse refuses as a whole is refused here row by row, and nothing else is', () => {
  fc.assert(
    fc.property(chaos, (text) => {
      const broken = split([text], 3).out.some((row) => row.kind !== 'row');
      let refused = false;
      try {
        const rows: string[][] = parse(text, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
        refused = rows.some((row) => row.length !== 3 && !(row.length === 1 && row[0] === ''));
      } catch {
        refused = true;
      }
      assert.equal(broken, refused);
    }),
    { numRuns: 1000 },
  );
});

const told = (text: string, expected = 3): string[] =>
  split([text], expected).out.map((row) => `${row.line} ${row.kind}: ${row.raw.replaceAll('\n', '↵')}`);

test('one bad quote costs one row', () => {
  assert.deepEqual(told('1,a,b\n2,"a,b\n3,a,b\n4,"c",d\n'), [
    '1 row: 1,a,b',
    '2 stray-quote: 2,"a,b',
    '3 row: 3,a,b',
    '4 row: 4,"c",d',
  ]);
  assert.deepEqual(told('1,"a,b\n2,a,b\n3,a,b'), ['1 open-quote: 1,"a,b', '2 row: 2,a,b', '3 row: 3,a,b']);
  assert.deepEqual(told('1,5" pipe,b\n2,6" pipe,b\n3,a,b'), [
    '1 stray-quote: 1,5" pipe,b',
    '2 stray-quote: 2,6" pipe,b',
    '3 row: 3,a,b',
  ]);
});

test('a broken text of several lines stays one row', () => {
  assert.deepEqual(told('1,"said "no"\nand more\n and more",b\n2,"x\ny",b'), [
    '1 stray-quote: 1,"said "no"↵and more↵ and more",b',
    '4 row: 2,"x↵y",b',
  ]);
});

test('where every line is a row, quotes do not reach over its end', () => {
  const { out, blank } = split(['1,"a\n2,b\n\n3,"c"'], 2, 'line');
  assert.deepEqual(
    out.map((row) => [row.line, row.kind]),
    [
      [1, 'open-quote'],
      [2, 'row'],
      [4, 'row'],
    ],
  );
  assert.equal(blank, 1);
});

test('a quote that is never closed is given up after a million characters', () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i},a,b`);
  const { out } = split(['x,"y,z\n', `${rows.join('\n')}\n`], 3);
  assert.equal(out.length, 200_001);
  assert.equal(out[0]!.kind, 'row-too-long');
  assert.equal(out.filter((row) => row.kind === 'row').length, 200_000);
});
