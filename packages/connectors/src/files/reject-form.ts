/**
 * The form of a reject file: the file's own columns, then these. `_row` and `_line` say where the row stood, `_column`, `_value` and `_reason`
 * what was wrong (several problems: one per line in the cell), `_raw` is the row's text as it stood.
 */
export const REJECT_COLUMNS = ['_row', '_line', '_column', '_value', '_reason', '_raw'] as const;

const ENDING = REJECT_COLUMNS.join(',');

/** Whether a text begins with the header of a reject file. */
export function isRejectHeader(beginning: string): boolean {
  const end = beginning.search(/[\r\n]/);
  const header = end === -1 ? beginning : beginning.slice(0, end);
  return header.replaceAll('"', '').endsWith(ENDING);
}

/**
 * Best-effort cells of a row that could not be cut properly, one for each column, for a person to put right: cut at every delimiter,
 * quotes as they stand, what is too much left in the last cell.
 */
export function looseCells(raw: string, columns: number, delimiter: string): string[] {
  const cells = raw.split(delimiter);
  if (cells.length > columns) cells.splice(columns - 1, Infinity, cells.slice(columns - 1).join(delimiter));
  while (cells.length < columns) cells.push('');
  return cells;
}

/** Whether a row of a reject file that was broken as a whole still stands as we wrote it. */
export function isUncorrected(
  columns: readonly string[],
  cells: readonly string[],
  delimiter: string,
): boolean {
  const at = columns.length - REJECT_COLUMNS.length;
  if (at < 1 || cells[at + 2] !== '' || cells[at + 4] === '') return false;
  const loose = looseCells(cells[at + 5] ?? '', at, delimiter);
  return loose.every((cell, i) => cell === cells[i]);
}
