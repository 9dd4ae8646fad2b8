import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

export const KNOWLEDGE_STATUSES = ['proposed', 'live', 'withdrawn'] as const;
export type KnowledgeStatus = (typeof KNOWLEDGE_STATUSES)[number];

/** One version of an item. `data` is the item as the town room knows it; the columns beside it are what is asked for. */
export type KnowledgeRow = {
  readonly id: string;
  readonly version: number;
  readonly status: KnowledgeStatus;
  readonly language: string;
  readonly owner: string;
  readonly kinds: readonly string[];
  readonly validUntil: Instant;
  readonly sourceCase: CaseId | null;
  readonly data: unknown;
};

/** The terms of an item: those of its question, and all others. */
export type KnowledgeTerms = { readonly question: readonly string[]; readonly rest: readonly string[] };

const COLUMNS = `id, version, status, language, owner, kinds,
  (extract(epoch FROM valid_until) * 1000)::float8 AS "validUntil", source_case AS "sourceCase", data`;

/**
 * Writes a version, the first or the next of its item. Answers false, and writes nothing, where that version is there already (somebody else
 * was faster), or where another item was proposed from the same case. Within a transaction of the caller's.
 */
export async function addKnowledge(
  client: pg.ClientBase,
  district: string,
  row: KnowledgeRow,
  by: { readonly at: Instant; readonly post: string; readonly person: string | null },
  terms: KnowledgeTerms,
): Promise<boolean> {
  const { id, version, status, language, owner, kinds, validUntil, sourceCase, data } = row;
  const json = JSON.stringify(data);
  const { rowCount } = await client.query(
    `INSERT INTO knowledge_now AS n (district, id, version, status, language, owner, kinds, valid_until, source_case, data, terms)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::tsvector)
     ON CONFLICT DO NOTHING`,
    [
      district,
      id,
      version,
      status,
      language,
      owner,
      kinds,
      iso(validUntil),
      sourceCase,
      json,
      vectorOf(terms),
    ],
  );
  if (version > 1 || rowCount === 0) {
    const moved = await client.query(
      `UPDATE knowledge_now SET version = $3, status = $4, language = $5, owner = $6, kinds = $7, valid_until = $8, data = $9,
         terms = $10::tsvector
       WHERE district = $1 AND id = $2 AND version = $3 - 1`,
      [district, id, version, status, language, owner, kinds, iso(validUntil), json, vectorOf(terms)],
    );
    if (moved.rowCount === 0) return false;
  }
  await client.query(
    `INSERT INTO knowledge_version (district, id, version, at, post, person, status, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [district, id, version, iso(by.at), by.post, by.person, status, json],
  );
  return true;
}

/** What live items answer a query, the best first: of its terms the more the better, those in the question four times. */
export async function searchKnowledge(
  client: pg.Pool | pg.ClientBase,
  district: string,
  query: { readonly terms: readonly string[]; readonly language?: string; readonly now: Instant },
  limit: number,
): Promise<readonly (KnowledgeRow & { readonly rank: number })[]> {
  if (query.terms.length === 0) return [];
  const { rows } = await client.query<KnowledgeRow & { rank: number }>(
    `SELECT ${COLUMNS}, ts_rank('{0.25, 0.25, 0.25, 1}', terms, $2::tsquery)::float8 AS rank FROM knowledge_now
     WHERE district = $1 AND status = 'live' AND terms @@ $2::tsquery AND valid_until > $3
       AND ($4::text IS NULL OR language = $4)
     ORDER BY rank DESC, id LIMIT ${Math.trunc(limit)}`,
    [district, query.terms.map(quoted).join(' | '), iso(query.now), query.language ?? null],
  );
  return rows;
}

/** Items of a district by their ids, status or owner; with `dueBy`, those live ones whose end comes before that moment, the nearest first. */
export async function listKnowledge(
  client: pg.Pool | pg.ClientBase,
  district: string,
  filter: {
    readonly id?: string;
    readonly ids?: readonly string[];
    readonly status?: KnowledgeStatus;
    readonly owner?: string;
    readonly dueBy?: Instant;
  } = {},
): Promise<readonly KnowledgeRow[]> {
  const { id, ids, status, owner, dueBy } = filter;
  const { rows } = await client.query<KnowledgeRow>(
    `SELECT ${COLUMNS} FROM knowledge_now
     WHERE district = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR status = $3)
       AND ($4::text IS NULL OR owner = $4) AND ($5::timestamptz IS NULL OR (status = 'live' AND valid_until <= $5))
       AND ($6::text[] IS NULL OR id = ANY($6))
     ORDER BY valid_until, id`,
    [
      district,
      id ?? null,
      status ?? null,
      owner ?? null,
      dueBy === undefined ? null : iso(dueBy),
      ids ?? null,
    ],
  );
  return rows;
}

/** Every version of an item, the first first. */
export async function knowledgeVersions(
  client: pg.Pool | pg.ClientBase,
  district: string,
  id: string,
): Promise<
  readonly { version: number; at: Instant; post: string; status: KnowledgeStatus; data: unknown }[]
> {
  const { rows } = await client.query<{
    version: number;
    at: Instant;
    post: string;
    status: KnowledgeStatus;
    data: unknown;
  }>(
    `SELECT version, (extract(epoch FROM at) * 1000)::float8 AS at, post, status, data FROM knowledge_version
     WHERE district = $1 AND id = $2 ORDER BY version`,
    [district, id],
  );
  return rows;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Terms hold letters and digits of any script and nothing else (`searchTerms`), so that none needs an escape. */
function vectorOf({ question, rest }: KnowledgeTerms): string {
  const weighed = new Map<string, 'A' | 'D'>([
    ...rest.map((term) => [term, 'D'] as const),
    ...question.map((term) => [term, 'A'] as const),
  ]);
  return [...weighed].map(([term, weight]) => `'${term}':1${weight}`).join(' ');
}

function quoted(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
