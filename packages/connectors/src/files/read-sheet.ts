import { Fault } from '@gezhi/basis';
import { readSheet } from 'read-excel-file/node';

/**
 * The rows of one sheet as text: what is a date there becomes `yyyy-MM-dd HH:mm:ss` (a sheet knows no zone), a number its digits.
 * `line` is the sheet's row. Empty cells at the end of a row are left away.
 *
 * @throws Fault `not-this-format` where the bytes are no workbook or it has no such sheet
 */
export async function readSheetRows(
  bytes: Buffer,
  sheet: string | number | undefined,
  file: string,
): Promise<readonly { readonly cells: string[]; readonly line: number }[]> {
  const rows = await readSheet(bytes, sheet ?? 1, { parseNumber: (digits) => digits, trim: false }).catch(
    (cause: unknown) => {
      const why = cause instanceof Error ? cause.message : String(cause);
      const hint =
        'Open it in a spreadsheet and save it as .xlsx again; sheet names the sheet in the profile.';
      throw new Fault('not-this-format', `${file} cannot be read as a workbook: ${why}.`, { hint, cause });
    },
  );
  return rows.map((row, i) => ({ cells: cut(row.map(sayCell)), line: i + 1 }));
}

function sayCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return sayDate(value);
  const text = String(value);
  return /^-?\d+(\.\d+)?[eE][+-]?\d+$/.test(text) ? String(Number(text)) : text;
}

/** Sheets count days in floating point: a moment is up to a few milliseconds off the second that was meant. */
function sayDate(date: Date): string {
  return new Date(Math.round(date.getTime() / 1000) * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

function cut(cells: string[]): string[] {
  let length = cells.length;
  while (length > 0 && cells[length - 1] === '') length -= 1;
  return cells.slice(0, length);
}
