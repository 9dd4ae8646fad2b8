import type { CaseId } from '@gezhi/basis';
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
