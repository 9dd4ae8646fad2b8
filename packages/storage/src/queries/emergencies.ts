import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

type Client = pg.Pool | pg.ClientBase;

/** A declared emergency as it stands. Moments that have not come are `null`; an end without a post came by itself. */
export type EmergencyRow = {
  readonly number: number;
  readonly id: string;
  /** Of the response: 1 is the gravest, 4 the least. */
  readonly level: number;
  readonly layer: string;
  readonly area: string;
  readonly basis: string;
  readonly reason: string;
  readonly declaredAt: Instant;
  readonly declaredPost: string;
  readonly declaredStaff: string;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly renews: number | null;
  readonly endedAt: Instant | null;
  readonly endedPost: string | null;
  readonly endedReason: string | null;
  readonly purgeAt: Instant;
  readonly purgedAt: Instant | null;
  /** Of how many requests the contacts were erased for it. */
  readonly purged: number;
  readonly reviewAt: Instant | null;
  readonly reviewPost: string | null;
  readonly review: string | null;
};

const COLUMNS = `number, id, level, layer, area, basis, reason, declared_at AS "declaredAt", declared_post AS "declaredPost",
  declared_staff AS "declaredStaff", starts_at AS "startsAt", ends_at AS "endsAt", renews, ended_at AS "endedAt", ended_post AS "endedPost",
  ended_reason AS "endedReason", purge_at AS "purgeAt", purged_at AS "purgedAt", purged, review_at AS "reviewAt",
  review_post AS "reviewPost", review`;

export type NewEmergency = Pick<
  EmergencyRow,
  'id' | 'level' | 'layer' | 'area' | 'basis' | 'reason' | 'declaredAt' | 'declaredPost' | 'declaredStaff'
> &
  Pick<EmergencyRow, 'startsAt' | 'endsAt' | 'renews' | 'purgeAt'>;

/** Writes one down under the district's next number; `undefined` where its id or number was taken just now. */
export async function addEmergency(
  client: pg.ClientBase,
  district: string,
  e: NewEmergency,
): Promise<number | undefined> {
  const { rows } = await client.query<{ number: number }>(
    `INSERT INTO emergency (district, number, id, level, layer, area, basis, reason, declared_at, declared_post, declared_staff,
       starts_at, ends_at, renews, purge_at)
     SELECT $1, coalesce(max(number), 0) + 1, $2, $3::smallint, $4, $5, $6, $7, $8::timestamptz, $9, $10, $11::timestamptz, $12::timestamptz,
       $13::int, $14::timestamptz FROM emergency WHERE district = $1
     ON CONFLICT DO NOTHING RETURNING number`,
    [
      ...[district, e.id, e.level, e.layer, e.area, e.basis, e.reason],
      ...[iso(e.declaredAt), e.declaredPost, e.declaredStaff, iso(e.startsAt), iso(e.endsAt), e.renews],
      iso(e.purgeAt),
    ],
  );
  return rows[0]?.number;
}

export type EmergencyFilter = {
  readonly number?: number;
  readonly id?: string;
  /** Only numbers below this one: the last of the page before. */
  readonly before?: number;
};

/** Emergencies of a district, the newest first. */
export async function listEmergencies(
  client: Client,
  district: string,
  { number, id, before }: EmergencyFilter = {},
  limit = 100,
): Promise<readonly EmergencyRow[]> {
  const { rows } = await client.query<EmergencyRow>({
    name: 'list-emergencies',
    text: `SELECT ${COLUMNS} FROM emergency WHERE district = $1 AND ($2::int IS NULL OR number = $2) AND ($3::text IS NULL OR id = $3)
             AND ($4::int IS NULL OR number < $4) ORDER BY number DESC LIMIT $5`,
    values: [district, number ?? null, id ?? null, before ?? null, limit],
  });
  return rows;
}

/** Those that are not over yet, or whose purge is still to be done. */
export async function openEmergencies(client: Client, district: string): Promise<readonly EmergencyRow[]> {
  const { rows } = await client.query<EmergencyRow>({
    name: 'open-emergencies',
    text: `SELECT ${COLUMNS} FROM emergency WHERE district = $1 AND (ended_at IS NULL OR purged_at IS NULL) ORDER BY number`,
    values: [district],
  });
  return rows;
}

export type EmergencyEnd = {
  readonly at: Instant;
  readonly purgeAt: Instant;
  /** Who ended it, and why; by itself where left out. */
  readonly by?: { readonly post: string; readonly staff: string; readonly reason: string };
};

/** Notes that one is over; false where it is already. */
export async function closeEmergency(
  client: pg.ClientBase,
  district: string,
  number: number,
  { at, purgeAt, by }: EmergencyEnd,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE emergency SET ended_at = $3, ended_post = $4, ended_staff = $5, ended_reason = $6, purge_at = $7
     WHERE district = $1 AND number = $2 AND ended_at IS NULL`,
    [district, number, iso(at), by?.post ?? null, by?.staff ?? null, by?.reason ?? null, iso(purgeAt)],
  );
  return rowCount === 1;
}

/** Keeps what was learnt from one that is over, once; false where it is not over, or was reviewed. */
export async function keepReview(
  client: pg.ClientBase,
  district: string,
  number: number,
  by: { readonly at: Instant; readonly post: string; readonly staff: string; readonly review: string },
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE emergency SET review_at = $3, review_post = $4, review_staff = $5, review = $6
     WHERE district = $1 AND number = $2 AND ended_at IS NOT NULL AND review_at IS NULL`,
    [district, number, iso(by.at), by.post, by.staff, by.review],
  );
  return rowCount === 1;
}

/** Notes that the contacts behind a number were looked at for these emergencies. */
export async function noteEmergencyLook(
  client: pg.ClientBase,
  district: string,
  emergencies: readonly number[],
  number: string,
): Promise<void> {
  await client.query(
    `INSERT INTO emergency_look (district, emergency, number) SELECT $1, e, $3 FROM unnest($2::int[]) AS e ON CONFLICT DO NOTHING`,
    [district, emergencies, number],
  );
}

/** A request that was looked at for an emergency whose purge is due. */
export type PurgeRow = {
  readonly emergency: number;
  readonly number: string;
  readonly case_id: CaseId;
  /** Something else needs it still: the case is open, the law keeps it, or a later emergency has not come to its purge. */
  readonly needed: boolean;
};

export async function looksToPurge(
  client: Client,
  district: string,
  now: Instant,
): Promise<readonly PurgeRow[]> {
  const { rows } = await client.query<PurgeRow>(
    `SELECT l.emergency, l.number, r.case_id, (c.is_open
       OR EXISTS (SELECT 1 FROM vault_person p WHERE p.district = l.district AND p.stored_until > $2::timestamptz
         AND p.person IN (l.number || '/requester', l.number || '/reportedBy', l.number || '/contact', l.number || '/guardian'))
       OR EXISTS (SELECT 1 FROM emergency_look m JOIN emergency f ON f.district = m.district AND f.number = m.emergency
         WHERE m.district = l.district AND m.number = l.number AND f.purge_at > $2::timestamptz)) AS needed
     FROM emergency_look l JOIN emergency e ON e.district = l.district AND e.number = l.emergency
     JOIN request r ON r.district = l.district AND r.number = l.number
     JOIN case_now c ON c.district = r.district AND c.case_id = r.case_id
     WHERE l.district = $1 AND e.ended_at IS NOT NULL AND e.purge_at <= $2::timestamptz ORDER BY l.emergency, l.number`,
    [district, iso(now)],
  );
  return rows;
}

/** Notes that the contacts behind a number were erased for an emergency. */
export async function notePurged(
  client: pg.ClientBase,
  district: string,
  { emergency, number }: Pick<PurgeRow, 'emergency' | 'number'>,
): Promise<void> {
  const { rowCount } = await client.query(
    'DELETE FROM emergency_look WHERE district = $1 AND emergency = $2 AND number = $3',
    [district, emergency, number],
  );
  if (rowCount === 1) {
    await client.query('UPDATE emergency SET purged = purged + 1 WHERE district = $1 AND number = $2', [
      district,
      emergency,
    ]);
  }
}

/** Notes that nothing is left of one whose purge was due; false where something is, or it was noted. */
export async function closePurge(
  client: pg.ClientBase,
  district: string,
  number: number,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `UPDATE emergency SET purged_at = $3::timestamptz WHERE district = $1 AND number = $2 AND purged_at IS NULL AND ended_at IS NOT NULL
       AND purge_at <= $3::timestamptz
       AND NOT EXISTS (SELECT 1 FROM emergency_look l WHERE l.district = $1 AND l.emergency = $2)`,
    [district, number, iso(now)],
  );
  return rowCount === 1;
}

/** What was done about emergencies, as the ledger holds it, the newest first. By itself: without post. */
export type EmergencyAct = {
  readonly at: Instant;
  readonly number: number;
  readonly act: 'declare' | 'end' | 'purge' | 'review';
  readonly post: string | null;
  readonly staff: string | null;
};

export async function emergencyActs(
  client: Client,
  district: string,
  limit = 200,
): Promise<readonly EmergencyAct[]> {
  const { rows } = await client.query<EmergencyAct>(
    `SELECT at, (body->>'number')::int AS number, body->>'act' AS act, body->>'post' AS post, body->>'staff' AS staff
     FROM ledger_event WHERE district = $1 AND kind = 'emergency' ORDER BY event DESC LIMIT $2`,
    [district, limit],
  );
  return rows;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
