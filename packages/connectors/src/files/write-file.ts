import { createWriteStream } from 'node:fs';
import { writeFile as writeBytes } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { Fault, guardCell, writeCsvLine } from '@gezhi/basis';
import writeExcel from 'write-excel-file/node';
import type { Imported } from './imported.ts';
import type { Profile } from './profile.ts';
import { compileRowWriter } from './write-row.ts';

export type WriteFormat = 'csv' | 'tsv' | 'xlsx' | 'ndjson';

/**
 * Writes records in the columns of a profile (its `write.columns`), so that reading the file by the same profile gives the same
 * records. CSV and TSV are UTF-8 with byte order mark, so that Excel shows Chinese, and guarded against formulas (`guardCell`); in XLSX every cell is
 * text, which no spreadsheet runs. CSV, TSV and NDJSON are written as the records come; XLSX is built in memory.
 *
 * @returns how many records were written
 * @throws Fault `not-writable` (the profile names no columns), `too-large-for-xlsx`
 */
export async function writeFile(
  path: string,
  records: AsyncIterable<Imported> | Iterable<Imported>,
  profile: Profile,
  format: WriteFormat,
): Promise<number> {
  const writer = compileRowWriter(profile);
  if (format === 'xlsx') return writeSheet(path, records, writer.columns, writer.cells);
  const sayLine = lineWriter(format, writer.columns);
  let count = 0;
  const lines = async function* (): AsyncGenerator<string> {
    let text = format === 'ndjson' ? '' : `\ufeff${sayLine(writer.columns)}`;
    for await (const record of records) {
      count += 1;
      text += sayLine(writer.cells(record));
      if (text.length < PIECE) continue;
      yield text;
      text = '';
    }
    yield text;
  };
  await pipeline(lines, createWriteStream(path, { flush: true }));
  return count;
}

const PIECE = 64 * 1024;

function lineWriter(
  format: Exclude<WriteFormat, 'xlsx'>,
  columns: readonly string[],
): (cells: readonly string[]) => string {
  if (format === 'ndjson') {
    return (cells) => `${JSON.stringify(Object.fromEntries(columns.map((name, i) => [name, cells[i]])))}\n`;
  }
  const delimiter = format === 'tsv' ? '\t' : ',';
  return (cells) => `${writeCsvLine(cells.map(guardCell), delimiter)}\r\n`;
}

/** What Excel takes: rows of a sheet with the header, UTF-16 units of a cell. */
const SHEET_ROWS = 1_048_576;
const CELL_MAX = 32_767;

async function writeSheet(
  path: string,
  records: AsyncIterable<Imported> | Iterable<Imported>,
  columns: readonly string[],
  cellsOf: (record: Imported) => string[],
): Promise<number> {
  const rows: { value: string; type: StringConstructor }[][] = [asCells(columns)];
  for await (const record of records) {
    const cells = cellsOf(record);
    const long = cells.findIndex((cell) => cell.length > CELL_MAX);
    if (long >= 0) throw tooLarge(`${columns[long]} of ${record.id} is longer than ${CELL_MAX} characters`);
    if (rows.length === SHEET_ROWS) throw tooLarge(`There are more than ${SHEET_ROWS - 1} records`);
    rows.push(asCells(cells));
  }
  await writeBytes(path, await writeExcel(rows).toBuffer());
  return rows.length - 1;
}

function asCells(cells: readonly string[]): { value: string; type: StringConstructor }[] {
  return cells.map((cell) => ({ value: asXstring(cell), type: String }));
}

/** What XML cannot hold is written `_xHHHH_`, and so is the underscore of text that looks like that (ECMA-376, ST_Xstring). */
function asXstring(text: string): string {
  return text.replaceAll(
    NO_XSTRING,
    (c) => `_x${c.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`,
  );
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that XML cannot hold
const NO_XSTRING = /[\u0000-\u0008\u000b-\u001f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)/g;

function tooLarge(why: string): Fault {
  return new Fault('too-large-for-xlsx', `${why}, which a sheet cannot hold.`, {
    hint: 'Write CSV or NDJSON.',
  });
}
