import { basename } from 'node:path';
import { Fault, type Instant, unguardCell, writeCsvLine } from '@gezhi/basis';
import { compileMapper, type Mapped, type RowMapper } from './map-row.ts';
import { type OpenFile, openFile } from './open-file.ts';
import { type Problem, problem } from './problem.ts';
import type { Profile } from './profile.ts';
import { readJsonLine, referredColumns } from './read-json-line.ts';
import { readSheetRows } from './read-sheet.ts';
import { isRejectHeader, isUncorrected } from './reject-form.ts';
import type { Row, RowBatch } from './row.ts';
import { type Broken, CsvSplitter, ROW_MAX, type Span } from './split-csv.ts';

export type ReadOptions = {
  /** Rows a batch, 2,000 unless told. */
  readonly batchRows?: number;
  /** Stands for `occurredAt` where neither the row nor the file says when, if the profile allows it. */
  readonly importedAt?: Instant;
};

/**
 * Reads a file by a profile, in batches. Every row of the file comes out exactly once, taken in or refused with its reasons, its
 * number and its raw text; one bad row never stops the rest. CSV, TSV and NDJSON are read in pieces and need a few MiB whatever
 * their size; XLSX lies in memory whole. All of them may be gzipped. A reject file (`writeRejects`) is known by its header and read
 * whatever the profile's format is. The same row twice is given twice: `(district, source, id)` settles it.
 *
 * @throws Fault `cannot-read` (away, or cut off: what came before was given), `not-this-format`, `missing-column`, `bad-header`
 */
export async function* readFile(
  path: string,
  profile: Profile,
  options: ReadOptions = {},
): AsyncGenerator<RowBatch, void, undefined> {
  const file = await openFile(path, profile);
  const reader = new Reader(basename(path), profile, options);
  if (file.format === 'xlsx') yield* readXlsx(file.bytes, profile, reader);
  else yield* readText(file, profile, reader);
}

type TextFile = Exclude<OpenFile, { format: 'xlsx' }>;

async function* readText(file: TextFile, profile: Profile, reader: Reader): AsyncGenerator<RowBatch> {
  const rejects = isRejectHeader(file.beginning);
  const take =
    file.format === 'ndjson' && !rejects
      ? linesInto(reader, profile)
      : csvInto(reader, profile, file, rejects);
  for await (const piece of file.pieces) {
    reader.lookAt(piece);
    take.push(piece);
    yield* reader.full();
  }
  take.end();
  yield* reader.last();
}

async function* readXlsx(bytes: Buffer, profile: Profile, reader: Reader): AsyncGenerator<RowBatch> {
  if (profile.header !== true) reader.columns(profile.header);
  for (const { cells, line } of await readSheetRows(bytes, profile.sheet, reader.file)) {
    const raw = (): string => writeCsvLine(cells);
    if (reader.expected === undefined) reader.header(cells);
    else if (cells.length > reader.expected) reader.broken('field-count', raw(), line, cells.length);
    else reader.row([...cells, ...Array<string>(reader.expected - cells.length).fill('')], line, raw);
    yield* reader.full();
  }
  yield* reader.last();
}

type TextTaker = { readonly push: (piece: string) => void; readonly end: () => void };

function csvInto(reader: Reader, profile: Profile, file: TextFile, rejects: boolean): TextTaker {
  const delimiter = rejects ? ',' : (profile.delimiter ?? (file.format === 'tsv' ? '\t' : ','));
  const rowIs = rejects ? 'record' : profile.rowIs;
  const splitter: CsvSplitter = new CsvSplitter(
    { delimiter, rowIs },
    {
      row: (cells, span) => {
        if (reader.expected === undefined) {
          reader.header(cells);
          splitter.expected = reader.expected;
        } else reader.row(unguarded(cells), span.line, () => rawOf(span));
      },
      broken: (why, span, found) => reader.broken(why, rawOf(span), span.line, found),
      blank: (lines) => reader.blank(lines),
    },
  );
  if (rejects) reader.expectRejects(profile.delimiter ?? (profile.format === 'tsv' ? '\t' : ','));
  else if (profile.header !== true) reader.columns(profile.header);
  splitter.expected = reader.expected;
  return splitter;
}

function rawOf(span: Span): string {
  return span.text.slice(span.start, span.end);
}

function unguarded(cells: string[]): string[] {
  for (let i = 0; i < cells.length; i += 1) {
    const cell = cells[i]!;
    if (cell.charCodeAt(0) === 39) cells[i] = unguardCell(cell);
  }
  return cells;
}

function linesInto(reader: Reader, profile: Profile): TextTaker {
  const columns = referredColumns(profile);
  reader.columns(columns);
  let rest = '';
  let line = 0;
  const take = (text: string): void => {
    line += 1;
    const raw = text.endsWith('\r') ? text.slice(0, -1) : text;
    if (raw.trim() === '') {
      reader.blank(1);
      return;
    }
    const cells = readJsonLine(raw, columns);
    if (cells) reader.row(cells, line, () => raw);
    else reader.refuse([problem('not-json', '', raw)], raw, line);
  };
  const push = (piece: string): void => {
    const lines = (rest + piece).split('\n');
    rest = lines.pop()!;
    for (const text of lines) take(text);
  };
  const end = (): void => {
    if (rest !== '') take(rest);
  };
  return { push, end };
}

const UNREADABLE = '\ufffd';

/** Turns cells into rows and rows into batches. Rows arrive by calls and leave by `full` and `last`. */
class Reader {
  readonly file: string;
  expected: number | undefined;
  readonly #profile: Profile;
  readonly #options: ReadOptions;
  readonly #batchRows: number;
  #columns: readonly string[] = [];
  #mapper: RowMapper | undefined;
  #rejectsOf: string | undefined;
  #rows: Row[] = [];
  #count = 0;
  #blank = 0;
  #garbled = false;

  constructor(file: string, profile: Profile, options: ReadOptions) {
    this.file = file;
    this.#profile = profile;
    this.#options = options;
    this.#batchRows = options.batchRows ?? 2_000;
  }

  /** From here on the file is a reject file, whose rows were cut by `delimiter` before. */
  expectRejects(delimiter: string): void {
    this.#rejectsOf = delimiter;
  }

  header(cells: readonly string[]): void {
    if (cells.every((cell) => cell.trim() === '')) return;
    this.columns(cells.map((cell) => cell.trim()));
  }

  columns(names: readonly string[]): void {
    const twice = names.find((name, i) => name !== '' && names.indexOf(name) !== i);
    if (twice !== undefined) {
      const hint = 'Rename one of them, or list the columns in the profile under header.';
      throw new Fault('bad-header', `${this.file} has two columns named "${twice}".`, { hint });
    }
    this.#columns = names;
    this.expected = names.length;
    this.#mapper = compileMapper(this.#profile, names, this.file, this.#options.importedAt);
  }

  row(cells: readonly string[], line: number, raw: () => string): void {
    if (isEmpty(cells)) {
      this.#blank += 1;
      return;
    }
    if (this.#rejectsOf !== undefined && isUncorrected(this.#columns, cells, this.#rejectsOf)) {
      this.refuse([problem('not-corrected', '', raw())], raw(), line, cells);
      return;
    }
    const mapped = this.#mapper!.map(cells);
    if ('refused' in mapped) this.refuse(mapped.refused, raw(), line, cells);
    else if (this.#garbled && cells.some((cell) => cell.includes(UNREADABLE))) {
      this.refuse([problem('bad-encoding', '', raw())], raw(), line, cells);
    } else this.#accept(mapped, line);
  }

  #accept(mapped: Extract<Mapped, { ok: unknown }>, line: number): void {
    this.#count += 1;
    if (mapped.dropped) this.#rows.push({ row: this.#count, line, ok: mapped.ok, dropped: mapped.dropped });
    else this.#rows.push({ row: this.#count, line, ok: mapped.ok });
  }

  /** Bytes that are no text become U+FFFD when they are decoded; rows are searched for it once a piece holds one. */
  lookAt(piece: string): void {
    this.#garbled ||= piece.includes(UNREADABLE);
  }

  broken(why: Broken, raw: string, line: number, found: number): void {
    if (this.expected === undefined) {
      const hint = 'The first row must name the columns; or list them in the profile under header.';
      throw new Fault('bad-header', `${this.file}: the header row cannot be read (${why}).`, { hint });
    }
    const expected = String(why === 'row-too-long' ? ROW_MAX : this.expected);
    this.refuse([problem(why, '', raw, { expected, found: String(found) })], raw, line);
  }

  refuse(refused: readonly Problem[], raw: string, line: number, cells?: readonly string[]): void {
    this.#count += 1;
    this.#rows.push({ row: this.#count, line, refused, raw, ...(cells && { cells }) });
  }

  blank(lines: number): void {
    this.#blank += lines;
  }

  *full(): Generator<RowBatch> {
    while (this.#rows.length >= this.#batchRows) yield this.#batch(this.#batchRows);
  }

  *last(): Generator<RowBatch> {
    if (this.expected === undefined) {
      throw new Fault('bad-header', `${this.file} is empty.`, {
        hint: 'Its first row must name the columns.',
      });
    }
    yield* this.full();
    yield this.#batch(this.#rows.length);
  }

  #batch(size: number): RowBatch {
    const rows = this.#rows.slice(0, size);
    this.#rows = this.#rows.slice(size);
    const blank = this.#blank;
    this.#blank = 0;
    return { columns: this.#columns, rows, blank };
  }
}

function isEmpty(cells: readonly string[]): boolean {
  for (const cell of cells) if (cell !== '' && cell.trim() !== '') return false;
  return true;
}
