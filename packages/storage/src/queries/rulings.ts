import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

export const RULING_STATES = ['proposed', 'adopted', 'withdrawn'] as const;
export type RulingState = (typeof RULING_STATES)[number];

/** A precedent: an objection that was upheld, with the unit that the matter went to. */
export type RulingRow = {
  readonly number: number;
  readonly position: number;
  readonly caseId: CaseId;
  readonly application: string;
  readonly kind: string;
  readonly layer: string;
  readonly place: string;
  readonly fromUnit: string | null;
  readonly toUnit: string;
  readonly toPost: string | null;
  readonly basis: string;
  readonly at: Instant;
  readonly byPost: string;
  readonly final: boolean;
  readonly state: RulingState;
  readonly applied: number;
};

export type NewRuling = Omit<RulingRow, 'number' | 'state' | 'applied'>;

const COLUMNS = `number, position, case_id AS "caseId", application, kind, layer, place, from_unit AS "fromUnit", to_unit AS "toUnit",
  to_post AS "toPost", basis, (extract(epoch FROM at) * 1000)::float8 AS at, by_post AS "byPost", final, state, applied`;

function iso(at: Instant): string {
  return new Date(at).toISOString();
}

/** Adds a ruling under the district's next number; one of the same position stays as it is. Within the follower's transaction, which is alone. */
export async function addRuling(client: pg.ClientBase, district: string, r: NewRuling): Promise<void> {
  await client.query({
    name: 'add-ruling',
    text: `INSERT INTO ruling (district, number, position, case_id, application, kind, layer, place, from_unit, to_unit, to_post, basis, at,
             by_post, final, state)
           SELECT $1, coalesce(max(number), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'proposed'
           FROM ruling WHERE district = $1
           ON CONFLICT DO NOTHING`,
    values: [
      district,
      r.position,
      r.caseId,
      r.application,
      r.kind,
      r.layer,
      r.place,
      r.fromUnit,
      r.toUnit,
      r.toPost,
      r.basis,
      iso(r.at),
      r.byPost,
      r.final,
    ],
  });
}

/** Notes that a ruling was applied so many times more. */
export async function countRuling(
  client: pg.ClientBase,
  district: string,
  number: number,
  times: number,
): Promise<void> {
  await client.query({
    name: 'count-ruling',
    text: 'UPDATE ruling SET applied = applied + $3 WHERE district = $1 AND number = $2',
    values: [district, number, times],
  });
}

export type RulingFilter = {
  readonly number?: number;
  readonly state?: RulingState;
  readonly kind?: string;
  readonly places?: readonly string[];
  /** Only numbers below this one: the last of the page before. */
  readonly before?: number;
};

/** Rulings of a district, the newest first. */
export async function listRulings(
  client: pg.Pool | pg.ClientBase,
  district: string,
  filter: RulingFilter = {},
  limit = 1000,
): Promise<readonly RulingRow[]> {
  const { number, state, kind, places, before } = filter;
  const { rows } = await client.query<RulingRow>({
    name: 'list-rulings',
    text: `SELECT ${COLUMNS} FROM ruling WHERE district = $1 AND ($2::int IS NULL OR number = $2)
             AND ($3::text IS NULL OR state = $3) AND ($4::text IS NULL OR kind = $4)
             AND ($5::text[] IS NULL OR place = ANY($5)) AND ($6::int IS NULL OR number < $6)
           ORDER BY number DESC LIMIT $7`,
    values: [district, number ?? null, state ?? null, kind ?? null, places ?? null, before ?? null, limit],
  });
  return rows;
}

/** The rulings that routing asks: proposed and adopted ones, the newest first. */
export async function liveRulings(pool: pg.Pool, district: string): Promise<readonly RulingRow[]> {
  const { rows } = await pool.query<RulingRow>({
    name: 'live-rulings',
    text: `SELECT ${COLUMNS} FROM ruling WHERE district = $1 AND state <> 'withdrawn' ORDER BY number DESC`,
    values: [district],
  });
  return rows;
}

export type RulingAct = {
  readonly at: Instant;
  readonly post: string;
  readonly person: string | null;
  readonly act: 'adopted' | 'withdrawn';
  readonly basis: string;
};

/** Notes what the catalogue's owner said of a ruling; false where it is in that state already, was withdrawn, or is not there. */
export async function actOnRuling(
  client: pg.ClientBase,
  district: string,
  number: number,
  said: RulingAct,
): Promise<boolean> {
  const moved = await client.query({
    name: 'move-ruling',
    text: `UPDATE ruling SET state = $3 WHERE district = $1 AND number = $2 AND state <> $3 AND state <> 'withdrawn'`,
    values: [district, number, said.act],
  });
  if (moved.rowCount !== 1) return false;
  await client.query({
    name: 'ruling-act',
    text: `INSERT INTO ruling_act (district, number, seq, at, post, person, act, basis)
           SELECT $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5, $6, $7 FROM ruling_act WHERE district = $1 AND number = $2`,
    values: [district, number, iso(said.at), said.post, said.person, said.act, said.basis],
  });
  return true;
}
