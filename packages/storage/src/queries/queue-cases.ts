import type { CaseId, Instant } from '@gezhi/basis';
import { isOpenPhase, PHASES } from '@gezhi/cases';
import type pg from 'pg';
import { type PowerFilter, type Put, powerCondition } from './power-filter.ts';

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

/** Which open cases: those that a unit leads or helps with (of some phases), or those in some phases that `notUnit` does not lead. */
export type QueueOf = ({ readonly unit: string } | { readonly notUnit?: string }) & {
  readonly phases?: readonly string[];
  readonly kind?: string;
  /** Of one of these kinds. */
  readonly kinds?: readonly string[];
  readonly flag?: string;
  readonly places?: readonly string[];
  /** Only those in which an application about one of these waits for its ruling. */
  readonly applied?: readonly string[];
  readonly late?: boolean;
  /** Only these. */
  readonly cases?: readonly CaseId[];
  /** Only those over which somebody holds a power. */
  readonly held?: PowerFilter;
};

/** The last row of the page before. */
export type QueueAfter = { readonly late: boolean; readonly due: Instant | null; readonly caseId: CaseId };

const COLUMNS = 'case_id, kind, state, phase, flags, place, unit, opened_at, requests, next_due, next_clock';
/** As the indexes `case_open_unit` and `case_open_phase` have it. */
const NOT_LATE = `('late' <> ALL (flags))`;
const ORDER = `${NOT_LATE}, coalesce(next_due, 'infinity'), case_id`;

/**
 * A work queue, most pressing first: late ones, then by what is due next, those without a term last. Keyset paging: a page reads its
 * own rows from the index of the unit or of each phase, whatever the number of open cases; one that is narrowed by kind reads on
 * until it is full. What a unit helps with is found by its own index and sorted.
 */
export async function queueCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  of: QueueOf,
  page: { readonly now: Instant; readonly limit: number; readonly after?: QueueAfter },
): Promise<readonly QueueRow[]> {
  const values: unknown[] = [district];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const common = narrowed(of, page, put);
  const limit = put(page.limit);
  const branches = branchesOf(of, put).map(
    (branch) =>
      `(SELECT ${COLUMNS} FROM case_now WHERE ${[...branch, ...common].join(' AND ')} ORDER BY ${ORDER} LIMIT ${limit})`,
  );
  const { rows } = await client.query<QueueRow>(
    `SELECT * FROM (${branches.join(' UNION ALL ')}) AS queue ORDER BY ${ORDER} LIMIT ${limit}`,
    values,
  );
  return rows;
}

/** How many wait in a queue; counting stops at `max`. */
export async function countQueue(
  client: pg.Pool | pg.ClientBase,
  district: string,
  of: QueueOf,
  now: Instant,
  max: number,
): Promise<number> {
  const values: unknown[] = [district];
  const put = (value: unknown): string => `$${values.push(value)}`;
  const common = narrowed(of, { now }, put);
  const limit = put(max);
  const branches = branchesOf(of, put).map(
    (branch) => `(SELECT 1 FROM case_now WHERE ${[...branch, ...common].join(' AND ')} LIMIT ${limit})`,
  );
  const { rows } = await client.query<{ waiting: number }>(
    `SELECT count(*)::int AS waiting FROM (SELECT 1 FROM (${branches.join(' UNION ALL ')}) AS queue LIMIT ${limit}) AS counted`,
    values,
  );
  return rows[0]?.waiting ?? 0;
}

/** What holds of every branch. */
function narrowed(
  of: QueueOf,
  { now, after }: { readonly now: Instant; readonly after?: QueueAfter },
  put: Put,
): readonly string[] {
  const iso = (at: Instant): string => new Date(at).toISOString();
  const where = ['district = $1', 'is_open'];
  if (of.kind !== undefined) where.push(`kind = ${put(of.kind)}`);
  if (of.kinds) where.push(`kind = ANY(${put(of.kinds)}::text[])`);
  if (of.flag !== undefined) where.push(`${put(of.flag)}::text = ANY(flags)`);
  if (of.places) where.push(`place = ANY(${put(of.places)}::text[])`);
  if (of.cases) where.push(`case_id = ANY(${put(of.cases)}::uuid[])`);
  if (of.applied) where.push(waitsForRuling(put(of.applied)));
  if (of.held) where.push(powerCondition(of.held, put, 'case_now'));
  // Late is a beginning of the order: where `late` is marked, or the next term has passed.
  if (of.late)
    where.push(`(${NOT_LATE}, coalesce(next_due, 'infinity')) <= (true, ${put(iso(now))}::timestamptz)`);
  if (after) {
    const key = [put(!after.late), put(after.due === null ? 'infinity' : iso(after.due)), put(after.caseId)];
    where.push(`(${ORDER}) > (${key[0]}::bool, ${key[1]}::timestamptz, ${key[2]}::uuid)`);
  }
  return where;
}

/** An application that was not ruled on since: some key look-ups in the case's own facts. */
function waitsForRuling(about: string): string {
  return `EXISTS (SELECT 1 FROM fact AS a WHERE a.district = case_now.district AND a.case_id = case_now.case_id
    AND a.type = 'applied' AND a.data ->> 'about' = ANY(${about}::text[]) AND NOT EXISTS (
      SELECT 1 FROM fact AS r WHERE r.district = a.district AND r.case_id = a.case_id
        AND r.type = 'ruled' AND r.data ->> 'application' = a.data ->> 'application'))`;
}

/** Each branch is one run through an index in the queue's order; no case stands in two. */
function branchesOf(of: QueueOf, put: Put): readonly (readonly string[])[] {
  if ('unit' in of) {
    const unit = put(of.unit);
    // IS TRUE, so that no plan goes by the index of phases: those of a whole district are many times those of a unit.
    const phases = of.phases ? [`(phase = ANY(${put(of.phases)}::text[])) IS TRUE`] : [];
    return [
      [`unit = ${unit}`, ...phases],
      [`helpers @> ARRAY[${unit}::text]`, `unit IS DISTINCT FROM ${unit}`, ...phases],
    ];
  }
  const others = of.notUnit === undefined ? [] : [`unit IS DISTINCT FROM ${put(of.notUnit)}`];
  return (of.phases ?? OPEN_PHASES).map((phase) => [`phase = ${put(phase)}`, ...others]);
}

const OPEN_PHASES = PHASES.filter(isOpenPhase);

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
