import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** What is compared of a case beside its words. */
export type SameRow = {
  readonly caseId: CaseId;
  readonly kind: string;
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly openedAt: Instant;
  /** Open, or opened since the moment asked for, and not merged into another. */
  readonly counts: boolean;
};

const COLUMNS = `case_id AS "caseId", kind, place, lon, lat, opened_at AS "openedAt"`;

/** Open cases and those opened since, in order of their ids, a page after `after`. */
export async function sameRowsAfter(
  client: pg.Pool | pg.ClientBase,
  district: string,
  since: Instant,
  after: string,
  limit: number,
): Promise<readonly SameRow[]> {
  const { rows } = await client.query<SameRow>({
    name: 'same-rows-after',
    text: `SELECT ${COLUMNS}, true AS counts FROM case_now
           WHERE district = $1 AND case_id > $2 AND (is_open OR opened_at >= $3) AND NOT 'merged' = ANY(flags)
           ORDER BY case_id LIMIT $4`,
    values: [district, after, new Date(since).toISOString(), limit],
  });
  return rows;
}

/** These cases as they stand now. */
export async function sameRowsOf(
  client: pg.Pool | pg.ClientBase,
  district: string,
  since: Instant,
  caseIds: readonly CaseId[],
): Promise<readonly SameRow[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await client.query<SameRow>({
    name: 'same-rows-of',
    text: `SELECT ${COLUMNS}, (is_open OR opened_at >= $2) AND NOT 'merged' = ANY(flags) AS counts FROM case_now
           WHERE district = $1 AND case_id = ANY($3)`,
    values: [district, new Date(since).toISOString(), caseIds],
  });
  return rows;
}
