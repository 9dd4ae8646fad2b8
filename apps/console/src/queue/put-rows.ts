import type { Answer } from '@gezhi/ui';

export type Row = Answer<'readQueue'>['rows'][number];
export type Page = Answer<'readQueue'>;

/**
 * The pages of a queue after something happened to `cases`: those that are still in it (`fresh`) stand where they belong now, the others are
 * gone. A row beyond the last page that was loaded comes with its page. One pass over what is loaded.
 */
export function putRows(pages: readonly Page[], cases: ReadonlySet<string>, fresh: readonly Row[]): Page[] {
  const kept = pages.map((page) => ({ ...page, rows: page.rows.filter(({ caseId }) => !cases.has(caseId)) }));
  const last = kept.length - 1;
  const added = Map.groupBy(fresh, (row) =>
    kept.findIndex(({ rows, next }, i) => (i === last && next === undefined) || isBefore(row, rows.at(-1))),
  );
  return kept.map((page, i) => {
    const here = added.get(i);
    return here ? { ...page, rows: [...page.rows, ...here].toSorted(inOrder) } : page;
  });
}

function isBefore(row: Row, end: Row | undefined): boolean {
  return end !== undefined && inOrder(row, end) < 0;
}

/** As the service orders a queue: late ones, then by what is due next, those without a term last. */
function inOrder(a: Row, b: Row): number {
  const late = Number(b.flags.includes('late')) - Number(a.flags.includes('late'));
  return late || dueOf(a) - dueOf(b) || (a.caseId < b.caseId ? -1 : 1);
}

function dueOf({ next }: Row): number {
  return next ? Date.parse(next.dueAt) : Number.MAX_VALUE;
}
