export type Row = Readonly<Record<string, string>>;

/** RFC 4180 with a header line; line ends are LF. A column that a row does not name is left empty. */
export function writeCsv(columns: readonly string[], rows: readonly Row[]): string {
  const lines = rows.map((row) => columns.map((column) => quote(row[column] ?? '')).join(','));
  return `${[columns.join(','), ...lines].join('\n')}\n`;
}

function quote(cell: string): string {
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}

/** Reads what `writeCsv` writes: quoted cells, doubled quotes, LF or CRLF. */
export function readCsv(text: string): Row[] {
  const [header, ...lines] = cells(text);
  return lines
    .filter((line) => line.length > 1 || line[0] !== '')
    .map((line) => Object.fromEntries((header ?? []).map((column, i) => [column, line[i] ?? ''])));
}

function cells(text: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    lines.at(-1)!.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '') break;
    if (end !== ',') lines.push([]);
  }
  if (lines.at(-1)!.length <= 1 && !lines.at(-1)![0]) lines.pop();
  return lines;
}
