import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

/** What a power list asks of a case, as its row in `case_now` has it. */
export type GateRow = {
  readonly case_id: CaseId;
  readonly scene: string | null;
  readonly kind: string;
  readonly place: string;
  readonly unit: string | null;
  readonly parties: readonly string[] | null;
  readonly against: readonly string[] | null;
  readonly finder: string | null;
};

/** These cases as a power list looks at them. One read by key. */
export async function gateRowsOf(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly GateRow[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await client.query<GateRow>({
    name: 'gate-rows-of',
    text: `SELECT case_id, scene, kind, place, unit, parties, against, finder FROM case_now
           WHERE district = $1 AND case_id = ANY($2)`,
    values: [district, caseIds],
  });
  return rows;
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
