import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/**
 * Cases of a district one of whose clocks has passed, the longest passed first, locked for this transaction; those that somebody
 * else works on just now are left for the next time. At most `limit`.
 */
export async function lockDueCases(
  client: pg.ClientBase,
  district: string,
  now: Instant,
  limit: number,
): Promise<readonly CaseId[]> {
  const { rows } = await client.query<{ case_id: CaseId }>({
    name: 'lock-due-cases',
    text: `SELECT case_id FROM case_now WHERE district = $1 AND next_due <= $2
           ORDER BY next_due LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [district, new Date(now).toISOString(), limit],
  });
  return rows.map((row) => row.case_id);
}

/** How many clocks of a district have passed unnoticed, and since when. */
export async function dueUnnoticed(
  pool: pg.Pool,
  district: string,
  now: Instant,
): Promise<{ readonly cases: number; readonly since: Instant | null }> {
  const { rows } = await pool.query<{ cases: number; since: Instant | null }>({
    name: 'due-unnoticed',
    text: `SELECT count(*) AS cases, min(next_due) AS since FROM case_now
           WHERE district = $1 AND next_due <= $2`,
    values: [district, new Date(now).toISOString()],
  });
  return rows[0]!;
}
