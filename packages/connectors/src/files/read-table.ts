import { basename } from 'node:path';
import { Fault } from '@gezhi/basis';
import { openFile } from './open-file.ts';
import { readSheetRows } from './read-sheet.ts';
import { type Broken, CsvSplitter } from './split-csv.ts';

/** A file as it stands: the names of its columns, and its rows with exactly as many cells. */
export type Table = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** The line on which each row begins (in a sheet: the sheet's row). */
  readonly lines: readonly number[];
  /** Rows that cannot be read as rows; they are not among `rows`. */
  readonly broken: readonly { readonly line: number; readonly why: Broken }[];
};

/**
 * Reads a whole CSV, TSV (both also gzipped; UTF-8, UTF-16 or GB 18030) or XLSX whose first row names its columns, without a profile. Rows
 * that hold nothing are passed over. The file lies in memory whole.
 *
 * @throws Fault `cannot-read`, `not-this-format`, `sheet-too-large`, `bad-header` where it is empty or names a column twice
 */
export async function readTable(path: string): Promise<Table> {
  const file = await openFile(path, { format: 'auto', encoding: ['utf-8', 'gb18030'] });
  const taker = new Taker(basename(path));
  if (file.format === 'xlsx') {
    for (const { cells, line } of await readSheetRows(file.bytes, undefined, basename(path))) {
      taker.row(cells, line);
    }
    return taker.table();
  }
  if (file.format === 'ndjson') {
    await file.pieces.return(undefined);
    const hint = 'Save it as CSV or .xlsx.';
    throw new Fault('not-this-format', `${basename(path)} is no table but lines of JSON.`, { hint });
  }
  const splitter: CsvSplitter = new CsvSplitter(
    { delimiter: file.format === 'tsv' ? '\t' : ',', rowIs: 'record' },
    {
      row: (cells, span) => {
        taker.row(cells, span.line);
        splitter.expected = taker.expected;
      },
      broken: (why, span) => taker.broken(why, span.line),
      blank: () => undefined,
    },
  );
  for await (const piece of file.pieces) splitter.push(piece);
  splitter.end();
  return taker.table();
}

class Taker {
  expected: number | undefined;
  readonly #file: string;
  readonly #rows: (readonly string[])[] = [];
  readonly #lines: number[] = [];
  readonly #broken: { line: number; why: Broken }[] = [];
  #columns: readonly string[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  row(cells: readonly string[], line: number): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    if (this.expected === undefined) this.#header(cells);
    else if (cells.length > this.expected) this.broken('field-count', line);
    else {
      this.#rows.push([...cells, ...Array<string>(this.expected - cells.length).fill('')]);
      this.#lines.push(line);
    }
  }

  broken(why: Broken, line: number): void {
    this.#broken.push({ line, why });
  }

  table(): Table {
    if (this.expected === undefined) {
      const hint = 'Its first row must name the columns.';
      throw new Fault('bad-header', `${this.#file} is empty.`, { hint });
    }
    return { columns: this.#columns, rows: this.#rows, lines: this.#lines, broken: this.#broken };
  }

  #header(cells: readonly string[]): void {
    const names = cells.map((cell) => cell.trim());
    const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
    if (twice !== undefined) {
      throw new Fault('bad-header', `${this.#file} has two columns named "${twice}".`, {
        hint: 'Rename one of them.',
      });
    }
    this.#columns = names;
    this.expected = names.length;
  }
}
