import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';
import { inTransaction } from './transaction.ts';

/** Two cases that may be the same matter, and what is alike in them. `same` is null while nobody has decided. */
export type SamePairRow = {
  readonly caseId: CaseId;
  readonly otherId: CaseId;
  readonly words: number;
  readonly within: number;
  readonly kind: number;
  readonly near: number;
  readonly place: number;
  readonly fresh: number;
  readonly shownAt: Instant;
  readonly same: boolean | null;
};

const COLUMNS = ['words', 'within', 'kind', 'near', 'place', 'fresh'] as const;

/** Keeps pairs that are not there yet, undecided. */
export async function keepSamePairs(
  client: pg.Pool | pg.ClientBase,
  district: string,
  rows: readonly Omit<SamePairRow, 'same'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `INSERT INTO same_pair (district, case_id, other_id, shown_at, ${COLUMNS.join(', ')})
     SELECT $1, * FROM unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::real[], $6::real[], $7::real[], $8::real[], $9::real[], $10::real[])
     ON CONFLICT (district, case_id, other_id) DO NOTHING`,
    [
      district,
      rows.map(({ caseId }) => caseId),
      rows.map(({ otherId }) => otherId),
      rows.map(({ shownAt }) => new Date(shownAt).toISOString()),
      ...COLUMNS.map((column) => rows.map((row) => row[column])),
    ],
  );
}

/** The newest pairs of a district. */
export async function samePairs(
  client: pg.Pool | pg.ClientBase,
  district: string,
  limit: number,
): Promise<readonly SamePairRow[]> {
  const { rows } = await client.query<SamePairRow>({
    name: 'same-pairs',
    text: `SELECT case_id AS "caseId", other_id AS "otherId", ${COLUMNS.map((c) => `${c}::float8 AS ${c}`).join(', ')},
             (extract(epoch FROM shown_at) * 1000)::float8 AS "shownAt", same
           FROM same_pair WHERE district = $1 ORDER BY shown_at DESC, case_id, other_id LIMIT $2`,
    values: [district, limit],
  });
  return rows;
}

/** Writes down what was decided about pairs. */
export async function judgeSamePairs(
  client: pg.Pool | pg.ClientBase,
  district: string,
  rows: readonly Pick<SamePairRow, 'caseId' | 'otherId' | 'same'>[],
): Promise<void> {
  if (rows.length === 0) return;
  await client.query(
    `UPDATE same_pair AS p SET same = j.same
     FROM unnest($2::uuid[], $3::uuid[], $4::boolean[]) AS j(case_id, other_id, same)
     WHERE p.district = $1 AND p.case_id = j.case_id AND p.other_id = j.other_id`,
    [
      district,
      rows.map(({ caseId }) => caseId),
      rows.map(({ otherId }) => otherId),
      rows.map(({ same }) => same),
    ],
  );
}

export type MergeRow = {
  readonly caseId: CaseId;
  readonly type: 'merged' | 'unmerged';
  /** Into which it was merged, or out of which it was taken again. */
  readonly otherId: CaseId;
  readonly at: Instant;
};

/** What was merged and taken out again after a position, in order. */
export async function mergesAfter(
  client: pg.Pool | pg.ClientBase,
  district: string,
  after: number,
): Promise<readonly MergeRow[]> {
  const { rows } = await client.query<MergeRow>({
    name: 'merges-after',
    text: `SELECT case_id AS "caseId", type, coalesce(data->>'into', data->>'from') AS "otherId",
             (extract(epoch FROM occurred_at) * 1000)::float8 AS at
           FROM fact WHERE district = $1 AND position > $2 AND type IN ('merged', 'unmerged') ORDER BY position`,
    values: [district, after],
  });
  return rows;
}

export type OpeningRow = {
  readonly caseId: CaseId;
  readonly kind: string;
  readonly place: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly openedAt: Instant;
  /** The words with which it was opened, by their id. */
  readonly wordsId: string | null;
};

/** How these cases began: what each was told with, before anything was merged into it. */
export async function openingsOf(
  client: pg.Pool | pg.ClientBase,
  district: string,
  caseIds: readonly CaseId[],
): Promise<readonly OpeningRow[]> {
  if (caseIds.length === 0) return [];
  const { rows } = await client.query<OpeningRow>({
    name: 'openings-of',
    text: `SELECT c.case_id AS "caseId", c.kind, c.place, c.lon, c.lat, c.opened_at AS "openedAt",
             coalesce(o.data->'voice'->'words'->>'id', o.data->'words'->>'id') AS "wordsId"
           FROM case_now c JOIN fact o ON o.district = c.district AND o.case_id = c.case_id AND o.seq = 1
           WHERE c.district = $1 AND c.case_id = ANY($2)`,
    values: [district, caseIds],
  });
  return rows;
}

/** One calibration. `policy` and `report` are of the text room. */
export type SamePolicyRow = {
  readonly madeAt: Instant;
  readonly state: 'adopted' | 'kept' | 'replaced';
  readonly policy: unknown;
  readonly report: unknown;
};

/** All calibrations of a district, the newest first. */
export async function samePolicies(
  client: pg.Pool | pg.ClientBase,
  district: string,
  limit = 20,
): Promise<readonly SamePolicyRow[]> {
  const { rows } = await client.query<SamePolicyRow>({
    name: 'same-policies',
    text: `SELECT (extract(epoch FROM made_at) * 1000)::float8 AS "madeAt", state, policy, report
           FROM same_policy WHERE district = $1 ORDER BY made_at DESC LIMIT $2`,
    values: [district, limit],
  });
  return rows;
}

/** The policy by which a district tells chances; none where the shipped one stands. */
export async function adoptedSamePolicy(client: pg.Pool | pg.ClientBase, district: string): Promise<unknown> {
  const { rows } = await client.query<{ policy: unknown }>({
    name: 'adopted-same-policy',
    text: `SELECT policy FROM same_policy WHERE district = $1 AND state = 'adopted'`,
    values: [district],
  });
  return rows[0]?.policy;
}

/** Keeps a calibration; an adopted one takes the place of the one before. One transaction. */
export async function addSamePolicy(
  pool: pg.Pool,
  district: string,
  { madeAt, state, policy, report }: SamePolicyRow,
): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (state === 'adopted')
      await client.query(
        `UPDATE same_policy SET state = 'replaced' WHERE district = $1 AND state = 'adopted'`,
        [district],
      );
    await client.query(
      'INSERT INTO same_policy (district, made_at, state, policy, report) VALUES ($1, $2, $3, $4, $5)',
      [district, new Date(madeAt).toISOString(), state, JSON.stringify(policy), JSON.stringify(report)],
    );
  });
}
