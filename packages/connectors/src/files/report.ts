import type { Row } from './row.ts';

/** What became of a file, in numbers that add up: `rows = accepted + refused`, and `blank` lines are no rows. */
export type ImportReport = {
  readonly rows: number;
  readonly accepted: number;
  readonly refused: number;
  readonly blank: number;
  /** Accepted rows of which a cell was left out, as the profile's checks ask. */
  readonly dropped: number;
  /** Accepted rows whose `occurredAt` another moment stands for. */
  readonly assumedTime: number;
  /** How often each reason refused, by `column: reason` (`reason` alone where the whole row is broken). A row may have several. */
  readonly refusedBecause: Readonly<Record<string, number>>;
  readonly droppedBecause: Readonly<Record<string, number>>;
};

export const EMPTY_REPORT: ImportReport = {
  rows: 0,
  accepted: 0,
  refused: 0,
  blank: 0,
  dropped: 0,
  assumedTime: 0,
  refusedBecause: {},
  droppedBecause: {},
};

/** The report with one more batch counted. Costs one look at each row. */
export function countRows(
  report: ImportReport,
  batch: { readonly rows: readonly Row[]; readonly blank: number },
): ImportReport {
  const refusedBecause = { ...report.refusedBecause };
  const droppedBecause = { ...report.droppedBecause };
  let { accepted, refused, dropped, assumedTime } = report;
  for (const row of batch.rows) {
    if ('refused' in row) {
      refused += 1;
      for (const told of row.refused) count(refusedBecause, told);
      continue;
    }
    accepted += 1;
    if (row.ok.occurredAtFrom) assumedTime += 1;
    if (row.dropped) dropped += 1;
    for (const told of row.dropped ?? []) count(droppedBecause, told);
  }
  const rows = report.rows + batch.rows.length;
  const blank = report.blank + batch.blank;
  return { rows, accepted, refused, blank, dropped, assumedTime, refusedBecause, droppedBecause };
}

function count(
  into: Record<string, number>,
  told: { readonly column: string; readonly reason: string },
): void {
  const key = told.column ? `${told.column}: ${told.reason}` : told.reason;
  into[key] = (into[key] ?? 0) + 1;
}
