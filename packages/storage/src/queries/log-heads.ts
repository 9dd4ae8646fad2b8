import type { Instant } from '@gezhi/basis';
import type { Fact, FactType } from '@gezhi/cases';
import type pg from 'pg';
import { type FactRow, factOfRow } from './load-facts.ts';

/** The last position of every district's log. */
export async function logHeads(client: pg.Pool | pg.ClientBase): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ district: string; position: number }>({
    name: 'log-heads',
    text: 'SELECT district, position FROM log_head',
  });
  return new Map(rows.map(({ district, position }) => [district, position]));
}

/**
 * Facts of these types about cases with something public in them, recorded in [from, to], oldest first. Positions are in the order of
 * recording, so the first one is found by halving (a few dozen look-ups by key).
 */
export async function publicFactsBetween(
  pool: pg.Pool,
  district: string,
  query: {
    readonly from: Instant;
    readonly to: Instant;
    readonly types: readonly FactType[];
    readonly limit: number;
    readonly offset: number;
  },
): Promise<readonly Fact[]> {
  const first = await firstPositionFrom(pool, district, query.from);
  const { rows } = await pool.query<FactRow>({
    name: 'public-facts-between',
    text: `SELECT f.* FROM fact f JOIN case_now c ON c.district = f.district AND c.case_id = f.case_id AND c.public
      WHERE f.district = $1 AND f.position >= $2 AND f.recorded_at <= $3 AND f.type = ANY($4)
      ORDER BY f.position LIMIT $5 OFFSET $6`,
    values: [district, first, new Date(query.to).toISOString(), query.types, query.limit, query.offset],
  });
  return rows.map(factOfRow);
}

async function firstPositionFrom(pool: pg.Pool, district: string, from: Instant): Promise<number> {
  let low = 1;
  let high = ((await logHeads(pool)).get(district) ?? 0) + 1;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const { rows } = await pool.query<{ recorded_at: number }>({
      name: 'recorded-at',
      text: 'SELECT recorded_at FROM fact WHERE district = $1 AND position = $2',
      values: [district, middle],
    });
    if ((rows[0]?.recorded_at ?? Number.POSITIVE_INFINITY) >= from) high = middle;
    else low = middle + 1;
  }
  return low;
}
