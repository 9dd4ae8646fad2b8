import { randomUUID } from 'node:crypto';
import { type Instant, isoInstant } from '@gezhi/basis';
import type pg from 'pg';
import { type Gate, keyedHash } from './gate.ts';

/** What can happen at the door. */
export const SECURITY_EVENTS = [
  'signedIn',
  'signInFailed',
  'tooManyTries',
  'signedOut',
  'sessionRevoked',
  'postChosen',
  'accountMade',
  'accountClosed',
  'linkMade',
  'passwordSet',
  'factorAsked',
  'factorMade',
  'factorTakenAway',
  'factorFailed',
  'passkeyMade',
  'passkeyTakenAway',
  'setUpOpened',
  'setUpLapsed',
  'serviceMade',
  'serviceRevoked',
  'keyMade',
  'keyRevoked',
  'breachReported',
  'residentCodeAsked',
  'residentSignedIn',
  'residentCodeFailed',
  'residentHandedOver',
] as const;
export type SecurityEventKind = (typeof SECURITY_EVENTS)[number];

export type SecurityEvent = {
  readonly event: SecurityEventKind;
  /** Whose account it is about, by its id. */
  readonly account?: string | undefined;
  /** Who did it, where that is another one. */
  readonly by?: string | undefined;
  /** The address of the machine; only a keyed hash of it is kept. */
  readonly machine?: string | undefined;
  /** Codes only: never a name, a number of somebody, an address. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
};

/** Writes down what happened at the door. The table takes no change and no deletion. */
export async function noteSecurity(
  gate: Gate,
  district: string,
  { event, account, by, machine, detail = {} }: SecurityEvent,
  client: pg.Pool | pg.ClientBase = gate.pool,
): Promise<void> {
  await client.query({
    name: 'security-note',
    text: `INSERT INTO security_event (district, id, at, event, account_id, by_account_id, machine, detail)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [
      ...[district, randomUUID(), isoInstant(gate.now()), event, account ?? null, by ?? null],
      machine === undefined ? null : keyedHash(gate, 'machine', machine),
      JSON.stringify(detail),
    ],
  });
}

export type SecurityRow = {
  readonly at: Instant;
  readonly event: SecurityEventKind;
  /** The staff number of the account. */
  readonly account?: string;
  readonly by?: string;
  readonly machine?: string;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
};

const ROWS_MAX = 500;

/** The newest events, or those before a moment; 500 at most. */
export async function readSecurityLog(
  { pool }: Pick<Gate, 'pool'>,
  district: string,
  before?: Instant,
): Promise<readonly SecurityRow[]> {
  const { rows } = await pool.query<{
    at: number;
    event: SecurityEventKind;
    account: string | null;
    by: string | null;
    machine: Buffer | null;
    detail: SecurityRow['detail'];
  }>(
    `SELECT at, event, machine, detail,
       (SELECT name FROM account WHERE id = e.account_id) AS account,
       (SELECT name FROM account WHERE id = e.by_account_id) AS by
     FROM security_event AS e WHERE district = $1 AND at < $2 ORDER BY at DESC, id DESC LIMIT ${ROWS_MAX}`,
    [district, before === undefined ? 'infinity' : isoInstant(before)],
  );
  return rows.map(({ at, event, account, by, machine, detail }) => ({
    at,
    event,
    detail,
    ...(account === null ? {} : { account }),
    ...(by === null ? {} : { by }),
    ...(machine === null ? {} : { machine: machine.toString('hex').slice(0, 8) }),
  }));
}
