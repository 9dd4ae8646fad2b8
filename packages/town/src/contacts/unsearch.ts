import type { CaseId } from '@gezhi/basis';
import { type SaidThere, searchSubjects, writeSearch } from '@gezhi/storage';
import { searchRowOf } from '../search-text.ts';
import type { Town } from '../town.ts';

/** Writes the terms anew of the cases in which something was said, and of those in which these numbers speak now. */
export async function unsearch(
  client: Parameters<typeof writeSearch>[0],
  town: Town,
  { cases, numbers }: SaidThere,
): Promise<void> {
  const { rows } = await client.query<{ case_id: CaseId }>(
    'SELECT DISTINCT case_id FROM request WHERE district = $1 AND number = ANY($2)',
    [town.district, numbers],
  );
  const touched = [...new Set([...cases, ...rows.map((row) => row.case_id)])];
  // A case that the index has not come to yet is left to the follower.
  const { rows: indexed } = await client.query<{ case_id: CaseId }>(
    'SELECT case_id FROM search WHERE district = $1 AND case_id = ANY($2) FOR UPDATE',
    [town.district, touched],
  );
  const subjects = await searchSubjects(
    client,
    town.district,
    indexed.map((row) => row.case_id),
  );
  await writeSearch(
    client,
    town.district,
    subjects.map((subject) => searchRowOf(town, subject)),
  );
}
