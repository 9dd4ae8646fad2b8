import type { CaseId, Instant } from '@gezhi/basis';
import type pg from 'pg';

export type QueueRow = {
  readonly case_id: CaseId;
  readonly kind: string;
  readonly state: string;
  readonly phase: string;
  readonly flags: readonly string[];
  readonly place: string;
  readonly unit: string | null;
  readonly opened_at: Instant;
  readonly requests: number;
  readonly next_due: Instant | null;
  readonly next_clock: string | null;
};

/** Which open cases: of a unit, or in some phases (then without those that `notUnit` leads). */
export type QueueOf = {
  readonly unit?: string;
  readonly phases?: readonly string[];
  readonly notUnit?: string;
  readonly kind?: string;
  readonly late?: boolean;
};

/** The last row of the page before. */
export type QueueAfter = { readonly late: boolean; readonly due: Instant | null; readonly caseId: CaseId };

const COLUMNS = 'case_id, kind, state, phase, flags, place, unit, opened_at, requests, next_due, next_clock';
const LATE = `('late' = ANY(flags))`;
const ORDER = `(NOT ${LATE})::int, coalesce(next_due, 'infinity'), case_id`;

/**
 * A work queue, most pressing first: late ones, then by what is due next, those without a term last. Keyset paging: no page costs
 * more than the first. Reads open cases only, by unit or phase.
 */
export async function queueCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  of: QueueOf,
  page: { readonly now: Instant; readonly limit: number; readonly after?: QueueAfter },
): Promise<readonly QueueRow[]> {
  const values: unknown[] = [district];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const iso = (at: Instant): string => new Date(at).toISOString();
  const where = ['district = $1', 'is_open'];
  if (of.unit !== undefined) where.push(`unit = ${put(of.unit)}`);
  if (of.phases) where.push(`phase = ANY(${put(of.phases)}::text[])`);
  if (of.notUnit !== undefined) where.push(`unit IS DISTINCT FROM ${put(of.notUnit)}`);
  if (of.kind !== undefined) where.push(`kind = ${put(of.kind)}`);
  if (of.late) where.push(`(${LATE} OR next_due <= ${put(iso(page.now))})`);
  if (page.after) {
    const { late, due, caseId } = page.after;
    const key = [put(late ? 0 : 1), put(due === null ? 'infinity' : iso(due)), put(caseId)];
    where.push(`(${ORDER}) > (${key[0]}::int, ${key[1]}::timestamptz, ${key[2]}::uuid)`);
  }
  const { rows } = await client.query<QueueRow>(
    `SELECT ${COLUMNS} FROM case_now WHERE ${where.join(' AND ')} ORDER BY ${ORDER} LIMIT ${put(page.limit)}`,
    values,
  );
  return rows;
}

export type NewestRow = Pick<QueueRow, 'case_id' | 'kind' | 'place' | 'phase' | 'opened_at'>;

/** How many of the newest cases are looked at for public ones, so that a town with few of them is not searched to its end. */
const NEWEST_LOOKED_AT = 500;

/** The newest cases that somebody made public, newest first; of the newest 500 only. */
export async function newestPublicCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  limit: number,
): Promise<readonly NewestRow[]> {
  const { rows } = await client.query<NewestRow>({
    name: 'newest-public-cases',
    text: `SELECT case_id, kind, place, phase, opened_at FROM (
             SELECT case_id, kind, place, phase, opened_at, public FROM case_now
             WHERE district = $1 ORDER BY case_id DESC LIMIT ${NEWEST_LOOKED_AT}) AS newest
           WHERE public ORDER BY case_id DESC LIMIT $2`,
    values: [district, limit],
  });
  return rows;
}
