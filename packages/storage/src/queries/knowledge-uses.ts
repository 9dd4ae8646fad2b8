import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

/** How often an item answered, and when last. */
export type KnowledgeUse = { readonly id: string; readonly answered: number; readonly lastAt: Instant };

/** Adds to the counts of items. Within the transaction that moves the follower, so that no fact counts twice. */
export async function addKnowledgeUses(
  client: pg.ClientBase,
  district: string,
  uses: readonly KnowledgeUse[],
): Promise<void> {
  if (uses.length === 0) return;
  await client.query(
    `INSERT INTO knowledge_use AS u (district, id, answered, last_at)
     SELECT $1, id, answered, last_at FROM unnest($2::text[], $3::int[], $4::timestamptz[]) AS n (id, answered, last_at)
     ON CONFLICT (district, id) DO UPDATE
       SET answered = u.answered + excluded.answered, last_at = greatest(u.last_at, excluded.last_at)`,
    [
      district,
      uses.map(({ id }) => id),
      uses.map(({ answered }) => answered),
      uses.map(({ lastAt }) => new Date(lastAt).toISOString()),
    ],
  );
}

/** The counts of these items; one that never answered is absent. */
export async function knowledgeUses(
  client: pg.Pool | pg.ClientBase,
  district: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, KnowledgeUse>> {
  if (ids.length === 0) return new Map();
  const { rows } = await client.query<KnowledgeUse>(
    `SELECT id, answered, (extract(epoch FROM last_at) * 1000)::float8 AS "lastAt" FROM knowledge_use
     WHERE district = $1 AND id = ANY($2)`,
    [district, ids],
  );
  return new Map(rows.map((row) => [row.id, row]));
}

/** The live items that answered most often, and still hold. */
export async function mostUsedKnowledge(
  client: pg.Pool | pg.ClientBase,
  district: string,
  now: Instant,
  limit: number,
): Promise<readonly string[]> {
  const { rows } = await client.query<{ id: string }>(
    `SELECT n.id FROM knowledge_now n LEFT JOIN knowledge_use u ON u.district = n.district AND u.id = n.id
     WHERE n.district = $1 AND n.status = 'live' AND n.valid_until > $2
     ORDER BY coalesce(u.answered, 0) DESC, n.id LIMIT ${Math.trunc(limit)}`,
    [district, new Date(now).toISOString()],
  );
  return rows.map(({ id }) => id);
}

/** For metrics: proposals that wait for their owner, live items to be reviewed, and such as are past their end. */
export async function countKnowledge(
  client: pg.Pool | pg.ClientBase,
  district: string,
  times: { readonly now: Instant; readonly dueBy: Instant },
): Promise<{ readonly proposed: number; readonly due: number; readonly over: number }> {
  const { rows } = await client.query<{ proposed: number; due: number; over: number }>(
    `SELECT count(*) FILTER (WHERE status = 'proposed')::int AS proposed,
       count(*) FILTER (WHERE status = 'live' AND valid_until > $2 AND valid_until <= $3)::int AS due,
       count(*) FILTER (WHERE status = 'live' AND valid_until <= $2)::int AS over
     FROM knowledge_now WHERE district = $1`,
    [district, new Date(times.now).toISOString(), new Date(times.dueBy).toISOString()],
  );
  return rows[0]!;
}
