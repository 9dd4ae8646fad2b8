import type { CaseId } from '@gezhi/basis';
import { type Fact, type StoredFact, upcast } from '@gezhi/cases';
import type pg from 'pg';

export type FactRow = {
  district: string;
  case_id: CaseId;
  seq: number;
  position: number;
  type: string;
  v: number;
  occurred_at: number;
  recorded_at: number;
  post: string;
  person: string | null;
  cause: string;
  data: unknown;
};

/** The histories of these cases, each in order of `seq`; a case nobody knows is not in the map. One round trip. */
export async function loadFacts(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<Map<CaseId, Fact[]>> {
  const histories = new Map<CaseId, Fact[]>();
  if (caseIds.length === 0) return histories;
  const { rows } = await client.query<FactRow>({
    name: 'load-facts',
    text: 'SELECT * FROM fact WHERE district = $1 AND case_id = ANY($2) ORDER BY case_id, seq',
    values: [district, caseIds],
  });
  for (const row of rows) {
    const history = histories.get(row.case_id);
    if (history) history.push(factOfRow(row));
    else histories.set(row.case_id, [factOfRow(row)]);
  }
  return histories;
}

/** Facts after a position, in order: what followers, streams and `--since` read. At most `limit`. */
export async function factsAfter(
  client: pg.Pool | pg.ClientBase,
  district: string,
  position: number,
  limit: number,
): Promise<readonly Fact[]> {
  const { rows } = await client.query<FactRow>({
    name: 'facts-after',
    text: 'SELECT * FROM fact WHERE district = $1 AND position > $2 ORDER BY position LIMIT $3',
    values: [district, position, limit],
  });
  return rows.map(factOfRow);
}

export function factOfRow(row: FactRow): Fact {
  return upcast({
    district: row.district,
    caseId: row.case_id,
    seq: row.seq,
    position: row.position,
    type: row.type,
    v: row.v,
    occurredAt: row.occurred_at,
    recordedAt: row.recorded_at,
    by: row.person === null ? { post: row.post } : { post: row.post, person: row.person },
    cause: row.cause,
    data: row.data,
  } satisfies StoredFact);
}
