import type { Imported } from './imported.ts';
import type { Problem } from './problem.ts';

/**
 * One row of a file: taken in, or refused with every reason. `row` counts the data rows from 1 (header and blank lines are none);
 * `line` is the physical line on which it begins (in a sheet, the sheet's row), which is where a person looks for it.
 */
export type Row = AcceptedRow | RefusedRow;

export type AcceptedRow = {
  readonly row: number;
  readonly line: number;
  readonly ok: Imported;
  /** Cells left out, where the profile's check says `drop`; absent where there are none. */
  readonly dropped?: readonly Problem[];
};

export type RefusedRow = {
  readonly row: number;
  readonly line: number;
  readonly refused: readonly Problem[];
  /** The row's text as it stands in the file (of a sheet: its cells as a CSV line). */
  readonly raw: string;
  /** Its cells in the order of the file's columns; absent where the row is broken and has no such order. */
  readonly cells?: readonly string[];
};

/** Some rows in the order of the file. The last batch of a file may be short; `blank` lines were passed over. */
export type RowBatch = {
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  readonly blank: number;
};
