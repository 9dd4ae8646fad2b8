import type { CaseId } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type pg from 'pg';
import { type FactRow, factOfRow } from './load-facts.ts';

export type History = { readonly caseId: CaseId; readonly facts: readonly Fact[] };

/**
 * All histories of a district in order of case, some thousand facts at a time; the next ones are fetched while these are worked on.
 * Reads along the primary key, partition by partition, and so holds no more than two batches.
 *
 * @param client in a transaction of its own, which nothing else uses meanwhile
 */
export async function* streamHistories(
  client: pg.ClientBase,
  district: string,
  factsABatch = 6_000,
): AsyncGenerator<readonly History[], void, undefined> {
  await client.query(
    `DECLARE histories NO SCROLL CURSOR FOR
     SELECT * FROM fact WHERE district = ${client.escapeLiteral(district)} ORDER BY case_id, seq`,
  );
  const fetch = (): Promise<pg.QueryResult<FactRow>> =>
    client.query<FactRow>(`FETCH ${factsABatch} FROM histories`);
  let open: { caseId: CaseId; facts: Fact[] } | undefined;
  let coming = fetch();
  for (;;) {
    const { rows } = await coming;
    if (rows.length === 0) break;
    coming = fetch();
    const whole: History[] = [];
    for (const row of rows) {
      if (open?.caseId === row.case_id) open.facts.push(factOfRow(row));
      else {
        if (open) whole.push(open);
        open = { caseId: row.case_id, facts: [factOfRow(row)] };
      }
    }
    if (whole.length > 0) yield whole;
  }
  if (open) yield [open];
  await client.query('CLOSE histories');
}
