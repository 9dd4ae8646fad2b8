import { isoInstant, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import { type Gate, keyedHash } from './gate.ts';

/** How often something may be tried in a stretch of time. */
export type TryLimit = { readonly triesMax: number; readonly stretchMs: number };

/** Of whose tries: only a keyed hash of it is kept. */
export type TryKey = { readonly use: string; readonly of: string; readonly limit: TryLimit };

/**
 * Counts a try for each of these keys before anything is looked at, over all processes. Refuses `too-many-tries` where one of them has had its
 * tries; `retryAfterSeconds` says when it has them again. `onSpent` is told once in a stretch, so that no log is filled from outside.
 */
export async function takeTries(
  gate: Gate,
  district: string,
  keys: readonly TryKey[],
  onSpent: () => Promise<void> = async () => undefined,
): Promise<Refusal | undefined> {
  const now = gate.now();
  let waitMs = 0;
  for (const { use, of, limit } of keys) {
    const { rows } = await gate.pool.query<{ since: number; tries: number }>({
      name: 'account-try',
      text: `INSERT INTO account_try (district, key, since, tries) VALUES ($1, $2, $3, 1)
             ON CONFLICT (district, key) DO UPDATE SET
               since = CASE WHEN account_try.since <= $4 THEN excluded.since ELSE account_try.since END,
               tries = CASE WHEN account_try.since <= $4 THEN 1 ELSE account_try.tries + 1 END
             RETURNING since, tries`,
      values: [district, keyedHash(gate, use, of), isoInstant(now), isoInstant(now - limit.stretchMs)],
    });
    const { since, tries } = rows[0]!;
    if (tries === limit.triesMax + 1) await onSpent();
    if (tries > limit.triesMax) waitMs = Math.max(waitMs, since + limit.stretchMs - now);
  }
  if (waitMs === 0) return undefined;
  const retryAfterSeconds = Math.max(1, Math.ceil(waitMs / 1000));
  return refuse('too-many-tries', `Too many tries; the next one in ${Math.ceil(waitMs / MINUTE)} minutes.`, {
    retryAfterSeconds,
  });
}

/** Gives tries back, where what was tried was right. */
export async function forgetTries(gate: Gate, district: string, keys: readonly TryKey[]): Promise<void> {
  await gate.pool.query('DELETE FROM account_try WHERE district = $1 AND key = ANY($2)', [
    district,
    keys.map(({ use, of }) => keyedHash(gate, use, of)),
  ]);
}
