import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

/**
 * Writes rows by COPY, the fastest way in: one round trip whatever their number. The SQL in sight:
 * `COPY table (columns) FROM STDIN`. Needs no rows to be a no-op.
 *
 * @param lineOf a row in COPY's text format without its end of line; `cell` and `moment` make cells, `NULL_CELL` is null
 */
export async function copyRows<Row>(
  client: pg.ClientBase,
  table: string,
  columns: string,
  rows: readonly Row[],
  lineOf: (row: Row, position: number) => string,
): Promise<void> {
  if (rows.length === 0) return;
  const lines = new CopyLines();
  for (let i = 0; i < rows.length; i += 1) lines.add(`${lineOf(rows[i]!, i)}\n`);
  await copyBytes(client, table, columns, lines.bytes());
}

/** Sends lines that are ready, as bytes. */
export async function copyBytes(
  client: pg.ClientBase,
  table: string,
  columns: string,
  bytes: Buffer,
): Promise<void> {
  const stream = client.query(copyFrom(`COPY ${table} (${columns}) FROM STDIN`));
  await new Promise<void>((resolve, reject) => {
    stream.on('error', reject);
    stream.on('finish', () => resolve());
    stream.end(bytes);
  });
}

/** UTF-8 takes at most three bytes for a unit of UTF-16. */
const BYTES_A_UNIT = 3;

/** Lines as bytes, each encoded while it is warm: one string of a whole batch would be put together, flattened and encoded in turn. */
export class CopyLines {
  #bytes = Buffer.allocUnsafeSlow(1 << 18);
  #length = 0;

  /** Adds text and answers at which byte it ends. */
  add(text: string): number {
    const most = text.length * BYTES_A_UNIT;
    if (this.#length + most > this.#bytes.length) this.#grow(most);
    this.#length += this.#bytes.write(text, this.#length);
    return this.#length;
  }

  /** What was added; the next text may overwrite nothing of it, but may move it. */
  bytes(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #grow(most: number): void {
    const bytes = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + most));
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }
}

export const NULL_CELL = '\\N';

/** Text as a cell; null and undefined as NULL. Text that is known to hold nothing to escape may stand as it is. */
export function cell(text: string | null | undefined): string {
  return text === null || text === undefined ? NULL_CELL : escapeCopy(text);
}

export function bytesCell(bytes: Buffer | null): string {
  return bytes === null ? NULL_CELL : `\\\\x${bytes.toString('hex')}`;
}

/** text[] as a cell. */
export function listCell(items: readonly string[]): string {
  return escapeCopy(`{${items.map((item) => `"${item.replace(/["\\]/g, '\\$&')}"`).join(',')}}`);
}

const SPECIAL = /[\\\t\n\r\0]/;

/** NUL cannot be stored in PostgreSQL text; it is written as U+FFFD so that the words around it are kept. */
function escapeCopy(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll('\t', '\\t')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\0', '\uFFFD');
}

const DAY_MS = 86_400_000;
const days = new Map<number, string>();
const two = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/**
 * A moment as `timestamptz` reads it. Four times as fast as `toISOString`, which an import calls twice a fact; days are remembered, at most
 * some ten thousand of them.
 */
export function moment(at: number | null | undefined): string {
  if (at === null || at === undefined) return NULL_CELL;
  const day = Math.floor(at / DAY_MS);
  let date = days.get(day);
  if (date === undefined) {
    if (days.size > 20_000) days.clear();
    date = new Date(day * DAY_MS).toISOString().slice(0, 10);
    days.set(day, date);
  }
  const ms = at - day * DAY_MS;
  const seconds = Math.floor(ms / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${date} ${two[Math.floor(minutes / 60)]}:${two[minutes % 60]}:${two[seconds % 60]}.${String(ms % 1000).padStart(3, '0')}Z`;
}
