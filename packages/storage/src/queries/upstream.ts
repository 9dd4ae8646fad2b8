import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** What another system calls an order, and the case it is here. */
export type UpstreamOrderRow = {
  readonly system: string;
  readonly number: string;
  readonly caseId: CaseId;
  readonly request: string;
  readonly wordsHash: Buffer | null;
  readonly term: Instant | null;
  readonly status: string | null;
  readonly urged: number;
  readonly withdrawn: boolean;
  readonly receivedAt: Instant;
  readonly updatedAt: Instant;
};

const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

const ORDER = `o.system, o.number, coalesce(r.case_id, o.case_id) AS "caseId", o.request, o.words_hash AS "wordsHash",
  ${ms('o.term')} AS term, o.status, o.urged, o.withdrawn, ${ms('o.received_at')} AS "receivedAt", ${ms('o.updated_at')} AS "updatedAt"`;

/** The case is the one in which the request is heard now: a merge moves it. */
const FROM = 'upstream_order o LEFT JOIN request r ON r.district = o.district AND r.number = o.request';

/** Orders by number, or by the cases that they are now. */
export async function upstreamOrders(
  client: pg.Pool | pg.ClientBase,
  district: string,
  by:
    | { readonly system: string; readonly numbers: readonly string[] }
    | { readonly caseIds: readonly CaseId[] },
): Promise<readonly UpstreamOrderRow[]> {
  const isByNumber = 'numbers' in by;
  const { rows } = await client.query<UpstreamOrderRow>({
    name: isByNumber ? 'upstream-orders' : 'upstream-orders-of',
    text: isByNumber
      ? `SELECT ${ORDER} FROM ${FROM} WHERE o.district = $1 AND o.system = $2 AND o.number = ANY($3)`
      : `SELECT ${ORDER} FROM ${FROM} WHERE o.district = $1 AND coalesce(r.case_id, o.case_id) = ANY($2)`,
    values: isByNumber ? [district, by.system, by.numbers] : [district, by.caseIds],
  });
  return rows;
}

/** Orders of a district, the one touched last first. */
export async function listUpstreamOrders(
  pool: pg.Pool,
  district: string,
  limit: number,
): Promise<readonly UpstreamOrderRow[]> {
  const { rows } = await pool.query<UpstreamOrderRow>({
    name: 'list-upstream-orders',
    text: `SELECT ${ORDER} FROM ${FROM} WHERE o.district = $1 ORDER BY o.updated_at DESC, o.system, o.number LIMIT $2`,
    values: [district, limit],
  });
  return rows;
}

/** Keeps how an order stands now. */
export async function saveUpstreamOrder(
  client: pg.ClientBase,
  district: string,
  o: UpstreamOrderRow,
): Promise<void> {
  await client.query({
    name: 'save-upstream-order',
    text: `INSERT INTO upstream_order (district, system, number, case_id, request, words_hash, term, status, urged, withdrawn, received_at,
             updated_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
           ON CONFLICT (district, system, number) DO UPDATE SET words_hash = $6, term = $7, status = $8, urged = $9, withdrawn = $10,
             updated_at = $12`,
    values: [
      district,
      o.system,
      o.number,
      o.caseId,
      o.request,
      o.wordsHash,
      o.term === null ? null : iso(o.term),
      o.status,
      o.urged,
      o.withdrawn,
      iso(o.receivedAt),
      iso(o.updatedAt),
    ],
  });
}

export type UpstreamNews = {
  readonly system: string;
  readonly number: string;
  readonly at: Instant;
  readonly what: 'received' | 'words' | 'term' | 'status' | 'urged' | 'withdrawn' | 'refused';
  readonly reason?: string;
};

/** Notes what came, in its order. */
export async function addUpstreamNews(
  client: pg.ClientBase,
  district: string,
  { system, number, at, what, reason }: UpstreamNews,
): Promise<void> {
  await client.query({
    name: 'add-upstream-news',
    text: `INSERT INTO upstream_news (district, system, number, seq, at, what, reason)
           SELECT $1, $2, $3, coalesce(max(seq), 0) + 1, $4, $5, $6 FROM upstream_news
           WHERE district = $1 AND system = $2 AND number = $3`,
    values: [district, system, number, iso(at), what, reason ?? null],
  });
}

export const REPLY_STATES = ['waiting', 'sent', 'refused', 'failed', 'outbox', 'exported'] as const;
export type ReplyState = (typeof REPLY_STATES)[number];

/** A reply on its way up: of which fact, to which order, and what became of it. */
export type UpstreamReplyRow = {
  readonly id: string;
  readonly position: number;
  readonly caseId: CaseId;
  readonly system: string;
  readonly number: string;
  readonly what: 'done' | 'checked' | 'callback';
  readonly state: ReplyState;
  readonly reason: string | null;
  readonly madeAt: Instant;
  readonly nextAt: Instant;
  readonly attempts: number;
  readonly httpStatus: number | null;
  readonly sentAt: Instant | null;
};

const REPLY = `id, position, case_id AS "caseId", system, number, what, state, reason, ${ms('made_at')} AS "madeAt",
  ${ms('next_at')} AS "nextAt", attempts, http_status AS "httpStatus", ${ms('sent_at')} AS "sentAt"`;

/** Adds a reply; one that is there already stays as it is. */
export async function addUpstreamReply(
  client: pg.ClientBase,
  district: string,
  r: Pick<UpstreamReplyRow, 'id' | 'position' | 'caseId' | 'system' | 'number' | 'what' | 'madeAt'>,
): Promise<void> {
  await client.query({
    name: 'add-upstream-reply',
    text: `INSERT INTO upstream_reply (district, id, position, case_id, system, number, what, state, made_at, next_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, 'waiting', $8, $8) ON CONFLICT (district, id) DO NOTHING`,
    values: [district, r.id, r.position, r.caseId, r.system, r.number, r.what, iso(r.madeAt)],
  });
}

/** Takes replies that are due, of each order only the first that waits; they come back after `leaseMs`, should whoever took them die. */
export async function claimReplies(
  client: pg.ClientBase,
  district: string,
  now: Instant,
  leaseMs: number,
  limit: number,
): Promise<readonly UpstreamReplyRow[]> {
  const { rows } = await client.query<{ id: string }>({
    name: 'due-replies',
    text: `SELECT n.id FROM upstream_reply n WHERE n.district = $1 AND n.state = 'waiting' AND n.next_at <= $2
             AND NOT EXISTS (SELECT FROM upstream_reply e WHERE e.district = n.district AND e.district = $1 AND e.system = n.system
               AND e.number = n.number AND e.state = 'waiting' AND e.position < n.position)
           ORDER BY n.position, n.id LIMIT $3 FOR UPDATE OF n SKIP LOCKED`,
    values: [district, iso(now), limit],
  });
  if (rows.length === 0) return [];
  const claimed = await client.query<UpstreamReplyRow>({
    name: 'claim-replies',
    text: `UPDATE upstream_reply SET attempts = attempts + 1, next_at = $3 WHERE district = $1 AND id = ANY($2) RETURNING ${REPLY}`,
    values: [district, rows.map(({ id }) => id), iso(now + leaseMs)],
  });
  return [...claimed.rows].sort((a, b) => a.position - b.position);
}

export type SettledReply = {
  readonly id: string;
  readonly state: ReplyState;
  readonly nextAt: Instant;
  readonly reason?: string;
  readonly httpStatus?: number;
  readonly sentAt?: Instant;
  readonly sentHash?: Buffer;
};

/** Notes what became of a reply that was taken; one that was settled meanwhile stays as it is. */
export async function settleReply(
  client: pg.Pool | pg.ClientBase,
  district: string,
  s: SettledReply,
): Promise<void> {
  await client.query({
    name: 'settle-reply',
    text: `UPDATE upstream_reply SET state = $3, reason = $4, next_at = $5, http_status = coalesce($6, http_status),
             sent_at = coalesce($7, sent_at), sent_hash = coalesce($8, sent_hash)
           WHERE district = $1 AND id = $2 AND state IN ('waiting', 'outbox')`,
    values: [
      district,
      s.id,
      s.state,
      s.reason ?? null,
      iso(s.nextAt),
      s.httpStatus ?? null,
      s.sentAt === undefined ? null : iso(s.sentAt),
      s.sentHash ?? null,
    ],
  });
}

/** Keeps in the house what is due, while no address is set: it is exported as a file. */
export async function shelveReplies(pool: pg.Pool, district: string, now: Instant): Promise<void> {
  await pool.query({
    name: 'shelve-replies',
    text: `UPDATE upstream_reply SET state = 'outbox', reason = 'noAddress' WHERE district = $1 AND state = 'waiting' AND next_at <= $2`,
    values: [district, iso(now)],
  });
}

/** Sends again what was refused, failed, stayed in the house or was exported. False where there is no such reply. */
export async function retryReply(
  pool: pg.Pool,
  district: string,
  id: string,
  now: Instant,
): Promise<boolean> {
  const { rowCount } = await pool.query({
    name: 'retry-reply',
    text: `UPDATE upstream_reply SET state = 'waiting', reason = NULL, attempts = 0, next_at = $3
           WHERE district = $1 AND id = $2 AND state IN ('refused', 'failed', 'outbox', 'exported')`,
    values: [district, id, iso(now)],
  });
  return rowCount === 1;
}

/** Replies of a district, the oldest first where `ofState` is given, else the newest first. */
export async function listReplies(
  pool: pg.Pool,
  district: string,
  ofState: ReplyState | undefined,
  limit: number,
): Promise<readonly UpstreamReplyRow[]> {
  const { rows } = await pool.query<UpstreamReplyRow>({
    name: ofState ? 'list-replies-of' : 'list-replies',
    text: ofState
      ? `SELECT ${REPLY} FROM upstream_reply WHERE district = $1 AND state = $2 ORDER BY position, id LIMIT $3`
      : `SELECT ${REPLY} FROM upstream_reply WHERE district = $1 ORDER BY position DESC, id LIMIT $2`,
    values: ofState ? [district, ofState, limit] : [district, limit],
  });
  return rows;
}

/** How many replies are in each state, and how many orders there are. */
export async function countUpstream(
  pool: pg.Pool,
  district: string,
): Promise<{ readonly orders: number; readonly replies: Readonly<Record<string, number>> }> {
  const orders = await pool.query<{ n: number }>({
    name: 'count-upstream-orders',
    text: 'SELECT count(*)::int AS n FROM upstream_order WHERE district = $1',
    values: [district],
  });
  const replies = await pool.query<{ state: string; n: number }>({
    name: 'count-upstream-replies',
    text: 'SELECT state, count(*)::int AS n FROM upstream_reply WHERE district = $1 GROUP BY state ORDER BY state',
    values: [district],
  });
  return {
    orders: orders.rows[0]!.n,
    replies: Object.fromEntries(replies.rows.map(({ state, n }) => [state, n])),
  };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** When each system above was last heard, the name of the system first. */
export async function lastOrders(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<readonly { readonly system: string; readonly at: Instant }[]> {
  const { rows } = await client.query<{ system: string; at: Instant }>({
    name: 'last-orders',
    text: `SELECT system, ${ms('max(received_at)')} AS at FROM upstream_order WHERE district = $1 GROUP BY system ORDER BY system`,
    values: [district],
  });
  return rows;
}
