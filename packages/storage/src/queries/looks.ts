import type { Instant } from '@gezhi/basis';
import type pg from 'pg';
import { addLedgerEvent } from './ledger-rows.ts';

type Client = pg.Pool | pg.ClientBase;

/** One look at what identifies somebody. `role` is whose: requester, reportedBy or contact. */
export type LookRow = {
  readonly number: string;
  readonly at: Instant;
  readonly role: string;
  readonly post: string;
  readonly unit: string | null;
  /** The staff number of who looked. */
  readonly staff: string | null;
  readonly purpose: string;
  readonly fields: readonly string[];
  readonly reason: string | null;
  /** Not told to the person before then, by this basis. */
  readonly put_off_until: Instant | null;
  readonly put_off_basis: string | null;
};

/** Writes a look down, as a row for the person and as an event of the ledger, in the caller's transaction. Two round trips. */
export async function addLook(client: pg.ClientBase, district: string, look: LookRow): Promise<void> {
  const { number, at, role, post, unit, staff, purpose, fields } = look;
  // The reason is free text and stays in the row.
  const event = await addLedgerEvent(client, district, {
    kind: 'look',
    at,
    body: {
      number,
      role,
      post,
      unit,
      staff,
      purpose,
      fields: [...fields],
      putOff: look.put_off_basis !== null,
    },
  });
  await client.query({
    name: 'add-look',
    text: `INSERT INTO contact_look (district, number, event, at, role, post, unit, staff, purpose, fields, reason,
             put_off_until, put_off_basis)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [
      ...[district, number, event, moment(at), role, post, unit, staff, purpose, fields, look.reason],
      look.put_off_until === null ? null : moment(look.put_off_until),
      look.put_off_basis,
    ],
  });
}

/** Every look at whoever stands behind a number that may be told now, the newest first. */
export async function looksAt(
  client: Client,
  district: string,
  number: string,
  now: Instant,
): Promise<readonly LookRow[]> {
  const { rows } = await client.query<LookRow>(
    `SELECT number, at, role, post, unit, staff, purpose, fields, reason, put_off_until, put_off_basis FROM contact_look
     WHERE district = $1 AND number = $2 AND (put_off_until IS NULL OR put_off_until <= $3) ORDER BY event DESC`,
    [district, number, moment(now)],
  );
  return rows;
}

/** How many looks are put off now, by legal basis: a count for the public, without numbers and names. */
export async function countPutOff(
  client: Client,
  district: string,
  now: Instant,
): Promise<readonly { readonly basis: string; readonly looks: number; readonly last: Instant }[]> {
  const { rows } = await client.query<{ basis: string; looks: number; last: Instant }>(
    `SELECT put_off_basis AS basis, count(*) AS looks, max(put_off_until) AS last FROM contact_look
     WHERE district = $1 AND put_off_until > $2 GROUP BY put_off_basis ORDER BY put_off_basis`,
    [district, moment(now)],
  );
  return rows;
}

/** A look that no power allows: who asked for it and why, who allowed it, and until when. */
export type BreakGlassRow = {
  readonly id: string;
  readonly number: string;
  readonly asked_at: Instant;
  readonly asked_post: string;
  readonly asked_staff: string;
  readonly reason: string;
  readonly allowed_at: Instant | null;
  readonly allowed_post: string | null;
  readonly allowed_staff: string | null;
  readonly until: Instant | null;
};

export async function addBreakGlass(
  client: Client,
  district: string,
  row: Pick<BreakGlassRow, 'id' | 'number' | 'asked_at' | 'asked_post' | 'asked_staff' | 'reason'>,
): Promise<void> {
  await client.query(
    `INSERT INTO break_glass (district, id, number, asked_at, asked_post, asked_staff, reason) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [district, row.id, row.number, moment(row.asked_at), row.asked_post, row.asked_staff, row.reason],
  );
}

/** What was asked about a number, the newest first; `id` alone where one is named. */
export async function breakGlassOf(
  client: Client,
  district: string,
  of: { readonly number: string } | { readonly id: string },
): Promise<readonly BreakGlassRow[]> {
  const { rows } = await client.query<BreakGlassRow>(
    `SELECT id, number, asked_at, asked_post, asked_staff, reason, allowed_at, allowed_post, allowed_staff, until
     FROM break_glass WHERE district = $1 AND (number = $2 OR id::text = $3) ORDER BY asked_at DESC`,
    [district, 'number' in of ? of.number : null, 'id' in of ? of.id : null],
  );
  return rows;
}

/** Allows what was asked, once. Answers whether it was there and still open. */
export async function allowBreakGlass(
  client: Client,
  district: string,
  id: string,
  by: { readonly at: Instant; readonly post: string; readonly staff: string; readonly until: Instant },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE break_glass SET allowed_at = $3, allowed_post = $4, allowed_staff = $5, until = $6
     WHERE district = $1 AND id = $2 AND allowed_at IS NULL`,
    [district, id, moment(by.at), by.post, by.staff, moment(by.until)],
  );
  return rowCount === 1;
}

export type ClearContact = {
  readonly number: string;
  readonly role: string;
  readonly person: unknown;
};

/** Takes some contacts out of the table in which they once lay in clear, locked until the transaction ends. Two processes take different ones. */
export async function takeClearContacts(
  client: pg.ClientBase,
  district: string,
  batchMax: number,
): Promise<readonly ClearContact[]> {
  const { rows } = await client.query<ClearContact>(
    `WITH t AS (SELECT number, role FROM contact WHERE district = $1 LIMIT $2 FOR UPDATE SKIP LOCKED)
     DELETE FROM contact AS c USING t WHERE c.district = $1 AND c.number = t.number AND c.role = t.role
     RETURNING c.number, c.role, c.person`,
    [district, batchMax],
  );
  return rows;
}

function moment(at: Instant): string {
  return new Date(at).toISOString();
}
