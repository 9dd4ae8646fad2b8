import { type Instant, mintCaseId } from '@gezhi/basis';
import type pg from 'pg';

export type MarkAverage = {
  readonly unit: string;
  readonly dimension: string;
  readonly n: number;
  readonly average: number;
};

/** The average mark that each unit was given, by dimension, in a window; only from `atLeast` marks on. Reads the ratings alone. */
export async function averageMarks(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { from, to, atLeast }: { readonly from: Instant; readonly to: Instant; readonly atLeast: number },
): Promise<readonly MarkAverage[]> {
  const { rows } = await client.query<MarkAverage>(
    `SELECT f.data ->> 'of' AS unit, m.key AS dimension, count(*)::int AS n, avg(m.value::int)::float8 AS average
     FROM fact AS f CROSS JOIN LATERAL json_each_text(f.data -> 'marks') AS m
     WHERE f.district = $1 AND f.type = 'rated' AND f.recorded_at >= $2 AND f.recorded_at < $3
     GROUP BY 1, 2 HAVING count(*) >= $4 ORDER BY 1, 2`,
    [district, iso(from), iso(to), atLeast],
  );
  return rows;
}

export type PlaceCount = { readonly place: string; readonly counted: number; readonly others: number };

/** How many cases of these kinds were opened in a window in each place, and how many of all others. Reads the window's cases by their ids. */
export async function countKindsByPlace(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { kinds, from, to }: { readonly kinds: readonly string[]; readonly from: Instant; readonly to: Instant },
): Promise<readonly PlaceCount[]> {
  const { rows } = await client.query<PlaceCount>(
    `SELECT place, (count(*) FILTER (WHERE kind = ANY ($2)))::int AS counted,
       (count(*) FILTER (WHERE kind <> ALL ($2)))::int AS others
     FROM case_now WHERE district = $1 AND case_id >= $3 AND case_id < $4
     GROUP BY place ORDER BY place`,
    [district, kinds, firstId(from), firstId(to)],
  );
  return rows;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** The least id that a case opened at a moment can have. */
function firstId(at: Instant): string {
  return mintCaseId(at, new Uint8Array(10));
}
