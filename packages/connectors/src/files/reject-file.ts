import { type FileHandle, open } from 'node:fs/promises';
import { guardCell, writeCsvLine } from '@gezhi/basis';
import { sayProblem } from './problem.ts';
import { looseCells, REJECT_COLUMNS } from './reject-form.ts';
import type { RefusedRow, RowBatch } from './row.ts';

export type RejectOptions = {
  /** Of the reasons; English unless told. */
  readonly language?: 'en' | 'zh';
  /** What the refused rows were cut by, a comma unless told. */
  readonly delimiter?: string;
};

export type RejectFile = {
  /** Keeps the refused rows of a batch; the others pass. */
  readonly add: (batch: RowBatch) => Promise<void>;
  /** Ends the file, once all is on disk, and answers how many rows it holds. */
  readonly close: () => Promise<number>;
};

/**
 * Opens a file for refused rows: UTF-8 CSV that a spreadsheet opens, with the columns of the original and `REJECT_COLUMNS`. Whoever corrects the
 * cells imports it again with the same profile; the columns with _ need not be touched. A row that was broken as a whole is laid
 * out as well as it goes and is refused again while it stands so. Cells that a spreadsheet would run are prefixed (`guardCell`).
 * No file is made while there is nothing to keep.
 */
export function openRejects(path: string, options: RejectOptions = {}): RejectFile {
  const { language = 'en', delimiter = ',' } = options;
  let handle: FileHandle | undefined;
  let kept = 0;
  const add = async (batch: RowBatch): Promise<void> => {
    const lines = batch.rows.flatMap((row) =>
      'refused' in row ? [`${rejectLine(row, batch.columns, language, delimiter)}\r\n`] : [],
    );
    if (lines.length === 0) return;
    if (!handle) {
      handle = await open(path, 'w');
      const header = writeCsvLine([...ownColumns(batch.columns), ...REJECT_COLUMNS]);
      await handle.writeFile(`\ufeff${header}\r\n`);
    }
    await handle.writeFile(lines.join(''));
    kept += lines.length;
  };
  const close = async (): Promise<number> => {
    await handle?.sync();
    await handle?.close();
    handle = undefined;
    return kept;
  };
  return { add, close };
}

/** Without what an earlier reject file added. */
function ownColumns(columns: readonly string[]): readonly string[] {
  return columns.at(-1) === REJECT_COLUMNS.at(-1) ? columns.slice(0, -REJECT_COLUMNS.length) : columns;
}

function rejectLine(
  row: RefusedRow,
  columns: readonly string[],
  language: 'en' | 'zh',
  delimiter: string,
): string {
  const width = ownColumns(columns).length;
  const again = width < columns.length;
  const raw = again && row.cells ? row.cells.at(-1)! : row.raw;
  const cells = row.cells ? row.cells.slice(0, width) : looseCells(raw, width, delimiter);
  const told = [
    again && row.cells ? row.cells[width]! : String(row.row),
    again && row.cells ? row.cells[width + 1]! : String(row.line),
    row.refused.map((p) => p.column).join('\n'),
    row.refused.map((p) => p.value).join('\n'),
    row.refused.map((p) => sayProblem(p, language)).join('\n'),
    raw,
  ];
  return writeCsvLine([...cells, ...told].map(guardCell));
}
