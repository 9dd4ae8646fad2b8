import type { CaseId, Instant } from '@gezhi/basis';
import type { ThreeRatesPolicy, Window } from '@gezhi/measures';
import type pg from 'pg';

export type EditionActRow = {
  readonly edition: string;
  readonly seq: number;
  readonly type: string;
  readonly at: Instant;
  readonly post: string;
  readonly person: string | null;
  readonly data: unknown;
};

/** What happened to one edition, or to all of a district, in order. */
export async function editionActs(
  client: pg.Pool | pg.ClientBase,
  district: string,
  edition?: string,
): Promise<readonly EditionActRow[]> {
  const { rows } = await client.query<EditionActRow>(
    `SELECT edition, seq, type, at, post, person, data FROM edition_act
     WHERE district = $1 AND ($2::text IS NULL OR edition = $2) ORDER BY edition, seq`,
    [district, edition ?? null],
  );
  return rows;
}

/** Adds the next act. Fails with a conflict (`isConflict`) where somebody else was first. */
export async function addEditionAct(
  client: pg.ClientBase,
  district: string,
  { edition, seq, type, at, post, person, data }: EditionActRow,
): Promise<void> {
  await client.query(
    `INSERT INTO edition_act (district, edition, seq, type, at, post, person, data)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [district, edition, seq, type, new Date(at).toISOString(), post, person, JSON.stringify(data)],
  );
}

/** A text of an edition, its list and its input, each to the byte as they were hashed. */
export type EditionTextRow = {
  readonly edition: string;
  readonly hash: string;
  readonly content: string;
  readonly list: string;
  readonly input: string;
};

/** Keeps a text; the same one again changes nothing. */
export async function keepEditionText(
  client: pg.ClientBase,
  district: string,
  { edition, hash, content, list, input }: EditionTextRow,
): Promise<void> {
  await client.query(
    `INSERT INTO edition_text (district, edition, hash, content, list, input)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
    [district, edition, hash, content, list, input],
  );
}

export type EditionTextPart = 'content' | 'list' | 'input';

/** One part of the text with this hash; `undefined` where there is none. */
export async function editionText(
  client: pg.Pool | pg.ClientBase,
  district: string,
  edition: string,
  hash: string,
  part: EditionTextPart,
): Promise<string | undefined> {
  const { rows } = await client.query<{ text: string }>(
    `SELECT CASE $4 WHEN 'content' THEN content WHEN 'list' THEN list ELSE input END AS text
     FROM edition_text WHERE district = $1 AND edition = $2 AND hash = $3`,
    [district, edition, hash, part],
  );
  return rows[0]?.text;
}

/**
 * The cases with a voice that a window may count, by facts up to `position`: those where something of the basis was said or promised or
 * asked inside it, and those that took in or gave back voices of others. Some of them count nothing; none that counts is left out.
 */
export async function casesOfWindow(
  client: pg.Pool | pg.ClientBase,
  district: string,
  basis: ThreeRatesPolicy['dateBasis'],
  { from, to }: Window,
  position: number,
): Promise<readonly CaseId[]> {
  const { rows } = await client.query<{ case_id: CaseId }>(
    `SELECT DISTINCT case_id FROM fact WHERE district = $1 AND position <= $2
     AND (type IN ('absorbed', 'released', 'unmerged') OR (${INSIDE[basis]})) ORDER BY case_id`,
    [district, position, from, to],
  );
  return rows.map(({ case_id }) => case_id);
}

const INSIDE: Readonly<Record<ThreeRatesPolicy['dateBasis'], string>> = {
  created: `type IN ('opened', 'joined') AND (data->'voice'->>'saidAt')::bigint >= $3
    AND (data->'voice'->>'saidAt')::bigint < $4`,
  termEnd: `type = 'promised' AND (data->'due'->>'dueAt')::bigint >= $3 AND (data->'due'->>'dueAt')::bigint < $4`,
  calledBack: `type IN ('calledBack', 'unreachable') AND occurred_at >= to_timestamp($3::bigint / 1000.0)
    AND occurred_at < to_timestamp($4::bigint / 1000.0)`,
};
