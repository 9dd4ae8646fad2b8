import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

type Client = pg.Pool | pg.ClientBase;

/** Those of these persons who are in the vault and not erased. */
export async function keptPersons(
  client: Client,
  district: string,
  persons: readonly string[],
): Promise<readonly string[]> {
  if (persons.length === 0) return [];
  const { rows } = await client.query<{ person: string }>(
    `SELECT person FROM vault_person WHERE district = $1 AND person = ANY($2) AND sealed_key IS NOT NULL ORDER BY person`,
    [district, persons],
  );
  return rows.map(({ person }) => person);
}

/** A request whose case has ended, and until when its people are locked away, where they are. */
export type EndedRequest = {
  readonly number: string;
  readonly case_id: CaseId;
  readonly kind: string;
  readonly ended: Instant;
  readonly stored_until: Instant | null;
};

/**
 * Requests whose case ended before a moment and behind whom somebody is still kept, by case and number, from one on. A case that is
 * ended is written no more, so that its last change is its end.
 */
export async function endedRequests(
  client: Client,
  district: string,
  before: Instant,
  after: { readonly caseId: CaseId; readonly number: string } | undefined,
  max: number,
): Promise<readonly EndedRequest[]> {
  const { rows } = await client.query<EndedRequest>(
    `SELECT r.number, c.case_id, c.kind, c.updated_at AS ended, max(p.stored_until) AS stored_until
     FROM case_now c JOIN request r ON r.district = c.district AND r.case_id = c.case_id
     JOIN vault_person p ON p.district = r.district AND p.sealed_key IS NOT NULL
       AND p.person IN (r.number || '/requester', r.number || '/reportedBy', r.number || '/contact', r.number || '/guardian')
     WHERE c.district = $1 AND NOT c.is_open AND c.updated_at < $2
       AND ($3::uuid IS NULL OR (c.case_id, r.number) > ($3::uuid, $4::text))
     GROUP BY r.number, c.case_id, c.kind, c.updated_at ORDER BY c.case_id, r.number LIMIT $5`,
    [district, new Date(before).toISOString(), after?.caseId ?? null, after?.number ?? null, max],
  );
  return rows;
}

/** The keys of whoever is behind a number, as far as they are kept: erased ones with the day, locked ones with the reason. */
export type KeptState = {
  readonly person: string;
  readonly erased_at: Instant | null;
  readonly stored_until: Instant | null;
  readonly reason: string | null;
};

export async function keptStates(
  client: Client,
  district: string,
  persons: readonly string[],
): Promise<readonly KeptState[]> {
  const { rows } = await client.query<KeptState>(
    'SELECT person, erased_at, stored_until, reason FROM vault_person WHERE district = $1 AND person = ANY($2) ORDER BY person',
    [district, persons],
  );
  return rows;
}
