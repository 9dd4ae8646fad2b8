import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** Somebody who is told by message of a place or a case. How they are reached lies in the vault. */
export type SubscriptionRow = {
  readonly id: string;
  /** The code of a place, or the id of a case. */
  readonly of: string;
  readonly isCase: boolean;
  /** Their own request, where the case is not public. */
  readonly number: string | null;
  readonly language: string;
  readonly madeAt: Instant;
  readonly endsAt: Instant;
  readonly toldAt: Instant;
};

/** One that has something to be told of: the last fact, and its case. */
export type StirredSubscription = SubscriptionRow & { readonly position: number; readonly caseId: CaseId };

const COLUMNS = `id, of, is_case AS "isCase", number, language, made_at AS "madeAt", ends_at AS "endsAt", told_at AS "toldAt"`;

type Client = pg.Pool | pg.ClientBase;

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Keeps a subscription; one of the same to the same stays as it is. Answers whether it is new. */
export async function insertSubscription(
  client: Client,
  district: string,
  contact: Buffer,
  { id, of, isCase, number, language, madeAt, endsAt }: Omit<SubscriptionRow, 'toldAt'>,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO subscription (district, id, of, is_case, number, language, contact, made_at, ends_at, told_at, next_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8, $8) ON CONFLICT (district, of, contact) DO NOTHING`,
    [district, id, of, isCase, number, language, contact, iso(madeAt), iso(endsAt)],
  );
  return rowCount === 1;
}

/** What goes to one address, the newest first. */
export async function subscriptionsOf(
  client: Client,
  district: string,
  contact: Buffer,
): Promise<readonly SubscriptionRow[]> {
  const { rows } = await client.query<SubscriptionRow>(
    `SELECT ${COLUMNS} FROM subscription WHERE district = $1 AND contact = $2 ORDER BY made_at DESC, id`,
    [district, contact],
  );
  return rows;
}

export async function findSubscription(
  client: Client,
  district: string,
  id: string,
): Promise<SubscriptionRow | undefined> {
  const { rows } = await client.query<SubscriptionRow>(
    `SELECT ${COLUMNS} FROM subscription WHERE district = $1 AND id = $2`,
    [district, id],
  );
  return rows[0];
}

/** Takes subscriptions away; harmless where they are gone. */
export async function deleteSubscriptions(
  client: Client,
  district: string,
  ids: readonly string[],
): Promise<void> {
  await client.query('DELETE FROM subscription WHERE district = $1 AND id = ANY($2::uuid[])', [
    district,
    ids,
  ]);
}

/** Subscriptions to any address of these persons of the vault, and those whose own request that is. */
export async function subscriptionsOfPersons(
  client: Client,
  district: string,
  number: string,
  persons: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT id FROM subscription s WHERE district = $1 AND (number = $2 OR EXISTS (
       SELECT FROM vault_field f WHERE f.district = $1 AND f.person = ANY($3) AND f.lookup IS NOT NULL
         AND position(f.lookup IN s.contact) > 0))`,
    [district, number, persons],
  );
  return rows.map(({ id }) => id);
}

/** Subscriptions whose time is over, some at a time. */
export async function endedSubscriptions(
  client: Client,
  district: string,
  now: Instant,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    'SELECT id FROM subscription WHERE district = $1 AND ends_at <= $2 ORDER BY ends_at LIMIT $3',
    [district, iso(now), limit],
  );
  return rows.map(({ id }) => id);
}

/** A case that facts of these types befell, the last of them, and whether everybody may see it. */
export type StirredCase = {
  readonly caseId: CaseId;
  readonly place: string;
  readonly position: number;
  readonly isPublic: boolean;
};

/** Cases with facts of these types at `after < position ≤ upTo` that are not older than `since`; none where nobody has subscribed. */
export async function stirredCases(
  client: pg.ClientBase,
  district: string,
  range: { readonly after: number; readonly upTo: number },
  since: Instant,
  { types, kinds }: { readonly types: readonly string[]; readonly kinds: readonly string[] },
): Promise<readonly StirredCase[]> {
  const { rows } = await client.query<StirredCase>({
    name: 'stirred-cases',
    text: `SELECT f.case_id AS "caseId", c.place, max(f.position) AS position,
             c.public AND c.against IS NULL AND c.kind = ANY($6) AS "isPublic"
           FROM fact f JOIN case_now c ON c.district = f.district AND c.case_id = f.case_id
           WHERE f.district = $1 AND f.position > $2 AND f.position <= $3 AND f.type = ANY($4) AND f.occurred_at >= $5
             AND EXISTS (SELECT FROM subscription s WHERE s.district = $1)
           GROUP BY f.case_id, c.place, c.public, c.against, c.kind`,
    values: [district, range.after, range.upTo, types, iso(since), kinds],
  });
  return rows;
}

/** Notes that there is something to tell of those who subscribed to these codes. */
export async function stirSubscriptions(
  client: pg.ClientBase,
  district: string,
  stirred: readonly { readonly of: string; readonly caseId: CaseId; readonly position: number }[],
): Promise<void> {
  if (stirred.length === 0) return;
  await client.query({
    name: 'stir-subscriptions',
    text: `UPDATE subscription s SET position = n.position, case_id = n.case_id
           FROM (SELECT DISTINCT ON (of) of, case_id, position FROM json_to_recordset($2) AS n(of text, case_id uuid, position bigint)
                 ORDER BY of, position DESC) AS n
           WHERE s.district = $1 AND s.of = n.of`,
    values: [district, JSON.stringify(stirred.map(({ caseId, ...one }) => ({ ...one, case_id: caseId })))],
  });
}

/** Takes those that are to be told now, some at a time: each rests from now on, a place longer than a case. */
export async function takeStirred(
  client: pg.ClientBase,
  district: string,
  now: Instant,
  rest: { readonly placeMs: number; readonly caseMs: number },
  limit: number,
): Promise<readonly StirredSubscription[]> {
  const { rows } = await client.query<StirredSubscription>({
    name: 'take-stirred',
    text: `SELECT ${COLUMNS}, position, case_id AS "caseId" FROM subscription
           WHERE district = $1 AND position IS NOT NULL AND next_at <= $2 ORDER BY next_at LIMIT $3 FOR UPDATE SKIP LOCKED`,
    values: [district, iso(now), limit],
  });
  if (rows.length === 0) return rows;
  await client.query({
    name: 'rest-stirred',
    text: `UPDATE subscription SET position = NULL, case_id = NULL, next_at = CASE WHEN is_case THEN $3 ELSE $4 END::timestamptz
           WHERE district = $1 AND id = ANY($2::uuid[])`,
    values: [district, rows.map(({ id }) => id), iso(now + rest.caseMs), iso(now + rest.placeMs)],
  });
  return rows;
}

/** Notes that everything up to a moment was told. */
export async function noteTold(client: Client, district: string, id: string, at: Instant): Promise<void> {
  await client.query('UPDATE subscription SET told_at = $3 WHERE district = $1 AND id = $2', [
    district,
    id,
    iso(at),
  ]);
}
