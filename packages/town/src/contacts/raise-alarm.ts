import type { Instant } from '@gezhi/basis';
import type { Actor, Case } from '@gezhi/cases';
import { addLookAlarm, inTransaction, type LookAlarmRow, lookAlarms } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { isConcerned } from './is-concerned.ts';

/**
 * Writes down that somebody of a unit that a matter is about, or of one below it, tried to see who complained (《北京市接诉即办工作条例》第8条): a row for the person
 * and the audit administrators, and an event of the ledger. Nothing where they are not. What they are answered says nothing of it.
 */
export async function raiseAlarm(
  town: Town,
  c: Pick<Case, 'against'>,
  attempt: { readonly number: string; readonly by: Actor; readonly purpose: string },
  now: Instant,
): Promise<void> {
  const { number, by, purpose } = attempt;
  if (!isConcerned(town, c, by)) return;
  const unit = town.posts.get(by.post)?.unit ?? null;
  await inTransaction(town.db.pool, (client) =>
    addLookAlarm(client, town.district, {
      number,
      at: now,
      post: by.post,
      unit,
      staff: by.person ?? null,
      purpose,
    }),
  );
}

/** Attempts that were refused: of one number, or of the district, the newest first; for the person, and for audit administrators. */
export async function alarmsOf(
  town: Pick<Town, 'db' | 'district'>,
  of: { readonly number?: string; readonly before?: number; readonly limit?: number } = {},
): Promise<readonly LookAlarmRow[]> {
  return await lookAlarms(town.db.pool, town.district, of);
}
