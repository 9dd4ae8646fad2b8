import type pg from 'pg';
import { type PowerFilter, powerCondition } from './power-filter.ts';

/** How many open cases the second filter holds and the first does not, and the other way round. Reads open cases only. */
export async function countHeldChanges(
  pool: pg.Pool,
  district: string,
  before: PowerFilter,
  after: PowerFilter,
): Promise<{ readonly gains: number; readonly loses: number }> {
  const values: unknown[] = [district];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const [was, will] = [powerCondition(before, put, 'c'), powerCondition(after, put, 'c')];
  const { rows } = await pool.query<{ gains: number; loses: number }>(
    `SELECT count(*) FILTER (WHERE ${will} AND NOT (${was}))::int AS gains,
            count(*) FILTER (WHERE ${was} AND NOT (${will}))::int AS loses
     FROM case_now c WHERE c.district = $1 AND c.is_open`,
    values,
  );
  return rows[0]!;
}
