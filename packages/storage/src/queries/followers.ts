import type pg from 'pg';

/** Where a follower of a district's log stands, and by what it reckoned (`''` where it reckons by nothing but the facts). */
export type FollowerRow = { readonly position: number; readonly yardstick: string };

/** Takes a follower's row for this transaction, so that no other process takes the same facts; made at 0 where it is new. */
export async function lockFollower(
  client: pg.ClientBase,
  district: string,
  name: string,
  yardstick: string,
): Promise<FollowerRow> {
  const select = 'SELECT position, yardstick FROM follower WHERE district = $1 AND name = $2 FOR UPDATE';
  const { rows } = await client.query<FollowerRow>(select, [district, name]);
  if (rows[0]) return rows[0];
  await client.query(
    'INSERT INTO follower (district, name, position, yardstick) VALUES ($1, $2, 0, $3) ON CONFLICT DO NOTHING',
    [district, name, yardstick],
  );
  return (await client.query<FollowerRow>(select, [district, name])).rows[0]!;
}

/** Moves a follower to a position, in the transaction that holds its row. */
export async function moveFollower(
  client: pg.ClientBase,
  district: string,
  name: string,
  position: number,
): Promise<void> {
  await client.query('UPDATE follower SET position = $3 WHERE district = $1 AND name = $2', [
    district,
    name,
    position,
  ]);
}

/** The last committed position of a district's log: every fact up to it can be read; 0 where nothing happened yet. */
export async function headOf(client: pg.Pool | pg.ClientBase, district: string): Promise<number> {
  const { rows } = await client.query<{ position: number }>({
    name: 'head-of',
    text: 'SELECT position FROM log_head WHERE district = $1',
    values: [district],
  });
  return rows[0]?.position ?? 0;
}

/** One district and follower: how far the log is and how far the follower, and when the first fact it lacks was recorded. */
export type LagRow = {
  readonly district: string;
  readonly name: string;
  readonly head: number;
  readonly position: number;
};

/** How far each of these followers is behind in each district; one that never ran stands at 0. */
export async function followerLag(pool: pg.Pool, names: readonly string[]): Promise<readonly LagRow[]> {
  const { rows } = await pool.query<LagRow>({
    name: 'follower-lag',
    text: `SELECT h.district, n.name, h.position AS head, coalesce(f.position, 0) AS position
           FROM log_head h CROSS JOIN unnest($1::text[]) AS n(name)
           LEFT JOIN follower f ON f.district = h.district AND f.name = n.name
           ORDER BY h.district, n.name`,
    values: [names],
  });
  return rows;
}

/** When the fact at a position was recorded; `undefined` where there is none. */
export async function recordedAtOf(
  pool: pg.Pool,
  district: string,
  position: number,
): Promise<number | undefined> {
  const { rows } = await pool.query<{ recorded_at: number }>({
    name: 'recorded-at',
    text: 'SELECT recorded_at FROM fact WHERE district = $1 AND position = $2',
    values: [district, position],
  });
  return rows[0]?.recorded_at;
}
