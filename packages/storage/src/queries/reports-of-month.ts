import type { Instant } from '@gezhi/basis';
import type pg from 'pg';

/** A kind of matter in some places and a window: what was reported, and what became of it. */
export type MonthOfKind = {
  readonly kind: string;
  /** Requests, and the matters that they are about. */
  readonly requests: number;
  readonly matters: number;
  /** Of the matters, those that are over. */
  readonly ended: number;
  /** Milliseconds from the report to the unit's word that it is done, of each matter that has one. */
  readonly took: readonly number[];
};

/**
 * What was reported in these places from `from` until before `to`, by kind; none that is about a unit, none that was merged into another.
 * Reads the matters of that time alone: an id begins with the moment of opening.
 */
export async function reportsOfMonth(
  pool: pg.Pool,
  district: string,
  asked: {
    readonly places: readonly string[];
    readonly from: Instant;
    readonly to: Instant;
    readonly butKinds: readonly string[];
  },
): Promise<readonly MonthOfKind[]> {
  const { places, from, to, butKinds } = asked;
  const { rows } = await pool.query<MonthOfKind>({
    name: 'reports-of-month',
    text: `SELECT c.kind, sum(c.requests)::int AS requests, count(*)::int AS matters,
             count(*) FILTER (WHERE NOT c.is_open)::int AS ended,
             coalesce(array_agg(d.took) FILTER (WHERE d.took IS NOT NULL), '{}') AS took
           FROM case_now c
           LEFT JOIN LATERAL (
             SELECT (extract(epoch FROM min(f.occurred_at) - c.opened_at) * 1000)::float8 AS took FROM fact f
             WHERE f.district = c.district AND f.case_id = c.case_id AND f.type IN ('done', 'answered')
           ) d ON true
           WHERE c.district = $1 AND c.place = ANY($2) AND c.case_id >= $3 AND c.case_id < $4
             AND c.kind <> ALL($5) AND c.against IS NULL AND NOT 'merged' = ANY(c.flags)
           GROUP BY c.kind`,
    values: [district, places, firstIdOf(from), firstIdOf(to), butKinds],
  });
  return rows;
}

/** The smallest id of a case that was opened at this moment: its first 48 bits are the milliseconds. */
function firstIdOf(at: Instant): string {
  const hex = Math.max(0, Math.floor(at)).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}
