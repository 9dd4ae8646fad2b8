import { randomBytes, timingSafeEqual } from 'node:crypto';
import { DAY, type Instant, isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { inTransaction } from '@gezhi/storage';
import type pg from 'pg';
import type { Gate } from './gate.ts';
import { hashOf } from './hash-of.ts';
import { noteSecurity } from './security-log.ts';

/** What a service account may do: these routes only, with these powers, about these kinds, at these places. */
export type ServiceScope = {
  /** Names of routes of the contract. */
  readonly routes: readonly string[];
  /** Powers over cases that its commands may use; what its post lacks it lacks too. */
  readonly powers: readonly string[];
  /** Kinds of matters; a name that ends in a dot is all below it. Empty: all. */
  readonly kinds: readonly string[];
  /** Codes of places, each with all within it. Empty: all. */
  readonly places: readonly string[];
};

/** Another system, or a unit outside, that acts as a post. */
export type ServiceAccount = ServiceScope & {
  readonly district: string;
  readonly name: string;
  readonly post: string;
  readonly madeAt: Instant;
  readonly revokedAt?: Instant;
};

export type ServiceKey = {
  readonly id: string;
  readonly madeAt: Instant;
  readonly expiresAt: Instant;
  /** The day it was last used, `YYYY-MM-DD` in UTC. */
  readonly usedDay?: string;
  readonly revokedAt?: Instant;
};

/** A key as it is handed over: it is shown once, and lies here as a hash. */
export type NewKey = { readonly key: string; readonly id: string; readonly expiresAt: Instant };

export const KEY_DAYS = 365;
export const KEY_DAYS_MAX = 730;
/** Two at once: the new one is put in place before the old one goes. */
const KEYS_MAX = 2;

type Row = {
  readonly name: string;
  readonly post: string;
  readonly routes: readonly string[];
  readonly powers: readonly string[];
  readonly kinds: readonly string[];
  readonly places: readonly string[];
  readonly made_at: number;
  readonly revoked_at: number | null;
};

function accountOf(district: string, row: Row): ServiceAccount {
  const { name, post, routes, powers, kinds, places, made_at: madeAt, revoked_at: revokedAt } = row;
  const revoked = revokedAt === null ? {} : { revokedAt };
  return { district, name, post, routes, powers, kinds, places, madeAt, ...revoked };
}

/** Makes a service account and its first key. Refuses `bad-name`, `service-there`, `bad-days`. */
export async function makeService(
  gate: Gate,
  wanted: Omit<ServiceAccount, 'madeAt' | 'revokedAt'>,
  days: number = KEY_DAYS,
): Promise<NewKey | Refusal> {
  const { district, name, post, routes, powers, kinds, places } = wanted;
  if (!/^[a-z][a-z0-9-]{1,39}$/.test(name))
    return refuse(
      'bad-name',
      'A service account is named by small letters, digits and -, such as water-works.',
    );
  return await inTransaction(gate.pool, async (client) => {
    const { rowCount } = await client.query(
      `INSERT INTO service_account (district, name, post, routes, powers, kinds, places, made_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
      [district, name, post, routes, powers, kinds, places, isoInstant(gate.now())],
    );
    if (!rowCount) return refuse('service-there', `There is a service account "${name}" already.`);
    await noteSecurity(gate, district, { event: 'serviceMade', detail: { service: name, post } }, client);
    return await addKey(gate, client, district, name, days);
  });
}

/**
 * Makes another key beside the one that is used; of three the oldest goes. Refuses `no-such-service`, `bad-days`.
 */
export async function rotateKey(
  gate: Gate,
  district: string,
  name: string,
  days: number = KEY_DAYS,
): Promise<NewKey | Refusal> {
  return await inTransaction(gate.pool, async (client) => {
    const { rows } = await client.query(
      'SELECT 1 FROM service_account WHERE district = $1 AND name = $2 AND revoked_at IS NULL FOR UPDATE',
      [district, name],
    );
    if (rows.length === 0) return refuse('no-such-service', `There is no service account "${name}".`);
    const made = await addKey(gate, client, district, name, days);
    if (isRefusal(made)) return made;
    const { rows: old } = await client.query<{ id: string }>(
      `UPDATE service_key SET revoked_at = $3 WHERE district = $1 AND id IN (
         SELECT id FROM service_key WHERE district = $1 AND service = $2 AND revoked_at IS NULL AND expires_at > $3
         ORDER BY made_at DESC, id = $5 DESC OFFSET $4) RETURNING id`,
      [district, name, isoInstant(gate.now()), KEYS_MAX, made.id],
    );
    for (const { id } of old)
      await noteSecurity(gate, district, { event: 'keyRevoked', detail: { service: name, key: id } }, client);
    return made;
  });
}

async function addKey(
  gate: Gate,
  client: pg.ClientBase,
  district: string,
  name: string,
  days: number,
): Promise<NewKey | Refusal> {
  if (!(Number.isInteger(days) && days >= 1 && days <= KEY_DAYS_MAX))
    return refuse('bad-days', `A key lasts 1 to ${KEY_DAYS_MAX} days.`);
  const now = gate.now();
  const id = randomBytes(6).toString('hex');
  const secret = randomBytes(24).toString('base64url');
  const expiresAt = now + days * DAY;
  await client.query(
    'INSERT INTO service_key (district, id, service, hash, made_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)',
    [district, id, name, hashOf(secret), isoInstant(now), isoInstant(expiresAt)],
  );
  await noteSecurity(gate, district, { event: 'keyMade', detail: { service: name, key: id } }, client);
  return { key: `gzk_${district}_${id}_${secret}`, id, expiresAt };
}

/** Closes a service account, or one key of it, at once. Refuses `no-such-service`. */
export async function revokeService(
  gate: Gate,
  district: string,
  name: string,
  keyId?: string,
): Promise<undefined | Refusal> {
  const now = isoInstant(gate.now());
  const { rowCount } = await gate.pool.query(
    `UPDATE service_key SET revoked_at = $3
     WHERE district = $1 AND service = $2 AND revoked_at IS NULL AND ($4::text IS NULL OR id = $4)`,
    [district, name, now, keyId ?? null],
  );
  const closed =
    keyId === undefined &&
    (await gate.pool.query(
      'UPDATE service_account SET revoked_at = $3 WHERE district = $1 AND name = $2 AND revoked_at IS NULL',
      [district, name, now],
    ));
  if (!rowCount && !(closed ? closed.rowCount : 0))
    return refuse('no-such-service', `There is no such service account or key: ${name}.`);
  const event = keyId === undefined ? 'serviceRevoked' : 'keyRevoked';
  await noteSecurity(gate, district, { event, detail: { service: name, ...(keyId ? { key: keyId } : {}) } });
  return undefined;
}

/** The service accounts of a district with their keys, newest first. */
export async function listServices(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
): Promise<readonly { readonly service: ServiceAccount; readonly keys: readonly ServiceKey[] }[]> {
  const { rows } = await pool.query<Row>(
    `SELECT name, post, routes, powers, kinds, places, made_at, revoked_at FROM service_account
     WHERE district = $1 ORDER BY name`,
    [district],
  );
  const { rows: keys } = await pool.query<{
    id: string;
    service: string;
    made_at: number;
    expires_at: number;
    used_day: string | null;
    revoked_at: number | null;
  }>(
    `SELECT id, service, made_at, expires_at, used_day, revoked_at FROM service_key
     WHERE district = $1 ORDER BY made_at DESC`,
    [district],
  );
  return rows.map((row) => ({
    service: accountOf(district, row),
    keys: keys
      .filter(({ service }) => service === row.name)
      .map(({ id, made_at: madeAt, expires_at: expiresAt, used_day: usedDay, revoked_at: revokedAt }) => ({
        id,
        madeAt,
        expiresAt,
        ...(usedDay === null ? {} : { usedDay }),
        ...(revokedAt === null ? {} : { revokedAt }),
      })),
  }));
}

/** Whether a bearer token looks like a key of a service account. */
export function isServiceKey(token: string): boolean {
  return token.startsWith('gzk_');
}

/** The service account that a key speaks for, where it is good now. One round trip; the day of use is written once a day. */
export async function serviceByKey(gate: Gate, key: string): Promise<ServiceAccount | undefined> {
  const [, district = '', id = '', secret = ''] =
    /^gzk_([^_]{1,24})_([0-9a-f]{12})_([\w-]{32})$/.exec(key) ?? [];
  const now = gate.now();
  const { rows } = await gate.pool.query<Row & { hash: Buffer; used_day: string | null; expires_at: number }>(
    {
      name: 'service-by-key',
      text: `SELECT a.name, a.post, a.routes, a.powers, a.kinds, a.places, a.made_at, a.revoked_at,
             k.hash, k.used_day, k.expires_at
           FROM service_key AS k, service_account AS a
           WHERE k.district = $1 AND k.id = $2 AND k.revoked_at IS NULL
             AND a.district = $1 AND a.name = k.service AND a.revoked_at IS NULL`,
      values: [district, id],
    },
  );
  const given = hashOf(secret);
  const row = rows[0];
  if (!timingSafeEqual(given, row?.hash ?? Buffer.alloc(given.length)) || !row || row.expires_at <= now)
    return undefined;
  const today = isoInstant(now).slice(0, 10);
  if (row.used_day !== today)
    await gate.pool.query('UPDATE service_key SET used_day = $3 WHERE district = $1 AND id = $2', [
      district,
      id,
      today,
    ]);
  return accountOf(district, row);
}
