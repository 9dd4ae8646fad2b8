import type { CaseId, Instant } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type pg from 'pg';
import { type FactRow, factOfRow } from './load-facts.ts';

export const NOTICE_STATES = ['waiting', 'sent', 'refused', 'failed', 'noWay', 'lapsed', 'outbox'] as const;
/**
 * `waiting` to be sent (again); `sent`: the gateway took it; `refused`: it said no; `failed`: it was tried often enough; `noWay`: there is
 * no way to tell them; `lapsed`: nobody needs to be told any more; `outbox`: no gateway is set, and it stays in the house.
 */
export type NoticeState = (typeof NOTICE_STATES)[number];

export type NoticeRow = {
  readonly id: string;
  readonly position: number;
  readonly caseId: CaseId;
  readonly rule: string;
  readonly step: number;
  readonly target: 'requester' | 'unit' | 'post' | 'subscriber';
  readonly targetCode: string;
  readonly lane: string;
  readonly ways: readonly string[];
  readonly way: number;
  readonly urgent: boolean;
  readonly state: NoticeState;
  readonly reason: string | null;
  readonly madeAt: Instant;
  readonly nextAt: Instant;
  readonly attempts: number;
  readonly httpStatus: number | null;
  readonly sentAt: Instant | null;
  readonly sentPost: string | null;
};

/** What a notice is before anybody has tried to send it. */
export type NewNotice = Pick<
  NoticeRow,
  | 'id'
  | 'position'
  | 'caseId'
  | 'rule'
  | 'step'
  | 'target'
  | 'targetCode'
  | 'lane'
  | 'ways'
  | 'urgent'
  | 'madeAt'
> & { readonly state?: NoticeState; readonly reason?: string };

const COLUMNS = `id, position, case_id AS "caseId", rule, step, target, target_code AS "targetCode", lane, ways, way, urgent, state,
  reason, made_at AS "madeAt", next_at AS "nextAt", attempts, http_status AS "httpStatus", sent_at AS "sentAt",
  sent_post AS "sentPost"`;

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Adds notices; one that is there already stays as it is. Answers how many were new. */
export async function insertNotices(
  client: pg.ClientBase,
  district: string,
  notices: readonly NewNotice[],
): Promise<number> {
  if (notices.length === 0) return 0;
  const { rowCount } = await client.query({
    name: 'insert-notices',
    text: `INSERT INTO notice (district, id, position, case_id, rule, step, target, target_code, lane, ways, urgent, state, reason,
             made_at, next_at)
           SELECT $1, n.id, n.position, n.case_id, n.rule, n.step, n.target, n.target_code, n.lane,
             ARRAY(SELECT json_array_elements_text(n.ways)), n.urgent, n.state, n.reason, n.made_at, n.made_at
           FROM json_to_recordset($2) AS n(id text, position bigint, case_id uuid, rule text, step smallint, target text,
             target_code text, lane text, ways json, urgent boolean, state text, reason text, made_at timestamptz)
           ON CONFLICT (district, id) DO NOTHING`,
    values: [
      district,
      JSON.stringify(
        notices.map((n) => ({
          ...n,
          case_id: n.caseId,
          target_code: n.targetCode,
          state: n.state ?? 'waiting',
          reason: n.reason ?? null,
          made_at: iso(n.madeAt),
        })),
      ),
    ],
  });
  return rowCount ?? 0;
}

/**
 * Takes notices that are due, the longest due first, in each lane only the first that waits; they come back by themselves after
 * `leaseMs`, should whoever took them die. Each counts as tried once more.
 */
export async function claimNotices(
  client: pg.ClientBase,
  district: string,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<readonly NoticeRow[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'due-notices',
    text: `SELECT n.id FROM notice n WHERE n.district = $1 AND n.state = 'waiting' AND n.next_at <= $2
             AND NOT EXISTS (SELECT FROM notice e WHERE e.district = n.district AND e.district = $1 AND e.lane = n.lane
               AND e.state = 'waiting' AND (e.position, e.id) < (n.position, n.id))
           ORDER BY n.next_at, n.position, n.id LIMIT $3 FOR UPDATE OF n SKIP LOCKED`,
    values: [district, iso(now), limit],
  });
  if (rows.length === 0) return [];
  const claimed = await client.query<NoticeRow>({
    name: 'claim-notices',
    text: `UPDATE notice SET attempts = attempts + 1, next_at = $3 WHERE district = $1 AND id = ANY($2) RETURNING ${COLUMNS}`,
    values: [district, rows.map((row) => row.id), iso(now + leaseMs)],
  });
  return claimed.rows;
}

/** What became of a try. `attempts` and `way` are set anew where they are given; what was not sent keeps `sentAt` empty. */
export type Settled = {
  readonly id: string;
  readonly state: NoticeState;
  readonly reason?: string;
  readonly nextAt: Instant;
  readonly attempts?: number;
  readonly way?: number;
  /** The ways that are left of the rule's, after the requester's own choice. */
  readonly ways?: readonly string[];
  readonly httpStatus?: number;
  readonly sentAt?: Instant;
  readonly sentPost?: string;
  readonly sentHash?: Buffer;
};

/** Notes what became of notices that were taken; what has been settled meanwhile stays as it is. */
export async function settleNotices(
  client: pg.Pool | pg.ClientBase,
  district: string,
  settled: readonly Settled[],
): Promise<void> {
  for (const s of settled) {
    await client.query({
      name: 'settle-notice',
      text: `UPDATE notice SET state = $3, reason = $4, next_at = $5, attempts = coalesce($6, attempts), way = coalesce($7, way),
               http_status = coalesce($8, http_status), sent_at = coalesce($9, sent_at), sent_post = coalesce($10, sent_post),
               sent_hash = coalesce($11, sent_hash), ways = coalesce($12, ways)
             WHERE district = $1 AND id = $2 AND state = 'waiting'`,
      values: [
        district,
        s.id,
        s.state,
        s.reason ?? null,
        iso(s.nextAt),
        s.attempts ?? null,
        s.way ?? null,
        s.httpStatus ?? null,
        s.sentAt === undefined ? null : iso(s.sentAt),
        s.sentPost ?? null,
        s.sentHash ?? null,
        s.ways ?? null,
      ],
    });
  }
}

/** Keeps in the house what is due, while no gateway is set. */
export async function shelveNotices(pool: pg.Pool, district: string, now: Instant): Promise<void> {
  await pool.query({
    name: 'shelve-notices',
    text: `UPDATE notice SET state = 'outbox', reason = 'noGateway'
           WHERE district = $1 AND state = 'waiting' AND next_at <= $2`,
    values: [district, iso(now)],
  });
}

/** Lets what waits of a ring lapse: its task was signed, and nobody needs to be rung any more. */
export async function lapseRing(
  client: pg.ClientBase,
  district: string,
  position: number,
  rule: string,
  reason: string,
): Promise<void> {
  await client.query({
    name: 'lapse-ring',
    text: `UPDATE notice SET state = 'lapsed', reason = $4
           WHERE district = $1 AND position = $2 AND rule = $3 AND step > 0 AND state = 'waiting'`,
    values: [district, position, rule, reason],
  });
}

/** Sends again, from the first way, what was refused, failed, had no way or stayed in the house. False where there is no such notice. */
export async function retryNotice(
  client: pg.Pool | pg.ClientBase,
  district: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'retry-notice',
    text: `UPDATE notice SET state = 'waiting', reason = NULL, attempts = 0, way = 0, next_at = $3
           WHERE district = $1 AND id = $2 AND state IN ('refused', 'failed', 'noWay', 'outbox')`,
    values: [district, id, iso(now)],
  });
  return rowCount === 1;
}

/** One notice; `undefined` where there is none of that id. */
export async function findNotice(
  pool: pg.Pool,
  district: string,
  id: string,
): Promise<NoticeRow | undefined> {
  const { rows } = await pool.query<NoticeRow>({
    name: 'find-notice',
    text: `SELECT ${COLUMNS} FROM notice WHERE district = $1 AND id = $2`,
    values: [district, id],
  });
  return rows[0];
}

export type NoticeFilter = {
  readonly state?: NoticeState;
  readonly target?: string;
  readonly caseId?: CaseId;
  /** The `made_at` and `id` of the last row of the page before. */
  readonly after?: { readonly madeAt: Instant; readonly id: string };
};

/** Notices of a district, the newest first. */
export async function listNotices(
  pool: pg.Pool,
  district: string,
  filter: NoticeFilter,
  limit: number,
): Promise<readonly NoticeRow[]> {
  const { rows } = await pool.query<NoticeRow>({
    text: `SELECT ${COLUMNS} FROM notice WHERE district = $1
             AND ($2::text IS NULL OR state = $2) AND ($3::text IS NULL OR target_code = $3 OR sent_post = $3)
             AND ($4::uuid IS NULL OR case_id = $4)
             AND ($5::timestamptz IS NULL OR (made_at, id) < ($5, $6))
           ORDER BY made_at DESC, id DESC LIMIT $7`,
    values: [
      district,
      filter.state ?? null,
      filter.target ?? null,
      filter.caseId ?? null,
      filter.after ? iso(filter.after.madeAt) : null,
      filter.after?.id ?? null,
      limit,
    ],
  });
  return rows;
}

/** How many notices of a district are not settled well, by state, and since when the first one waits. */
export async function countNotices(
  pool: pg.Pool,
  district: string,
): Promise<readonly { readonly state: NoticeState; readonly count: number; readonly since: Instant }[]> {
  const { rows } = await pool.query<{ state: NoticeState; count: number; since: Instant }>({
    name: 'count-notices',
    text: `SELECT state, count(*) AS count, min(made_at) AS since FROM notice
           WHERE district = $1 AND state IN ('waiting', 'refused', 'failed', 'noWay') GROUP BY state ORDER BY state`,
    values: [district],
  });
  return rows;
}

/** Facts with `after < position ≤ upTo` that are told of, or that end a ring, and happened not before `since`. */
export async function factsToTell(
  client: pg.ClientBase,
  district: string,
  range: { readonly after: number; readonly upTo: number },
  since: Instant,
  types: { readonly tell: readonly string[]; readonly stop: readonly string[] },
): Promise<readonly Fact[]> {
  const { rows } = await client.query<FactRow>({
    name: 'facts-to-tell',
    text: `SELECT * FROM fact WHERE district = $1 AND position > $2 AND position <= $3
             AND ((type = ANY($4) AND occurred_at >= $6) OR (type = ANY($5) AND recorded_at >= $6))
           ORDER BY position`,
    values: [district, range.after, range.upTo, types.tell, types.stop, iso(since)],
  });
  return rows.map(factOfRow);
}
