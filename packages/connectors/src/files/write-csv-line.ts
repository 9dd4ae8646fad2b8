/** One CSV line without its end (RFC 4180): a cell is quoted where it holds the delimiter, a quote, or a line's end. */
export function writeCsvLine(cells: readonly string[], delimiter = ','): string {
  return cells.map((cell) => quote(cell, delimiter)).join(delimiter);
}

function quote(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
