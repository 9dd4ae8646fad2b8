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

/** Counts a wrong code; the `wrongMax`th locks the number until `lockUntil`, and counting begins anew after it. */
export async function countWrongCode(
  pool: pg.Pool,
  district: string,
  number: string,
  { now, wrongMax, lockUntil }: { now: Instant; wrongMax: number; lockUntil: Instant },
): Promise<{ readonly lockedUntil?: Instant; readonly left: number }> {
  const { rows } = await pool.query<{ wrong: number; locked_until: number | null }>({
    name: 'count-wrong-code',
    text: `INSERT INTO wrong_code AS w (district, number, wrong) VALUES ($1, $2, 1)
      ON CONFLICT (district, number) DO UPDATE SET
        wrong = CASE WHEN w.locked_until > $3 THEN w.wrong WHEN w.locked_until IS NOT NULL THEN 1 ELSE w.wrong + 1 END,
        locked_until = CASE WHEN w.locked_until > $3 THEN w.locked_until
          WHEN w.locked_until IS NULL AND w.wrong + 1 >= $4 THEN $5::timestamptz END
      RETURNING wrong, locked_until`,
    values: [district, number, new Date(now).toISOString(), wrongMax, new Date(lockUntil).toISOString()],
  });
  const { wrong = 0, locked_until } = rows[0] ?? {};
  return locked_until ? { lockedUntil: locked_until, left: 0 } : { left: wrongMax - wrong };
}

/** Forgets the wrong codes of a number, after the right one. */
export async function forgetWrongCodes(pool: pg.Pool, district: string, number: string): Promise<void> {
  await pool.query({
    name: 'forget-wrong-codes',
    text: 'DELETE FROM wrong_code WHERE district = $1 AND number = $2',
    values: [district, number],
  });
}
