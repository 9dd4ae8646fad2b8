import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type Page, putRows, type Row } from './put-rows.ts';

function row(caseId: string, dueAt?: number, isLate = false): Row {
  const next =
    dueAt === undefined ? {} : { next: { dueAt: new Date(dueAt * 1000).toISOString(), clock: 'handle' } };
  return { caseId, flags: isLate ? ['late'] : [], ...next } as unknown as Row;
}

const idsOf = (pages: readonly Page[]): string[] =>
  pages.flatMap(({ rows }) => rows.map(({ caseId }) => caseId));

test('what changed stands where it belongs now, what left is gone, what is beyond comes with its page', () => {
  const pages: Page[] = [
    { rows: [row('a', 1), row('b', 2)], next: 'x' },
    { rows: [row('c', 3), row('d', 4)], next: 'y' },
  ];
  const after = putRows(pages, new Set(['a', 'c', 'e', 'f']), [
    row('a', 2.5),
    row('e', 9),
    row('f', 5, true),
  ]);
  assert.deepEqual(idsOf(after), ['f', 'b', 'a', 'd']);
});

test('into an empty queue', () => {
  assert.deepEqual(idsOf(putRows([{ rows: [] }], new Set(['a']), [row('a')])), ['a']);
});

const rows = fc.uniqueArray(
  fc.record({
    id: fc.stringMatching(/^[a-z]{3}$/),
    due: fc.option(fc.integer({ min: 0, max: 9 })),
    late: fc.boolean(),
  }),
  { selector: ({ id }) => id, maxLength: 30 },
);

test('a list that is kept up to date is the list that would be read anew', () => {
  fc.assert(
    fc.property(rows, rows, fc.integer({ min: 1, max: 5 }), (before, changed, size) => {
      const made = (all: typeof before): Row[] =>
        all.map(({ id, due, late }) => row(id, due ?? undefined, late));
      const read = (all: readonly Row[]): string[] => idsOf(putRows([{ rows: [] }], new Set(), all));
      const sorted = idsOf(putRows([{ rows: [] }], new Set(), made(before))).map(
        (id) => made(before).find(({ caseId }) => caseId === id)!,
      );
      const pages: Page[] = [];
      for (let i = 0; i < sorted.length; i += size)
        pages.push({ rows: sorted.slice(i, i + size), ...(i + size < sorted.length ? { next: '.' } : {}) });
      if (pages.length === 0) pages.push({ rows: [] });
      const cases = new Set(changed.map(({ id }) => id));
      const rest = made(before).filter(({ caseId }) => !cases.has(caseId));
      assert.deepEqual(idsOf(putRows(pages, cases, made(changed))), read([...rest, ...made(changed)]));
    }),
  );
});
