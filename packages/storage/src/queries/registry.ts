import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import { cell, copyRows, moment, NULL_CELL } from './copy-rows.ts';

/** What a district knows: places, units, posts, staff, duties, assets, kinds, lines, layers, days of its calendar, power lists of its own. */
export const SORTS = [
  'layer',
  'place',
  'line',
  'unit',
  'post',
  'staff',
  'roster',
  'duty',
  'asset',
  'kind',
  'day',
  'policy',
] as const;
export type Sort = (typeof SORTS)[number];

/** One record as it was known from a moment until the next one under the same code; `record` null: known to be gone. */
export type RegistryRow = {
  readonly sort: Sort;
  readonly code: string;
  readonly knownFrom: Instant;
  readonly record: unknown;
};

export type DistrictRow = {
  readonly district: string;
  readonly town: unknown;
  readonly registry: readonly RegistryRow[];
};

/** Every district with all it ever knew, in order of code and knowledge. Read once at the start and after an import. */
export async function readRegistry(pool: pg.Pool): Promise<readonly DistrictRow[]> {
  const { rows: districts } = await pool.query<{ district: string; town: unknown }>(
    'SELECT district, town FROM district ORDER BY district',
  );
  const { rows } = await pool.query<{
    district: string;
    sort: Sort;
    code: string;
    known_from: number;
    record: unknown;
  }>(
    'SELECT district, sort, code, known_from, record FROM registry ORDER BY district, sort, code, known_from',
  );
  return districts.map(({ district, town }) => ({
    district,
    town,
    registry: rows
      .filter((row) => row.district === district)
      .map((row) => ({ sort: row.sort, code: row.code, knownFrom: row.known_from, record: row.record })),
  }));
}

/** Makes a district, or renews what is said of it, with an empty log. */
export async function saveDistrict(client: pg.ClientBase, district: string, town: unknown): Promise<void> {
  await client.query(
    'INSERT INTO district (district, town) VALUES ($1, $2) ON CONFLICT (district) DO UPDATE SET town = $2',
    [district, JSON.stringify(town)],
  );
  await client.query('INSERT INTO log_head (district) VALUES ($1) ON CONFLICT DO NOTHING', [district]);
}

/** Adds what is known from now on; what was known before stays. */
export async function addRegistry(
  client: pg.ClientBase,
  district: string,
  rows: readonly RegistryRow[],
): Promise<void> {
  await copyRows(
    client,
    'registry',
    'district, sort, code, known_from, record',
    rows,
    (r) =>
      `${district}\t${r.sort}\t${cell(r.code)}\t${moment(r.knownFrom)}\t` +
      (r.record === null ? NULL_CELL : cell(JSON.stringify(r.record))),
  );
}
