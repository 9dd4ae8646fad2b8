import type pg from 'pg';
import { cell, copyRows } from './copy-rows.ts';

/** One row of the roll-ups; `counts` in the order of `COUNTERS`, zeros as they are. */
export type RollupRow = {
  readonly basis: string;
  readonly hour: number;
  readonly place: string;
  readonly kind: string;
  readonly unit: string;
  readonly counts: readonly number[];
};

/*
 * In the table a zero is NULL: an element that is NULL takes one bit, so that a row with three of sixty counters is 60 bytes long
 * and not 500, and `sum(counts[n])` reads the same. Trailing NULLs are left out when a row is written and may stand after an addition.
 */

const COLUMNS = 'basis, hour, place, kind, unit, counts';

const STAGE = `CREATE TEMP TABLE IF NOT EXISTS rollup_delta
  (basis text, hour integer, place text, kind text, unit text, counts bigint[]) ON COMMIT DELETE ROWS`;

const ADD = `
  INSERT INTO rollup AS r (district, ${COLUMNS}) SELECT $1, ${COLUMNS} FROM rollup_delta
  ON CONFLICT (district, basis, hour, place, kind, unit) DO UPDATE SET counts = ARRAY(
    SELECT nullif(coalesce(n.was, 0) + coalesce(n.more, 0), 0)
    FROM unnest(r.counts, excluded.counts) WITH ORDINALITY AS n(was, more, at) ORDER BY n.at)`;

const REMOVE_EMPTY = `
  DELETE FROM rollup AS r USING rollup_delta AS d
  WHERE r.district = $1 AND r.basis = d.basis AND r.hour = d.hour AND r.place = d.place AND r.kind = d.kind
    AND r.unit = d.unit AND array_to_string(r.counts, '') = ''`;

/**
 * Adds rows to the roll-ups of a district, in the caller's transaction: a row that is there grows by the counts, one that comes to
 * nothing is removed. Each key at most once, in the order of `compareRows`, so that two writers never wait for each other crosswise.
 */
export async function addRollup(
  client: pg.ClientBase,
  district: string,
  rows: readonly RollupRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(STAGE);
  await client.query('DELETE FROM rollup_delta');
  await copyRows(client, 'rollup_delta', COLUMNS, rows, lineOf);
  await client.query(ADD, [district]);
  if (rows.some((row) => row.counts.some((count) => count < 0))) await client.query(REMOVE_EMPTY, [district]);
}

/** Rows of keys that are not there yet, by COPY. */
export async function copyRollup(
  client: pg.ClientBase,
  district: string,
  rows: readonly RollupRow[],
  table = 'rollup',
): Promise<void> {
  await copyRows(client, table, `district, ${COLUMNS}`, rows, (row) => `${district}\t${lineOf(row)}`);
}

function lineOf({ basis, hour, place, kind, unit, counts }: RollupRow): string {
  return `${basis}\t${hour}\t${cell(place)}\t${cell(kind)}\t${cell(unit)}\t${countsText(counts)}`;
}

/** `[0, 2, 0]` → `{NULL,2}`. */
export function countsText(counts: readonly number[]): string {
  let end = counts.length;
  while (end > 0 && !counts[end - 1]) end -= 1;
  let text = '{';
  for (let i = 0; i < end; i += 1) text += i === 0 ? counts[i] || 'NULL' : `,${counts[i] || 'NULL'}`;
  return `${text}}`;
}
