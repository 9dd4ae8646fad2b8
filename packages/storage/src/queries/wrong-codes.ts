import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

/** Until when a number is locked because of wrong codes; `undefined` where it is not. */
export async function lockOf(
  pool: pg.Pool,
  district: string,
  number: string,
  now: Instant,
): Promise<Instant | undefined> {
  const { rows } = await pool.query<{ locked_until: number }>({
    name: 'lock-of',
    text: 'SELECT locked_until FROM wrong_code WHERE district = $1 AND number = $2 AND locked_until > $3',
    values: [district, number, new Date(now).toISOString()],
  });
  return rows[0]?.locked_until;
}

/**
 * Counts a try before anybody looks at its code, as if it were wrong: however many processes try at once, `triesMax` of them are
 * counted and no more. The last locks the number until `lockUntil`, and counting begins anew after that. The commit is not waited for
 * on disk: a power cut may forget a try.
 *
 * @returns until when the number is locked now, or nothing; `undefined` where it was locked before, and the try does not count
 */
export async function countTry(
  pool: pg.Pool,
  district: string,
  number: string,
  { now, triesMax, lockUntil }: { now: Instant; triesMax: number; lockUntil: Instant },
): Promise<{ readonly lockedUntil?: Instant } | undefined> {
  const { rows } = await pool.query<{ locked_until: number | null }>({
    name: 'count-try',
    text: `INSERT INTO wrong_code AS w (district, number, wrong)
      SELECT $1, $2, 1 FROM set_config('synchronous_commit', 'off', true)
      ON CONFLICT (district, number) DO UPDATE SET
        wrong = CASE WHEN w.locked_until IS NOT NULL THEN 1 ELSE w.wrong + 1 END,
        locked_until = CASE WHEN w.locked_until IS NULL AND w.wrong + 1 >= $4 THEN $5::timestamptz END
      WHERE w.locked_until IS NULL OR w.locked_until <= $3
      RETURNING locked_until`,
    values: [district, number, new Date(now).toISOString(), triesMax, new Date(lockUntil).toISOString()],
  });
  const counted = rows[0];
  if (!counted) return undefined;
  return counted.locked_until === null ? {} : { lockedUntil: counted.locked_until };
}

/** Gives the counted tries of a number back, after the right code. */
export async function forgetTries(pool: pg.Pool, district: string, number: string): Promise<void> {
  await pool.query({
    name: 'forget-tries',
    text: `DELETE FROM wrong_code WHERE district = $1 AND number = $2
      AND set_config('synchronous_commit', 'off', true) = 'off'`,
    values: [district, number],
  });
}
