import { randomBytes } from 'node:crypto';
import { HOUR, type Instant, isoInstant, type Refusal, refuse } from '@gezhi/basis';
import type pg from 'pg';
import { type Account, accountById } from './account.ts';
import type { Gate } from './gate.ts';
import { hashOf } from './hash-of.ts';
import { noteSecurity } from './security-log.ts';

/** A link that opens something once. `key` stands in it and nowhere else; the database has its hash. */
export type Link = { readonly key: string; readonly expiresAt: Instant };

/** What a link opens: the first password of an account, or the set-up of a district. */
export type Opened = { readonly account?: Account };

const INVITE_MS = 72 * HOUR;
const SET_UP_MS = 2 * HOUR;

/** A link by which somebody sets the password of their account; links made before lapse. */
export async function makeInvite(gate: Gate, account: Account, by?: string): Promise<Link> {
  return await makeLink(gate, account.district, { account, by, lastsMs: INVITE_MS });
}

/** A link to the set-up of a district; those made before lapse. */
export async function makeSetUpLink(gate: Gate, district: string): Promise<Link> {
  return await makeLink(gate, district, { lastsMs: SET_UP_MS });
}

async function makeLink(
  gate: Gate,
  district: string,
  { account, by, lastsMs }: { account?: Account; by?: string | undefined; lastsMs: number },
): Promise<Link> {
  const now = gate.now();
  const key = randomBytes(24).toString('base64url');
  const expiresAt = now + lastsMs;
  const id = account?.id ?? null;
  await gate.pool.query(
    `UPDATE account_link SET used_at = $3
     WHERE district = $1 AND account_id IS NOT DISTINCT FROM $2 AND used_at IS NULL`,
    [district, id, isoInstant(now)],
  );
  await gate.pool.query(
    'INSERT INTO account_link (district, hash, account_id, made_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [district, hashOf(key), id, isoInstant(now), isoInstant(expiresAt)],
  );
  await noteSecurity(gate, district, { event: 'linkMade', account: account?.id, by });
  return { key, expiresAt };
}

/** What a link opens, without using it. Refuses `link-over`. */
export async function readLink(gate: Gate, district: string, key: string): Promise<Opened | Refusal> {
  const { rows } = await gate.pool.query<{ account_id: string | null }>(
    `SELECT account_id FROM account_link
     WHERE district = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $3`,
    [district, hashOf(key), isoInstant(gate.now())],
  );
  return await openedBy(gate, district, rows[0]);
}

/** Uses a link: of two who come at once, one gets in. Refuses `link-over`. */
export async function useLink(
  gate: Gate,
  district: string,
  key: string,
  client: pg.Pool | pg.ClientBase = gate.pool,
): Promise<Opened | Refusal> {
  const { rows } = await client.query<{ account_id: string | null }>(
    `UPDATE account_link SET used_at = $3
     WHERE district = $1 AND hash = $2 AND used_at IS NULL AND expires_at > $3 RETURNING account_id`,
    [district, hashOf(key), isoInstant(gate.now())],
  );
  return await openedBy(gate, district, rows[0]);
}

async function openedBy(
  gate: Gate,
  district: string,
  row: { readonly account_id: string | null } | undefined,
): Promise<Opened | Refusal> {
  if (row?.account_id === null) return {};
  const account = row && (await accountById(gate, district, row.account_id));
  if (account && account.closedAt === undefined) return { account };
  return refuse('link-over', 'This link was used, has lapsed, or was never made here.');
}
