import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';
import { openRows, type SaidCells } from '../sealed-columns.ts';

/** Something a requester said, as topics are made of it. */
export type TopicWords = {
  readonly id: string;
  readonly caseId: CaseId;
  readonly said: string;
  readonly place: string;
  readonly kind: string;
  /** Keyed hash of the telephone number behind it, where one was given: counted, never shown. */
  readonly lookup: Buffer | null;
};

export type TopicWordsFilter = {
  /** The least and the greatest id of a case opened in the window. */
  readonly fromId: string;
  readonly toId: string;
  readonly places?: readonly string[] | undefined;
  readonly kind?: string | undefined;
  readonly isPublic: boolean;
  /** Kinds that nobody reads about. */
  readonly butKinds: readonly string[];
};

/** So many characters of a text say what it is about. */
const FIRST = 600;

/** What was said in cases opened in a window, the newest first; of each the first characters, which say what it is about. */
export async function topicWords(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { fromId, toId, places, kind, isPublic, butKinds }: TopicWordsFilter,
  limit: number,
): Promise<readonly TopicWords[]> {
  const { rows } = await client.query<SaidCells & Omit<TopicWords, 'said'>>(
    `SELECT w.id, w.case_id AS "caseId", w.said, w.place_said, w.sealed, c.place, c.kind, f.lookup
     FROM words w
     JOIN case_now c ON c.district = w.district AND c.case_id = w.case_id
     LEFT JOIN vault_field f
       ON f.district = w.district AND f.person = w.number || '/requester' AND f.lookup IS NOT NULL
     WHERE w.district = $1 AND w.case_id >= $2 AND w.case_id <= $3 AND w.number IS NOT NULL AND w.said IS DISTINCT FROM '' AND w.stored_until IS NULL
       AND c.kind <> ALL ($4) AND ($5::text[] IS NULL OR c.place = ANY ($5)) AND ($6::text IS NULL OR c.kind = $6)
       AND (NOT $7 OR c.public)
     ORDER BY w.case_id DESC, w.id LIMIT ${Math.trunc(limit)}`,
    [district, fromId, toId, butKinds, places ?? null, kind ?? null, isPublic],
  );
  const opened = await openRows(client, district, rows);
  return opened.flatMap(({ place_said: _, said, ...row }) =>
    said === '' ? [] : { ...row, said: [...said.slice(0, 2 * FIRST)].slice(0, FIRST).join('') },
  );
}

export type TopicScope = 'staff' | 'public';

/** A run of one window. `topics` is what the town room made of it. */
export type TopicRunRow = {
  readonly scope: TopicScope;
  readonly days: number;
  readonly madeAt: Instant;
  readonly from: Instant;
  readonly to: Instant;
  readonly coveredFrom: Instant;
  readonly policy: string;
  readonly messages: number;
  readonly topics: readonly unknown[];
};

/** Keeps a run in the place of the one before. */
export async function keepTopicRun(
  client: pg.Pool | pg.ClientBase,
  district: string,
  run: TopicRunRow,
): Promise<void> {
  const { scope, days, madeAt, from, to, coveredFrom, policy, messages, topics } = run;
  await client.query(
    `INSERT INTO topic_run (district, scope, days, made_at, from_at, to_at, covered_from, policy, messages, topics)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
     ON CONFLICT (district, scope, days) DO UPDATE SET made_at = excluded.made_at, from_at = excluded.from_at,
       to_at = excluded.to_at, covered_from = excluded.covered_from, policy = excluded.policy,
       messages = excluded.messages, topics = excluded.topics`,
    [
      district,
      scope,
      days,
      iso(madeAt),
      iso(from),
      iso(to),
      iso(coveredFrom),
      policy,
      messages,
      JSON.stringify(topics),
    ],
  );
}

export async function findTopicRun(
  client: pg.Pool | pg.ClientBase,
  district: string,
  scope: TopicScope,
  days: number,
): Promise<TopicRunRow | undefined> {
  const ms = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
  const { rows } = await client.query<TopicRunRow>(
    `SELECT scope, days, ${ms('made_at')} AS "madeAt", ${ms('from_at')} AS "from", ${ms('to_at')} AS "to",
       ${ms('covered_from')} AS "coveredFrom", policy, messages, topics
     FROM topic_run WHERE district = $1 AND scope = $2 AND days = $3`,
    [district, scope, days],
  );
  return rows[0];
}

export type TopicDay = {
  readonly id: string;
  readonly voices: number;
  readonly people: number;
  readonly heat: number;
};

/** Notes how topics stand on a day, the last word of the day winning, and forgets days of long ago. */
export async function keepTopicDays(
  client: pg.ClientBase,
  district: string,
  day: string,
  topics: readonly TopicDay[],
): Promise<void> {
  await client.query('DELETE FROM topic_day WHERE district = $1 AND day = $2', [district, day]);
  await client.query(
    `INSERT INTO topic_day (district, day, id, voices, people, heat)
     SELECT $1, $2, * FROM unnest($3::text[], $4::int[], $5::int[], $6::real[])`,
    [
      district,
      day,
      topics.map(({ id }) => id),
      topics.map(({ voices }) => voices),
      topics.map(({ people }) => people),
      topics.map(({ heat }) => heat),
    ],
  );
  await client.query('DELETE FROM topic_day WHERE district = $1 AND day < $2::date - 400', [district, day]);
}

/** The last days of these topics, the oldest first. */
export async function topicDays(
  client: pg.Pool | pg.ClientBase,
  district: string,
  ids: readonly string[],
  since: string,
): Promise<readonly (TopicDay & { readonly day: string })[]> {
  const { rows } = await client.query<TopicDay & { day: string }>(
    `SELECT day::text AS day, id, voices, people, heat::float8 AS heat FROM topic_day
     WHERE district = $1 AND id = ANY ($2) AND day >= $3 ORDER BY day`,
    [district, ids, since],
  );
  return rows;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
