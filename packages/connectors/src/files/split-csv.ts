/** Where a row stands: `text.slice(start, end)` is its raw text without the line's end; `line` counts from 1. */
export type Span = {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
};

export type Broken = 'field-count' | 'stray-quote' | 'open-quote' | 'row-too-long';

export type CsvSink = {
  /** A well-formed row. The array is the sink's to keep. */
  readonly row: (cells: string[], span: Span) => void;
  readonly broken: (why: Broken, span: Span, found: number) => void;
  /** Lines on which nothing stands. */
  readonly blank: (lines: number) => void;
};

export type CsvShape = {
  readonly delimiter: string;
  /** `record`: RFC 4180, quoted cells may run over lines. `line`: every line is a row, whatever its quotes do. */
  readonly rowIs: 'record' | 'line';
};

/**
 * Splits CSV (RFC 4180; `\n` or `\r\n`) that comes in pieces. Every character of the input comes out exactly once: in a row, in a broken
 * row, as a blank line, or as the end of a line.
 *
 * `expected` is the number of cells a row must have, set once the header is known; before that any number will do.
 * In `record` mode a broken row (a quote where none may stand or that is never closed, a wrong number of cells) reaches up to the
 * next line that can begin a row: one that reads well by itself, or that holds at least as many delimiters as a row. So one bad quote neither
 * swallows the rows after it nor scatters a text of several lines. Written here because csv-parse took 18 µs for a row of 33
 * cells (MyLA311) where this took 3.4, same machine; csv-parse is the oracle of its tests.
 */
export class CsvSplitter {
  expected: number | undefined;
  readonly #delimiter: number;
  readonly #shape: CsvShape;
  readonly #sink: CsvSink;
  #rest = '';
  #line = 1;

  constructor(shape: CsvShape, sink: CsvSink) {
    this.#shape = shape;
    this.#sink = sink;
    this.#delimiter = shape.delimiter.charCodeAt(0);
  }

  push(piece: string): void {
    this.#rest = this.#split(this.#rest + piece, false);
  }

  end(): void {
    this.#rest = this.#split(this.#rest, true);
  }

  /** Splits what is whole; answers what must wait for the next piece. */
  #split(text: string, last: boolean): string {
    let at = 0;
    while (at < text.length) {
      const next =
        this.#shape.rowIs === 'line' ? this.#takeLine(text, at, last) : this.#takeRecord(text, at, last);
      if (next === MORE) return at === 0 ? text : text.slice(at);
      at = next;
    }
    return '';
  }

  #takeLine(text: string, from: number, last: boolean): number {
    const feed = text.indexOf('\n', from);
    if (feed === -1 && !last) return text.length - from > ROW_MAX ? this.#giveTooLong(text, from) : MORE;
    const next = feed === -1 ? text.length : feed + 1;
    const line = text.slice(from, next);
    const cells: string[] = [];
    const read = readRecord(line, 0, this.#delimiter, cells, true);
    if (read === line.length) this.#giveRow(text, from, next, cells);
    else this.#giveBroken(read === MORE ? 'open-quote' : 'stray-quote', text, from, next, cells.length);
    return next;
  }

  #takeRecord(text: string, from: number, last: boolean): number {
    const cells: string[] = [];
    const next = readRecord(text, from, this.#delimiter, cells, last);
    if (next >= 0 && this.#fits(cells)) {
      this.#giveRow(text, from, next, cells);
      return next;
    }
    if (next === MORE && !last)
      return text.length - from > ROW_MAX
        ? this.#resync('row-too-long', text, from, text.length, 0, true)
        : MORE;
    if (next === MORE) return this.#resync('open-quote', text, from, text.length, cells.length, true);
    if (next === STRAY) return this.#resync('stray-quote', text, from, text.length, cells.length, last);
    return this.#resync('field-count', text, from, next, cells.length, last);
  }

  #fits(cells: readonly string[]): boolean {
    return this.expected === undefined || cells.length === this.expected || isBlank(cells);
  }

  /** Gives a broken row that reaches up to the next line which can begin a row, at most to `limit`. */
  #resync(why: Broken, text: string, from: number, limit: number, found: number, last: boolean): number {
    const next = this.#nextStart(text, from, limit, last);
    if (next !== MORE) this.#giveBroken(why, text, from, next, found);
    return next;
  }

  #nextStart(text: string, from: number, limit: number, last: boolean): number {
    const first = endOfLine(text, from);
    if (this.expected === undefined) return first;
    const waits = !last && text.length - from <= ROW_MAX;
    let at = first;
    for (let lines = 1; at < limit; lines += 1) {
      if (lines > LINES_MAX || at - from > ROW_MAX) return first;
      const begins = this.#canBegin(text, at, !waits);
      if (begins === MORE) return MORE;
      if (begins) return at;
      at = endOfLine(text, at);
    }
    return limit === text.length && waits ? MORE : at;
  }

  /** Whether a row can begin here; `MORE` where only more text can tell. */
  #canBegin(text: string, at: number, last: boolean): boolean | typeof MORE {
    const wanted = this.expected ?? 1;
    const end = endOfLine(text, at);
    let delimiters = 0;
    for (let i = at; i < end; i += 1) if (text.charCodeAt(i) === this.#delimiter) delimiters += 1;
    if (delimiters >= wanted - 1) return true;
    const cells: string[] = [];
    const read = readRecord(text, at, this.#delimiter, cells, last);
    if (read === MORE && !last) return MORE;
    return read >= 0 && cells.length === wanted;
  }

  #giveTooLong(text: string, from: number): number {
    this.#giveBroken('row-too-long', text, from, text.length, 0);
    return text.length;
  }

  #giveRow(text: string, start: number, next: number, cells: string[]): void {
    if (cells.length === 1 && cells[0] === '') {
      this.#sink.blank(1);
      this.#line += 1;
      return;
    }
    const span = { text, start, end: trimEnd(text, start, next), line: this.#line };
    if (this.#fits(cells)) this.#sink.row(cells, span);
    else this.#sink.broken('field-count', span, cells.length);
    this.#line += linesIn(text, start, next);
  }

  #giveBroken(why: Broken, text: string, start: number, next: number, found: number): void {
    this.#sink.broken(why, { text, start, end: trimEnd(text, start, next), line: this.#line }, found);
    this.#line += linesIn(text, start, next);
  }
}

/** A row longer than this is broken: 1 Mi characters, ten times the longest petition seen. */
export const ROW_MAX = 1 << 20;
/** A broken row is not followed over more lines than this. */
const LINES_MAX = 200;

const MORE = -1 as const;
const STRAY = -2;
const QUOTE = 34;
const FEED = 10;
const RETURN = 13;

/** Reads one record from `from` into `cells`; answers where the next begins, `MORE` where the text ends too early, or `STRAY`. */
function readRecord(text: string, from: number, delimiter: number, cells: string[], last: boolean): number {
  const length = text.length;
  let at = from;
  for (;;) {
    if (text.charCodeAt(at) === QUOTE) {
      const close = closingQuote(text, at);
      if (close === -1 || (close + 1 === length && !last)) return MORE;
      const inside = text.slice(at + 1, close);
      cells.push(inside.includes('"') ? inside.replaceAll('""', '"') : inside);
      at = close + 1;
      if (at === length) return length;
      if (text.charCodeAt(at) === RETURN) {
        if (at + 1 === length && !last) return MORE;
        if (text.charCodeAt(at + 1) === FEED) at += 1;
      }
    } else {
      const start = at;
      let code = text.charCodeAt(at);
      while (at < length && code !== delimiter && code !== FEED && code !== QUOTE) {
        at += 1;
        code = text.charCodeAt(at);
      }
      if (at === length) {
        if (!last) return MORE;
        cells.push(text.slice(start));
        return length;
      }
      if (code === QUOTE) return STRAY;
      const cut = code === FEED && at > start && text.charCodeAt(at - 1) === RETURN ? at - 1 : at;
      cells.push(text.slice(start, cut));
    }
    const code = text.charCodeAt(at);
    at += 1;
    if (code === FEED) return at;
    if (code !== delimiter) return STRAY;
  }
}

function closingQuote(text: string, open: number): number {
  let close = text.indexOf('"', open + 1);
  while (close !== -1 && text.charCodeAt(close + 1) === QUOTE) close = text.indexOf('"', close + 2);
  return close;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.length === 1 && cells[0] === '';
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf('\n', from);
  return feed === -1 ? text.length : feed + 1;
}

function trimEnd(text: string, start: number, next: number): number {
  let end = next;
  if (end > start && text.charCodeAt(end - 1) === FEED) end -= 1;
  if (end > start && end < next && text.charCodeAt(end - 1) === RETURN) end -= 1;
  return end;
}

function linesIn(text: string, start: number, next: number): number {
  let lines = 0;
  for (let at = text.indexOf('\n', start); at !== -1 && at < next; at = text.indexOf('\n', at + 1))
    lines += 1;
  return lines || 1;
}
