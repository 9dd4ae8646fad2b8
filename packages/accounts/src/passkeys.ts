import type { Instant } from '@gezhi/basis';
import type { Account } from './account.ts';
import type { Gate } from './gate.ts';
import { noteSecurity } from './security-log.ts';

/** A passkey of an account. */
export type Passkey = { readonly id: string; readonly label: string; readonly madeAt: Instant };

export async function listPasskeys(
  { pool }: Pick<Gate, 'pool'>,
  { id }: Account,
): Promise<readonly Passkey[]> {
  const { rows } = await pool.query<{ id: string; label: string; made_at: number }>(
    'SELECT id, label, made_at FROM account_passkey WHERE account_id = $1 ORDER BY made_at',
    [id],
  );
  return rows.map(({ id: passkey, label, made_at: madeAt }) => ({ id: passkey, label, madeAt }));
}

/** Removes a passkey of an account; harmless where there is none. */
export async function takePasskeyAway(gate: Gate, account: Account, id: string): Promise<void> {
  const { rowCount } = await gate.pool.query(
    'DELETE FROM account_passkey WHERE account_id = $1 AND id = $2',
    [account.id, id],
  );
  if (rowCount)
    await noteSecurity(gate, account.district, { event: 'passkeyTakenAway', account: account.id });
}
