/** A table as CSV text (RFC 4180), each cell through `csvCell`; with a byte order mark, so that Excel shows Chinese. */
export function csvTable(rows: readonly (readonly (string | number | null)[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(csvCell).join(',')}\r\n`).join('')}`;
}

/**
 * One cell of a CSV file that is handed out: nothing for what there is none of, quoted where it must be (RFC 4180), never the beginning of
 * a formula. Every export of ours goes through here; a number is written as a number.
 */
export function csvCell(cell: string | number | null): string {
  if (cell === null) return '';
  return typeof cell === 'number' ? String(cell) : writeCsvLine([guardCell(cell)]);
}

/**
 * Spreadsheets run a cell that begins with = + - @ (or their full-width forms, or tab, or a line's end) as a formula, so a resident's words could run on a clerk's
 * machine (OWASP, "CSV Injection"). What we write as CSV or TSV is therefore prefixed with an apostrophe, which `unguardCell` takes
 * away again. A cell that already is an apostrophe before such a character gets one more: for every text, unguard(guard(text)) = text.
 */
export function guardCell(text: string): string {
  return DANGEROUS.test(text) ? `'${text}` : text;
}

export function unguardCell(text: string): string {
  return text.charCodeAt(0) === APOSTROPHE && GUARDED.test(text) ? text.slice(1) : text;
}

/** One CSV line without its end (RFC 4180): a cell is quoted where it holds the delimiter, a quote, or a line's end. */
export function writeCsvLine(cells: readonly string[], delimiter = ','): string {
  return cells.map((cell) => quote(cell, delimiter)).join(delimiter);
}

function quote(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

const APOSTROPHE = 39;
const DANGEROUS = /^'*[=+\-@＝＋－＠\t\r\n]/;
const GUARDED = /^'+[=+\-@＝＋－＠\t\r\n]/;
