import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

export type CallbackCandidate = { readonly caseId: CaseId; readonly seq: number };

/** A request that a seat was given to call. */
export type CallbackClaim = { readonly number: string; readonly caseId: CaseId; readonly until: Instant };

/**
 * Open cases that may owe a callback, in the order in which they are called: those that are due before those that are not, each group in
 * a draw keyed by `key`. Cases that were looked at and rest are left out. Reads the open cases that are being checked or late.
 */
export async function callbackCandidates(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { key, now, limit, offset }: { key: string; now: Instant; limit: number; offset: number },
): Promise<readonly CallbackCandidate[]> {
  const { rows } = await client.query<CallbackCandidate>(
    `SELECT c.case_id AS "caseId", c.seq FROM case_now AS c
     LEFT JOIN callback_rest AS r ON r.district = c.district AND r.case_id = c.case_id
     WHERE c.district = $1 AND c.is_open AND c.requests > 0 AND (c.phase = 'check' OR 'late' = ANY (c.flags))
       AND (r.case_id IS NULL OR r.seq <> c.seq OR r.until <= $2)
     ORDER BY ('late' <> ALL (c.flags)) AND coalesce(c.next_due, 'infinity') > $2,
       sha256(convert_to($3 || c.case_id::text, 'UTF8')), c.case_id
     LIMIT $4 OFFSET $5`,
    [district, iso(now), key, limit, offset],
  );
  return rows;
}

/** Gives a request to a seat; false where another seat has it, or this seat has one already. What has run out is cleared first. */
export async function claimCallback(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { number, caseId, until }: CallbackClaim,
  seat: string,
  now: Instant,
): Promise<boolean> {
  await client.query('DELETE FROM callback_claim WHERE district = $1 AND until <= $2', [district, iso(now)]);
  const { rowCount } = await client.query(
    `INSERT INTO callback_claim (district, number, case_id, seat, until) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT DO NOTHING`,
    [district, number, caseId, seat, iso(until)],
  );
  return rowCount === 1;
}

/** What a seat has to call now. */
export async function claimOfSeat(
  client: pg.Pool | pg.ClientBase,
  district: string,
  seat: string,
  now: Instant,
): Promise<CallbackClaim | undefined> {
  const { rows } = await client.query<CallbackClaim>(
    `SELECT number, case_id AS "caseId", (extract(epoch FROM until) * 1000)::float8 AS until
     FROM callback_claim WHERE district = $1 AND seat = $2 AND until > $3`,
    [district, seat, iso(now)],
  );
  return rows[0];
}

export async function endClaim(
  client: pg.Pool | pg.ClientBase,
  district: string,
  number: string,
): Promise<void> {
  await client.query('DELETE FROM callback_claim WHERE district = $1 AND number = $2', [district, number]);
}

/** Notes that a case owes nobody a call as it stands, or not before `until`. */
export async function restCallback(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { caseId, seq }: CallbackCandidate,
  until: Instant | undefined,
): Promise<void> {
  await client.query(
    `INSERT INTO callback_rest (district, case_id, seq, until) VALUES ($1, $2, $3, $4)
     ON CONFLICT (district, case_id) DO UPDATE SET seq = excluded.seq, until = excluded.until`,
    [district, caseId, seq, until === undefined ? null : iso(until)],
  );
}

export type CoachedCount = { readonly unit: string; readonly yes: number; readonly asked: number };

/** Per leading unit, how many said in a window that somebody asked them for a good answer, of all who said yes or no. */
export async function countCoached(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { from, to }: { readonly from: Instant; readonly to: Instant },
): Promise<readonly CoachedCount[]> {
  const { rows } = await client.query<CoachedCount>(
    `SELECT c.unit, (count(*) FILTER (WHERE f.data -> 'answer' ->> 'coached' = 'yes'))::int AS yes,
       count(*)::int AS asked
     FROM fact AS f JOIN case_now AS c ON c.district = f.district AND c.case_id = f.case_id
     WHERE f.district = $1 AND f.type = 'calledBack' AND (f.data -> 'answer' ->> 'coached') IS NOT NULL
       AND f.data -> 'answer' ->> 'coached' <> 'noAnswer' AND f.recorded_at >= $2 AND f.recorded_at < $3
       AND c.unit IS NOT NULL
     GROUP BY c.unit ORDER BY c.unit`,
    [district, iso(from), iso(to)],
  );
  return rows;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
