import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

export const ROUND_SORTS = ['patrol', 'screening', 'campaign'] as const;
export type RoundSort = (typeof ROUND_SORTS)[number];

export type RoundItem = {
  readonly id: string;
  readonly zh: string;
  readonly en: string;
  /** What a finding is taken in as; the kind of the round where left out. */
  readonly kind?: string;
};

/** A plan. Days are written 2026-05-06 and both belong to it. */
export type RoundRow = {
  readonly id: string;
  readonly sort: RoundSort;
  readonly titleZh: string;
  readonly titleEn: string;
  readonly kind: string | null;
  readonly leadUnit: string;
  readonly fromDay: string;
  readonly toDay: string;
  readonly basis: string;
  readonly items: readonly RoundItem[];
  readonly plannedAt: Instant;
  readonly post: string;
};

export type RoundStopRow = {
  readonly stop: string;
  readonly target: 'place' | 'asset';
  readonly layer: string | null;
  readonly unit: string;
};

export type RoundFinding = { readonly item: string; readonly case: string };

export type RoundVisitRow = {
  readonly stop: string;
  readonly seq: number;
  readonly at: Instant;
  readonly unit: string;
  readonly post: string;
  readonly findings: readonly RoundFinding[];
};

const ROUND = `id, sort, title_zh AS "titleZh", title_en AS "titleEn", kind, lead_unit AS "leadUnit", from_day::text AS "fromDay",
  to_day::text AS "toDay", basis, items, (extract(epoch FROM planned_at) * 1000)::float8 AS "plannedAt", post`;

/** Writes a plan with its stops. Fails with a conflict where the id is taken. */
export async function insertRound(
  client: pg.ClientBase,
  district: string,
  round: RoundRow,
  stops: readonly RoundStopRow[],
): Promise<void> {
  const { id, sort, titleZh, titleEn, kind, leadUnit, fromDay, toDay, basis, items, plannedAt, post } = round;
  await client.query(
    `INSERT INTO round (district, id, sort, title_zh, title_en, kind, lead_unit, from_day, to_day, basis, items, planned_at, post)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      district,
      id,
      sort,
      titleZh,
      titleEn,
      kind,
      leadUnit,
      fromDay,
      toDay,
      basis,
      JSON.stringify(items),
      iso(plannedAt),
      post,
    ],
  );
  await client.query(
    `INSERT INTO round_stop (district, round_id, stop, target, layer, unit)
     SELECT $1, $2, s.stop, s.target, s.layer, s.unit
     FROM unnest($3::text[], $4::text[], $5::text[], $6::text[]) AS s(stop, target, layer, unit)`,
    [
      district,
      id,
      stops.map(({ stop }) => stop),
      stops.map(({ target }) => target),
      stops.map(({ layer }) => layer),
      stops.map(({ unit }) => unit),
    ],
  );
}

export type RoundCount = RoundRow & { readonly stops: number; readonly visited: number };

/** Every round of a district, the newest first, with how many of its stops were visited. */
export async function listRoundRows(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<readonly RoundCount[]> {
  const { rows } = await client.query<RoundCount>(
    `SELECT ${ROUND},
       (SELECT count(*)::int FROM round_stop AS s WHERE s.district = r.district AND s.round_id = r.id) AS stops,
       (SELECT count(DISTINCT v.stop)::int FROM round_visit AS v WHERE v.district = r.district AND v.round_id = r.id) AS visited
     FROM round AS r WHERE r.district = $1 ORDER BY from_day DESC, id`,
    [district],
  );
  return rows;
}

/** What rounds of a day still have to look at: how many stops at each place or thing nobody was at yet. */
export async function openStops(
  client: pg.Pool | pg.ClientBase,
  district: string,
  day: string,
): Promise<readonly { readonly target: string; readonly stops: number }[]> {
  const { rows } = await client.query<{ target: string; stops: number }>({
    name: 'open-stops',
    text: `SELECT s.target, count(*)::int AS stops FROM round AS r
           JOIN round_stop AS s ON s.district = r.district AND s.round_id = r.id
           WHERE r.district = $1 AND r.from_day <= $2 AND r.to_day >= $2 AND NOT EXISTS (
             SELECT 1 FROM round_visit AS v WHERE v.district = s.district AND v.round_id = s.round_id AND v.stop = s.stop)
           GROUP BY s.target`,
    values: [district, day],
  });
  return rows;
}

/** A round with its stops and visits, stops in order of codes, visits in order of time. Three round trips. */
export async function findRoundRows(
  client: pg.Pool | pg.ClientBase,
  district: string,
  id: string,
): Promise<
  { round: RoundRow; stops: readonly RoundStopRow[]; visits: readonly RoundVisitRow[] } | undefined
> {
  const values = [district, id];
  const { rows: rounds } = await client.query<RoundRow>(
    `SELECT ${ROUND} FROM round WHERE district = $1 AND id = $2`,
    values,
  );
  const [round] = rounds;
  if (!round) return undefined;
  const { rows: stops } = await client.query<RoundStopRow>(
    'SELECT stop, target, layer, unit FROM round_stop WHERE district = $1 AND round_id = $2 ORDER BY stop',
    values,
  );
  const { rows: visits } = await client.query<RoundVisitRow>(
    `SELECT stop, seq, (extract(epoch FROM at) * 1000)::float8 AS at, unit, post, findings
     FROM round_visit WHERE district = $1 AND round_id = $2 ORDER BY at, stop, seq`,
    values,
  );
  return { round, stops, visits };
}

/** Writes a visit down once: the same `commandId` again writes nothing and answers false. */
export async function insertVisit(
  client: pg.Pool | pg.ClientBase,
  district: string,
  roundId: string,
  visit: Omit<RoundVisitRow, 'seq'>,
  commandId: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `INSERT INTO round_visit (district, round_id, stop, seq, at, unit, post, findings, command_id)
     SELECT $1, $2, $3, coalesce(max(seq), 0) + 1, $4, $5, $6, $7, $8
     FROM round_visit WHERE district = $1 AND round_id = $2 AND stop = $3
     ON CONFLICT (district, command_id) DO NOTHING`,
    [
      district,
      roundId,
      visit.stop,
      iso(visit.at),
      visit.unit,
      visit.post,
      JSON.stringify(visit.findings),
      commandId,
    ],
  );
  return rowCount === 1;
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
