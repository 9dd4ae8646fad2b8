import type { CaseId } from '@gezhi/basis';
import type pg from 'pg';
import { openRows, type SaidCells, wholeSaid } from '../sealed-columns.ts';
import { cell, copyRows } from './copy-rows.ts';

/** Everything a case is found by: what it is, the numbers that speak in it, and what was said, in the order it was written down. */
export type SearchSubject = {
  readonly caseId: CaseId;
  readonly kind: string;
  readonly place: string;
  readonly unit: string | null;
  readonly numbers: readonly string[];
  readonly said: readonly string[];
};

/** Of these cases as they stand now, by `case_now` and `request`. Four round trips whatever their number. */
export async function searchSubjects(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly SearchSubject[]> {
  if (caseIds.length === 0) return [];
  const { rows: cases } = await client.query<Omit<SearchSubject, 'numbers' | 'said'> & { linked: boolean }>({
    name: 'search-cases',
    text: `SELECT case_id AS "caseId", kind, place, unit, 'linked' = ANY(flags) AS linked FROM case_now
           WHERE district = $1 AND case_id = ANY($2)`,
    values: [district, caseIds],
  });
  const { rows: requests } = await client.query<{ case_id: CaseId; number: string }>({
    name: 'search-requests',
    text: 'SELECT case_id, number FROM request WHERE district = $1 AND case_id = ANY($2) ORDER BY number',
    values: [district, caseIds],
  });
  const linked = cases.filter((c) => c.linked).map((c) => c.caseId);
  const numbers = groupBy([...requests, ...(await upperNumbers(client, district, linked))], 'number');
  const said = await saidIn(client, district, caseIds, requests);
  return cases.map(({ caseId, kind, place, unit }) => ({
    caseId,
    kind,
    place,
    unit,
    numbers: numbers.get(caseId) ?? [],
    said: said.get(caseId) ?? [],
  }));
}

/**
 * What was said in these cases: words that belong to the case itself, and the words of each voice that speaks in it now, wherever
 * they were said first. By case, in order of their ids.
 *
 * @param requests the voices of these cases
 */
export async function saidIn(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
  requests: readonly { readonly case_id: CaseId; readonly number: string }[],
): Promise<Map<CaseId, string[]>> {
  const { rows } = await client.query<SaidCells & { case_id: CaseId }>({
    name: 'said-in',
    text: `SELECT w.case_id, w.id, w.said, w.place_said, w.sealed FROM words w
           WHERE w.district = $1 AND w.case_id = ANY($2) AND w.number IS NULL AND w.stored_until IS NULL
           UNION ALL
           SELECT r.case_id, w.id, w.said, w.place_said, w.sealed FROM unnest($3::uuid[], $4::text[]) AS r(case_id, number)
           JOIN words w ON w.district = $1 AND w.number = r.number AND w.stored_until IS NULL
           ORDER BY 2`,
    values: [district, caseIds, requests.map((r) => r.case_id), requests.map((r) => r.number)],
  });
  const opened = await openRows(client, district, rows);
  return groupBy(
    opened.map((row) => ({ case_id: row.case_id, said: wholeSaid(row) })),
    'said',
  );
}

/** The numbers under which upper systems know these cases. */
export async function upperNumbers(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly { case_id: CaseId; number: string }[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await client.query<{ case_id: CaseId; number: string }>({
    name: 'upper-numbers',
    text: `SELECT DISTINCT case_id, coalesce(data->'external'->>'number', data->>'number') AS number FROM fact
           WHERE district = $1 AND case_id = ANY($2)
             AND (type = 'linked' OR (type = 'opened' AND data->'external' IS NOT NULL))
           ORDER BY 2`,
    values: [district, caseIds],
  });
  return rows;
}

export type SearchRow = { readonly caseId: CaseId; readonly terms: readonly string[] };

/** Puts the terms of these cases into the index, in place of what stood there. */
export async function writeSearch(
  client: pg.ClientBase,
  district: string,
  rows: readonly SearchRow[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query('DELETE FROM search WHERE district = $1 AND case_id = ANY($2)', [
    district,
    rows.map((row) => row.caseId),
  ]);
  await copySearch(client, district, rows);
}

/** Puts the terms of cases into the index that are not in it. */
export async function copySearch(
  client: pg.ClientBase,
  district: string,
  rows: readonly SearchRow[],
  table = 'search',
): Promise<void> {
  const of = cell(district);
  const lineOf = ({ caseId, terms }: SearchRow): string => `${of}\t${caseId}\t${vectorText(terms)}`;
  await copyRows(client, table, 'district, case_id, terms', rows, lineOf);
}

/** Terms hold letters and digits of any script and nothing else (`searchTerms`), so that none needs an escape. */
function vectorText(terms: readonly string[]): string {
  return terms.length === 0 ? '' : `'${terms.join("' '")}'`;
}

function groupBy<K extends string>(
  rows: readonly ({ readonly case_id: CaseId } & Readonly<Record<K, string>>)[],
  key: K,
): Map<CaseId, string[]> {
  const groups = new Map<CaseId, string[]>();
  for (const row of rows) {
    const group = groups.get(row.case_id);
    if (group) group.push(row[key]);
    else groups.set(row.case_id, [row[key]]);
  }
  return groups;
}
