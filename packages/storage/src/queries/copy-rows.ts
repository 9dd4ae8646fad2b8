import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/** What can stand in a cell: a moment is a Date, an array is text[]; everything else as it prints. */
export type Cell = string | number | boolean | Date | Buffer | readonly string[] | null | undefined;

/**
 * Writes rows by COPY, the fastest way in: one round trip whatever their number. The SQL in sight:
 * `COPY table (columns) FROM STDIN`. Needs no rows to be a no-op.
 */
export async function copyRows(
  client: pg.ClientBase,
  table: string,
  columns: string,
  rows: readonly (readonly Cell[])[],
): Promise<void> {
  if (rows.length === 0) return;
  await copyText(client, table, columns, rows.map(copyLine).join(''));
}

/** The same for text that is in COPY's own format already; `copyLine` makes it. */
export async function copyText(
  client: pg.ClientBase,
  table: string,
  columns: string,
  text: string,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('finish', () => resolve());
    stream.end(text);
  });
}

/** One row in COPY's text format, with its end of line. */
export function copyLine(cells: readonly Cell[]): string {
  let line = copyCell(cells[0]);
  for (let i = 1; i < cells.length; i += 1) line += `\t${copyCell(cells[i])}`;
  return `${line}\n`;
}

function copyCell(cell: Cell): string {
  if (cell === null || cell === undefined) return '\\N';
  if (typeof cell === 'string') return escapeCopy(cell);
  if (typeof cell === 'number') return String(cell);
  if (typeof cell === 'boolean') return cell ? 't' : 'f';
  if (cell instanceof Date) return cell.toISOString();
  if (Buffer.isBuffer(cell)) return `\\\\x${cell.toString('hex')}`;
  return escapeCopy(`{${(cell as readonly string[]).map(quoteElement).join(',')}}`);
}

const quoteElement = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const SPECIAL = /[\\\t\n\r\0]/;

/** NUL cannot be stored in PostgreSQL text; it is written as U+FFFD so that the words around it are kept. */
export function escapeCopy(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\uFFFD');
}
