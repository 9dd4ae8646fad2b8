import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** Which of these cases are of one of these kinds now. */
export async function caseKinds(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
  kinds: readonly string[],
): Promise<readonly CaseId[]> {
  const { rows } = await client.query<{ case_id: CaseId }>({
    name: 'case-kinds',
    text: 'SELECT case_id FROM case_now WHERE district = $1 AND case_id = ANY($2) AND kind = ANY($3)',
    values: [district, caseIds, kinds],
  });
  return rows.map((row) => row.case_id);
}

export type CaseSummary = {
  readonly case_id: CaseId;
  readonly kind: string;
  readonly place: string;
  readonly phase: string;
  readonly opened_at: Instant;
  readonly requests: number;
};

/** These cases as lists show them. */
export async function caseRowsOf(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly CaseSummary[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await client.query<CaseSummary>({
    name: 'case-rows-of',
    text: `SELECT case_id, kind, place, phase, opened_at, requests FROM case_now
           WHERE district = $1 AND case_id = ANY($2)`,
    values: [district, caseIds],
  });
  return rows;
}
