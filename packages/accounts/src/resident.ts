import { randomBytes, randomInt, randomUUID, timingSafeEqual } from 'node:crypto';
import { DAY, HOUR, type Instant, isoInstant, MINUTE, type Refusal, refuse } from '@gezhi/basis';
import { type Gate, keyedHash } from './gate.ts';
import { hashOf } from './hash-of.ts';
import { noteSecurity } from './security-log.ts';
import { type TryKey, takeTries } from './tries.ts';

/** A code is good so long, and for so many tries. */
export const CODE_MS = 10 * MINUTE;
export const CODE_TRIES_MAX = 5;
/** A resident's session ends after so long, whatever was done meanwhile. */
export const RESIDENT_MS = HOUR;

const CODES_A_CONTACT = { triesMax: 3, stretchMs: HOUR };
const CODES_A_DAY = { triesMax: 8, stretchMs: DAY };
const CODES_A_MACHINE = { triesMax: 20, stretchMs: HOUR };
const TRIES_A_MACHINE = { triesMax: 60, stretchMs: HOUR };

/** Who asks: the mark by which the vault finds a telephone number or mail address, and the machine. */
export type Asking = { readonly district: string; readonly mark: Buffer; readonly machine: string };

/**
 * Makes a code for whoever asks, of six digits. Whether it is sent is the caller's: a contact that nobody here has gets none, and the same
 * answer in the same time. Refuses `too-many-tries`, for known contacts and others alike.
 */
export async function makeResidentCode(
  gate: Gate,
  { district, mark, machine }: Asking,
): Promise<string | Refusal> {
  const of = mark.toString('base64');
  const keys: readonly TryKey[] = [
    { use: 'code contact', of, limit: CODES_A_CONTACT },
    { use: 'code contact day', of, limit: CODES_A_DAY },
    { use: 'code machine', of: machine, limit: CODES_A_MACHINE },
  ];
  const tooMany = await takeTries(gate, district, keys);
  if (tooMany) return tooMany;
  const now = gate.now();
  const id = randomUUID();
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await gate.pool.query(
    'DELETE FROM resident_code WHERE district = $1 AND (contact = $2 OR expires_at < $3)',
    [district, mark, isoInstant(now)],
  );
  await gate.pool.query(
    'INSERT INTO resident_code (district, id, contact, code, expires_at) VALUES ($1, $2, $3, $4, $5)',
    [district, id, mark, codeHash(gate, id, code), isoInstant(now + CODE_MS)],
  );
  await noteSecurity(gate, district, { event: 'residentCodeAsked', machine });
  return code;
}

/** Opens a session by a code. Each try is counted before its code is looked at. Refuses `wrong-code`, `too-many-tries`. */
export async function openByResidentCode(
  gate: Gate,
  { district, mark, machine }: Asking,
  code: string,
): Promise<{ readonly token: string; readonly expiresAt: Instant } | Refusal> {
  const tooMany = await takeTries(gate, district, [
    { use: 'code try machine', of: machine, limit: TRIES_A_MACHINE },
  ]);
  if (tooMany) return tooMany;
  const now = gate.now();
  const { rows } = await gate.pool.query<{ id: string; code: Buffer }>(
    `UPDATE resident_code SET tries = tries + 1
     WHERE district = $1 AND contact = $2 AND used_at IS NULL AND expires_at > $3 AND tries < $4 RETURNING id, code`,
    [district, mark, isoInstant(now), CODE_TRIES_MAX],
  );
  const right = rows[0]?.code ?? Buffer.alloc(32);
  const given = codeHash(gate, rows[0]?.id ?? randomUUID(), code.replace(/\s/g, '').slice(0, 12));
  if (!timingSafeEqual(given, right) || !rows[0] || !(await isFirstUse(gate, district, rows[0].id, now))) {
    await noteSecurity(gate, district, { event: 'residentCodeFailed', machine });
    return refuse('wrong-code', 'The code is wrong, or its ten minutes are over.');
  }
  await noteSecurity(gate, district, { event: 'residentSignedIn', machine });
  return await openResident(gate, district, mark);
}

async function isFirstUse(gate: Gate, district: string, id: string, now: Instant): Promise<boolean> {
  const { rowCount } = await gate.pool.query(
    'UPDATE resident_code SET used_at = $3 WHERE district = $1 AND id = $2 AND used_at IS NULL',
    [district, id, isoInstant(now)],
  );
  return rowCount === 1;
}

/** A ticket is good so long, once. */
export const TICKET_MS = MINUTE;

/** Makes a ticket for whoever another system proved a contact of: good once, for a minute. It opens nothing but a session. */
export async function makeResidentTicket(gate: Gate, { district, mark, machine }: Asking): Promise<string> {
  await noteSecurity(gate, district, { event: 'residentHandedOver', machine });
  return (await openResident(gate, district, mark, TICKET_MS)).token;
}

/** Opens a session by a ticket, and spends it. Refuses `wrong-code`. */
export async function openByResidentTicket(
  gate: Gate,
  district: string,
  ticket: string,
): Promise<{ readonly token: string; readonly expiresAt: Instant; readonly mark: Buffer } | Refusal> {
  const mark = await residentOf(gate, district, ticket);
  if (!mark || !(await endResident(gate, district, ticket)))
    return refuse('wrong-code', 'The ticket was used, or its minute is over.');
  return { ...(await openResident(gate, district, mark)), mark };
}

/** Opens a session for whoever proved that a contact is theirs. */
export async function openResident(
  gate: Gate,
  district: string,
  mark: Buffer,
  lastsMs = RESIDENT_MS,
): Promise<{ readonly token: string; readonly expiresAt: Instant }> {
  const now = gate.now();
  const token = randomBytes(32).toString('base64url');
  const expiresAt = now + lastsMs;
  await gate.pool.query('DELETE FROM resident_session WHERE district = $1 AND expires_at < $2', [
    district,
    isoInstant(now),
  ]);
  await gate.pool.query(
    `INSERT INTO resident_session (district, hash, contact, opened_at, seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $4, $5)`,
    [district, hashOf(token), mark, isoInstant(now), isoInstant(expiresAt)],
  );
  return { token, expiresAt };
}

/** The mark of whoever a session belongs to; nobody's where it is over. */
export async function residentOf(
  gate: Gate,
  district: string,
  token: string | undefined,
): Promise<Buffer | undefined> {
  if (!token || !/^[\w-]{43}$/.test(token)) return undefined;
  const { rows } = await gate.pool.query<{ contact: Buffer }>({
    name: 'resident-session',
    text: 'SELECT contact FROM resident_session WHERE district = $1 AND hash = $2 AND expires_at > $3',
    values: [district, hashOf(token), isoInstant(gate.now())],
  });
  return rows[0]?.contact;
}

/** Ends a session; harmless where there is none. Answers whether there was. */
export async function endResident(gate: Gate, district: string, token: string | undefined): Promise<boolean> {
  if (!token) return false;
  const { rowCount } = await gate.pool.query(
    'DELETE FROM resident_session WHERE district = $1 AND hash = $2',
    [district, hashOf(token)],
  );
  return rowCount === 1;
}

/** Of six digits a plain hash hides nothing: the key does. */
function codeHash(gate: Gate, id: string, code: string): Buffer {
  return keyedHash(gate, 'resident code', `${id}\n${code}`);
}
