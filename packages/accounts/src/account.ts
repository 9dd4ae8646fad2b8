import { randomUUID } from 'node:crypto';
import { type Instant, isoInstant, isRefusal, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import { inTransaction } from '@gezhi/storage';
import type pg from 'pg';
import type { Gate } from './gate.ts';
import { handleOf, normalName } from './handle.ts';
import { noteSecurity } from './security-log.ts';
import { takeTries } from './tries.ts';

/** The three who keep a system, of whom none reads cases. */
export const ADMIN_ROLES = ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const;
export type AdminRole = (typeof ADMIN_ROLES)[number];
export type AccountRole = 'staff' | AdminRole;

export type Account = {
  readonly id: string;
  readonly district: string;
  /** The staff number. */
  readonly name: string;
  readonly role: AccountRole;
  readonly hasSecondFactor: boolean;
  readonly closedAt?: Instant;
};

export type AccountRow = {
  readonly id: string;
  readonly district: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly has_second_factor: boolean;
  readonly closed_at: number | null;
};

export const ACCOUNT_COLUMNS = 'id, district, name, role, has_second_factor, closed_at';

export function accountOf(row: AccountRow): Account {
  const { id, district, name, role, has_second_factor: hasSecondFactor, closed_at: closedAt } = row;
  return { id, district, name, role, hasSecondFactor, ...(closedAt === null ? {} : { closedAt }) };
}

export function isAdmin(role: AccountRole): role is AdminRole {
  return role !== 'staff';
}

/** The account of a staff number in a district. */
export async function findAccount(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
  name: string,
): Promise<Account | undefined> {
  const { rows } = await pool.query<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE district = $1 AND handle = $2`,
    [district, handleOf(district, name)],
  );
  return rows[0] && accountOf(rows[0]);
}

export async function accountById(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
  id: string,
): Promise<Account | undefined> {
  const { rows } = await pool.query<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE district = $1 AND id = $2`,
    [district, id],
  );
  return rows[0] && accountOf(rows[0]);
}

/** All accounts of a district, by staff number. */
export async function listAccounts(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
): Promise<readonly Account[]> {
  const { rows } = await pool.query<AccountRow>(
    `SELECT ${ACCOUNT_COLUMNS} FROM account WHERE district = $1 ORDER BY name`,
    [district],
  );
  return rows.map(accountOf);
}

/** Whether anybody has an account in a district. */
export async function hasAccounts({ pool }: Pick<Gate, 'pool'>, district: string): Promise<boolean> {
  const { rows } = await pool.query('SELECT 1 FROM account WHERE district = $1 LIMIT 1', [district]);
  return rows.length > 0;
}

export type NewAccount = {
  readonly district: string;
  readonly name: string;
  readonly role: AccountRole;
  /** Who makes it, by the id of their account. */
  readonly by?: string;
};

/** Makes an account that has no way in yet. Refuses `bad-name`, `account-there`. */
export async function makeAccount(gate: Gate, wanted: NewAccount): Promise<Account | Refusal> {
  return await inTransaction(gate.pool, (client) => makeAccountIn(gate, client, wanted));
}

/** The same in a transaction of the caller. */
export async function makeAccountIn(
  gate: Gate,
  client: pg.ClientBase,
  { district, name, role, by }: NewAccount,
): Promise<Account | Refusal> {
  const number = name.normalize('NFKC').trim();
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(number)) {
    return refuse('bad-name', 'A staff number has letters, digits and . _ -, 40 at most.');
  }
  const now = isoInstant(gate.now());
  const { rows } = await client.query<AccountRow>(
    `INSERT INTO account (id, district, name, role, handle, created_at, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6, $6) ON CONFLICT DO NOTHING RETURNING ${ACCOUNT_COLUMNS}`,
    [randomUUID(), district, number, role, handleOf(district, normalName(number)), now],
  );
  const made = rows[0] && accountOf(rows[0]);
  if (!made) return refuse('account-there', `"${number}" has an account already.`);
  await noteSecurity(
    gate,
    district,
    { event: 'accountMade', account: made.id, by, detail: { role } },
    client,
  );
  return made;
}

/** Sets the password of an account, over what was there. Refuses `weak-password`. About 0.1 s: that is what scrypt is for. */
export async function setPassword(
  gate: Gate,
  account: Account,
  password: string,
): Promise<undefined | Refusal> {
  const weak = weaknessOf(account, password);
  if (isRefusal(weak)) return weak;
  const { password: hasher } = await gate.library.$context;
  const hash = await hasher.hash(password);
  await inTransaction(gate.pool, async (client) => {
    const values = [account.id, hash, isoInstant(gate.now())];
    const { rowCount } = await client.query(
      `UPDATE account_way SET password = $2, updated_at = $3 WHERE account_id = $1 AND provider = 'credential'`,
      values,
    );
    if (!rowCount) {
      await client.query(
        `INSERT INTO account_way (id, account_id, provider, subject, password, created_at, updated_at)
         VALUES ($4, $1, 'credential', $1, $2, $3, $3)`,
        [...values, randomUUID()],
      );
    }
    await client.query('DELETE FROM account_session WHERE account_id = $1', [account.id]);
    await noteSecurity(gate, account.district, { event: 'passwordSet', account: account.id }, client);
  });
  return undefined;
}

/** Length is what counts (NIST SP 800-63B, 5.1.1.2); what everybody guesses first is refused. */
function weaknessOf({ name }: Account, password: string): Refusal | undefined {
  const { length } = [...password];
  const plain = password.toLowerCase();
  if (length < 12 || length > 128) return refuse('weak-password', 'A password has 12 to 128 characters.');
  if (new Set(plain).size < 5 || plain.includes(normalName(name)) || /^(.{1,4})\1+$/u.test(plain)) {
    return refuse('weak-password', 'It repeats itself, or holds the staff number.');
  }
  return undefined;
}

/** Closes an account: its sessions end, it signs in no more. */
export async function closeAccount(gate: Gate, account: Account, by: string | undefined): Promise<void> {
  await inTransaction(gate.pool, async (client) => {
    await client.query('UPDATE account SET closed_at = $2 WHERE id = $1', [
      account.id,
      isoInstant(gate.now()),
    ]);
    await client.query('DELETE FROM account_session WHERE account_id = $1', [account.id]);
    await noteSecurity(gate, account.district, { event: 'accountClosed', account: account.id, by }, client);
  });
}

/** Takes the second factors of an account away, passkeys too, and ends its sessions: who lost a telephone begins anew by a link. */
export async function takeFactorsAway(gate: Gate, account: Account, by: string | undefined): Promise<void> {
  await inTransaction(gate.pool, async (client) => {
    await client.query('UPDATE account SET has_second_factor = false WHERE id = $1', [account.id]);
    for (const table of ['account_factor', 'account_passkey', 'account_session'])
      await client.query(`DELETE FROM ${table} WHERE account_id = $1`, [account.id]);
    const event = { event: 'factorTakenAway', account: account.id, by } as const;
    await noteSecurity(gate, account.district, event, client);
  });
}

/** Whether an account has a password; whom a single sign-on knows may have none. */
export async function hasPassword({ pool }: Pick<Gate, 'pool'>, { id }: Account): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT 1 FROM account_way WHERE account_id = $1 AND provider = 'credential' AND password IS NOT NULL`,
    [id],
  );
  return rows.length > 0;
}

/**
 * Changes the password of whoever types the one before; all sessions end, and one signs in anew. Refuses `wrong-sign-in`, `weak-password`,
 * `too-many-tries`.
 */
export async function changePassword(
  gate: Gate,
  account: Account,
  change: { readonly before: string; readonly next: string },
): Promise<undefined | Refusal> {
  const key = { use: 'change', of: account.id, limit: { triesMax: 5, stretchMs: 15 * MINUTE } };
  const tooMany = await takeTries(gate, account.district, [key]);
  if (tooMany) return tooMany;
  const { rows } = await gate.pool.query<{ password: string | null }>(
    `SELECT password FROM account_way WHERE account_id = $1 AND provider = 'credential'`,
    [account.id],
  );
  const { password: hasher } = await gate.library.$context;
  const hash = rows[0]?.password;
  if (!hash || !(await hasher.verify({ hash, password: change.before })))
    return refuse('wrong-sign-in', 'The password is not right.');
  return await setPassword(gate, account, change.next);
}
