import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';
import { moment } from './copy-rows.ts';

type Client = pg.Pool | pg.ClientBase;

/** Whose words and photos: what came under a number, or everything that was said in a case. */
export type SaidOf = { readonly number: string } | { readonly caseId: CaseId };

/** How it stands in `vault_person`, and on the list of erasures. */
export function saidId(of: SaidOf): string {
  return `${'number' in of ? of.number : of.caseId}/said`;
}

/** What words and photos are there: the numbers they came under, and the cases in which they were said. */
export type SaidThere = { readonly numbers: readonly string[]; readonly cases: readonly CaseId[] };

/** Those of these that still have words or photos. One round trip each for words and photos. */
export async function saidThere(client: Client, district: string, of: SaidOf): Promise<SaidThere> {
  const { column, value } = whereOf(of);
  const { rows } = await client.query<{ number: string | null; case_id: CaseId }>(
    `SELECT number, case_id FROM words WHERE district = $1 AND ${column} = $2
     UNION SELECT number, case_id FROM media WHERE district = $1 AND ${column} = $2`,
    [district, value],
  );
  return {
    numbers: [...new Set(rows.flatMap((row) => row.number ?? []))].sort(),
    cases: [...new Set(rows.map((row) => row.case_id))].sort(),
  };
}

/** Deletes words and photos, what of them was released to the public, and what no other photo shows. Four round trips. */
export async function deleteSaid(client: pg.ClientBase, district: string, of: SaidOf): Promise<void> {
  const { column, value } = whereOf(of);
  await takeBackReleased(client, district, of);
  await client.query(`DELETE FROM words WHERE district = $1 AND ${column} = $2`, [district, value]);
  const { rows } = await client.query<{ content: Buffer }>(
    `DELETE FROM media WHERE district = $1 AND ${column} = $2 RETURNING content`,
    [district, value],
  );
  if (rows.length === 0) return;
  await client.query(
    `DELETE FROM media_content c WHERE c.district = $1 AND c.hash = ANY($2)
     AND NOT EXISTS (SELECT FROM media m WHERE m.district = $1 AND m.content = c.hash)`,
    [district, rows.map((row) => row.content)],
  );
}

/** Shows words and photos to nobody any more, until `deleteSaid`. */
export async function lockSaid(
  client: pg.ClientBase,
  district: string,
  of: SaidOf,
  until: Instant,
): Promise<void> {
  const { column, value } = whereOf(of);
  await takeBackReleased(client, district, of);
  for (const table of ['words', 'media'])
    await client.query(`UPDATE ${table} SET stored_until = $3 WHERE district = $1 AND ${column} = $2`, [
      district,
      value,
      moment(until),
    ]);
}

/** What a person had released of a case in which this was said: neither words nor photos of it are public any more. */
async function takeBackReleased(client: pg.ClientBase, district: string, of: SaidOf): Promise<void> {
  const cases =
    'caseId' in of ? '= $2::uuid' : 'IN (SELECT case_id FROM request WHERE district = $1 AND number = $2)';
  await client.query(
    `UPDATE public_release SET said = NULL, sealed = NULL, photos = '{}' WHERE district = $1 AND case_id ${cases}`,
    [district, 'caseId' in of ? of.caseId : of.number],
  );
}

/** Keeps what became of words and photos: that they were erased, or until when they are kept, and why. */
export async function recordSaid(
  client: pg.ClientBase,
  district: string,
  id: string,
  state: { readonly erasedAt: Instant } | { readonly until: Instant; readonly reason: string },
): Promise<void> {
  const erased = 'erasedAt' in state;
  await client.query(
    `INSERT INTO vault_person (district, person, stored_until, reason, erased_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (district, person) DO UPDATE SET stored_until = excluded.stored_until, reason = excluded.reason,
       erased_at = greatest(vault_person.erased_at, excluded.erased_at)`,
    [
      district,
      id,
      erased ? null : moment(state.until),
      erased ? null : state.reason,
      erased ? moment(state.erasedAt) : null,
    ],
  );
}

/** A case that has ended and in which something is still said. */
export type EndedCase = {
  readonly case_id: CaseId;
  readonly kind: string;
  readonly ended: Instant;
  readonly stored_until: Instant | null;
};

/** Cases that ended before a moment and of whose words or photos something is left, by id, from one on. */
export async function endedWithWords(
  client: Client,
  district: string,
  before: Instant,
  after: CaseId | undefined,
  max: number,
): Promise<readonly EndedCase[]> {
  const { rows } = await client.query<EndedCase>(
    `SELECT c.case_id, c.kind, c.updated_at AS ended, w.until AS stored_until
     FROM case_now c CROSS JOIN LATERAL (
       SELECT count(*) AS n, max(s.stored_until) AS until FROM (
         SELECT stored_until FROM words WHERE district = $1 AND case_id = c.case_id
         UNION ALL SELECT stored_until FROM media WHERE district = $1 AND case_id = c.case_id) AS s) AS w
     WHERE c.district = $1 AND NOT c.is_open AND c.updated_at < $2 AND ($3::uuid IS NULL OR c.case_id > $3) AND w.n > 0
     ORDER BY c.case_id LIMIT $4`,
    [district, moment(before), after ?? null, max],
  );
  return rows;
}

function whereOf(of: SaidOf): { readonly column: 'number' | 'case_id'; readonly value: string } {
  return 'number' in of ? { column: 'number', value: of.number } : { column: 'case_id', value: of.caseId };
}
