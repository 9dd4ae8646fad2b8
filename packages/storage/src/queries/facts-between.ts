import type { CaseId } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type pg from 'pg';
import { type FactRow, factOfRow } from './load-facts.ts';

/** The facts of a district with `after < position ≤ upTo`, in order of position. */
export async function factsBetween(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
  upTo: number,
): Promise<readonly Fact[]> {
  const { rows } = await client.query<FactRow>({
    name: 'facts-between',
    text: 'SELECT * FROM fact WHERE district = $1 AND position > $2 AND position <= $3 ORDER BY position',
    values: [district, after, upTo],
  });
  return rows.map(factOfRow);
}

/** The histories of these cases as far as `upTo`, each in order of `seq`; what happened later is left out. */
export async function historiesUpTo(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
  upTo: number,
): Promise<Map<CaseId, Fact[]>> {
  const histories = new Map<CaseId, Fact[]>();
  if (caseIds.length === 0) return histories;
  const { rows } = await client.query<FactRow>({
    name: 'histories-up-to',
    text: `SELECT * FROM fact WHERE district = $1 AND case_id = ANY($2) AND position <= $3 ORDER BY case_id, seq`,
    values: [district, caseIds, upTo],
  });
  for (const row of rows) {
    const history = histories.get(row.case_id);
    if (history) history.push(factOfRow(row));
    else histories.set(row.case_id, [factOfRow(row)]);
  }
  return histories;
}

export type TouchedCase = {
  readonly caseId: CaseId;
  /** Opened by one of these facts. */
  readonly opened: boolean;
};

/** The cases that facts in `after < position ≤ upTo` of other than these types happened to. */
export async function casesTouched(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
  upTo: number,
  butTypes: readonly string[],
): Promise<readonly TouchedCase[]> {
  const { rows } = await client.query<TouchedCase>({
    name: 'cases-touched',
    text: `SELECT case_id AS "caseId", bool_or(seq = 1) AS opened FROM fact
           WHERE district = $1 AND position > $2 AND position <= $3 AND type <> ALL($4)
           GROUP BY case_id`,
    values: [district, after, upTo, butTypes],
  });
  return rows;
}
