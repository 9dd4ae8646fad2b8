import { type CaseId, type Instant, isoInstant } from '@gezhi/basis';
import type pg from 'pg';
import { type PowerFilter, powerCondition } from './power-filter.ts';

/** What a list of cases may be narrowed by; all must hold. `places` are codes by which cases are counted. */
export type CaseFilter = {
  readonly phase?: string;
  readonly state?: string;
  readonly kinds?: readonly string[];
  /** That leads or helps; `null`: nobody leads yet. */
  readonly unit?: string | null;
  readonly places?: readonly string[];
  readonly flag?: string;
  readonly isOpen?: boolean;
  readonly public?: boolean;
  /** Opened from (included) … to (not included). */
  readonly from?: Instant;
  readonly to?: Instant;
  /** The next deadline lies after … and at or before …, or there is none. */
  readonly due?: 'none' | { readonly after?: Instant; readonly by?: Instant };
  /** Only those whose point nobody knows. */
  readonly pointless?: boolean;
  readonly box?: {
    readonly minLon: number;
    readonly minLat: number;
    readonly maxLon: number;
    readonly maxLat: number;
  };
  /** Terms that must all stand in the search index; whether the wording itself does is the caller's to look up (`searchSubjects`). */
  readonly terms?: readonly string[];
  /** Only those over which somebody holds a power. */
  readonly held?: PowerFilter;
  /** The last case of the page before. */
  readonly after?: CaseId;
  readonly offset?: number;
};

export type CaseListRow = {
  case_id: CaseId;
  seq: number;
  kind: string;
  state: string;
  phase: string;
  flags: string[];
  place: string;
  unit: string | null;
  opened_at: number;
  updated_at: number;
  requests: number;
  next_due: number | null;
  next_clock: string | null;
};

const COLUMNS =
  'c.case_id, c.seq, c.kind, c.state, c.phase, c.flags, c.place, c.unit, c.opened_at, c.updated_at, c.requests, ' +
  'c.next_due, c.next_clock';

/**
 * A page of cases, newest first. Keyset paging by case id (its first 48 bits are the opening time), so the last page costs what the
 * first does.
 *
 * A search looks through the newest cases first, where a common term fills a page at once, and asks the GIN index only if that
 * would not do: then the term is rare, and what it finds is few. Neither way depends on how many cases there are.
 */
export async function listCases(
  client: pg.Pool | pg.ClientBase,
  district: string,
  filter: CaseFilter,
  limit: number,
): Promise<readonly CaseListRow[]> {
  if (!filter.terms) return await readPage(client, district, filter, limit, 'case_now c');
  const newest = await readPage(client, district, filter, limit, amongTheNewest(FIRST_LOOK));
  if (newest.length === limit) return newest;
  const enough = Math.ceil((1.5 * FIRST_LOOK * limit) / Math.max(1, newest.length));
  if (enough <= SECOND_LOOK_MAX) {
    const more = await readPage(client, district, filter, limit, amongTheNewest(enough));
    if (more.length === limit) return more;
  }
  const { terms: _terms, after: _after, ...others } = filter;
  const alone = Object.values(others).every((value) => value === undefined);
  return await readPage(
    client,
    district,
    filter,
    limit,
    byTheIndex(alone ? `LIMIT ${Math.trunc(limit)}` : ''),
  );
}

/** How many of the newest cases are looked through at first: what two milliseconds allow. */
const FIRST_LOOK = 3_000;

/**
 * What the first look found tells how far a page reaches; up to here a second look costs less than fetching all that the index knows of
 * a term so common.
 */
const SECOND_LOOK_MAX = 25_000;

/** `$2` is the query, `$3` the last case of the page before or null. The inner LIMIT keeps the planner from turning it round. */
const amongTheNewest = (cases: number): string => `(SELECT n.district, n.case_id FROM (
    SELECT district, case_id, terms FROM search
    WHERE district = $1 AND ($3::uuid IS NULL OR case_id < $3) ORDER BY case_id DESC LIMIT ${cases}) AS n
  WHERE n.terms @@ $2::tsquery) AS s JOIN case_now c ON c.district = s.district AND c.case_id = s.case_id`;

/** @param atMost where the terms are all that is asked for: no more than a page need be looked up */
const byTheIndex = (atMost: string): string => `(SELECT m.district, m.case_id FROM (
    SELECT district, case_id FROM search WHERE district = $1 AND terms @@ $2::tsquery OFFSET 0) AS m
  WHERE $3::uuid IS NULL OR m.case_id < $3 ORDER BY m.case_id DESC ${atMost}) AS s JOIN case_now c ON c.district = s.district AND c.case_id = s.case_id`;

async function readPage(
  client: pg.Pool | pg.ClientBase,
  district: string,
  filter: CaseFilter,
  limit: number,
  from: string,
): Promise<readonly CaseListRow[]> {
  const { where, values } = conditionsOf(district, filter);
  const { rows } = await client.query<CaseListRow>(
    `SELECT ${COLUMNS} FROM ${from} WHERE ${where.join(' AND ')}
     ORDER BY c.case_id DESC LIMIT ${Math.trunc(limit)} OFFSET ${Math.trunc(filter.offset ?? 0)}`,
    values,
  );
  return rows;
}

type Conditions = { readonly where: string[]; readonly values: unknown[] };

function conditionsOf(district: string, filter: CaseFilter): Conditions {
  const values: unknown[] = [district];
  const where = ['c.district = $1'];
  if (filter.terms) values.push(filter.terms.map(quoteTerm).join(' & '), filter.after ?? null);
  const add = (value: unknown, sql: (parameter: string) => string): void => {
    if (value === undefined) return;
    values.push(value);
    where.push(sql(`$${values.length}`));
  };
  add(filter.phase, (p) => `c.phase = ${p}`);
  add(filter.state, (p) => `c.state = ${p}`);
  add(filter.kinds, (p) => `c.kind = ANY(${p})`);
  if (filter.unit === null) where.push('c.unit IS NULL');
  else add(filter.unit, (p) => `(c.unit = ${p} OR c.helpers @> ARRAY[${p}::text])`);
  add(filter.places, (p) => `c.place = ANY(${p})`);
  add(filter.flag, (p) => `${p} = ANY(c.flags)`);
  add(firstIdAt(filter.from), (p) => `c.case_id >= ${p}`);
  add(firstIdAt(filter.to), (p) => `c.case_id < ${p}`);
  add(filter.after, (p) => `c.case_id < ${p}`);
  if (filter.isOpen !== undefined) where.push(filter.isOpen ? 'c.is_open' : 'NOT c.is_open');
  if (filter.public) where.push('c.public');
  if (filter.pointless) where.push('c.lon IS NULL');
  if (filter.due === 'none') where.push('c.next_due IS NULL');
  else {
    add(filter.due?.after && isoInstant(filter.due.after), (p) => `c.next_due > ${p}`);
    add(filter.due?.by && isoInstant(filter.due.by), (p) => `c.next_due <= ${p}`);
  }
  if (filter.held) where.push(powerCondition(filter.held, (value) => `$${values.push(value)}`, 'c'));
  if (filter.box) {
    const { minLon, minLat, maxLon, maxLat } = filter.box;
    add(minLon, (p) => `c.lon >= ${p}`);
    add(maxLon, (p) => `c.lon <= ${p}`);
    add(minLat, (p) => `c.lat >= ${p}`);
    add(maxLat, (p) => `c.lat <= ${p}`);
  }
  return { where, values };
}

/** The lowest id of a case opened at that moment: a UUIDv7 begins with it. */
export function firstIdAt(at: Instant | undefined): string | undefined {
  if (at === undefined) return undefined;
  const hex = Math.min(Math.max(0, at), 2 ** 48 - 1)
    .toString(16)
    .padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`;
}

/** A term as tsquery writes it: in quotes, with quotes and backslashes doubled. */
function quoteTerm(term: string): string {
  return `'${term.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

/** How many cases stand in each phase now; counts every open case and asks only whether there are others. */
export async function openCasesByPhase(
  client: pg.Pool | pg.ClientBase,
  district: string,
): Promise<Readonly<Record<string, number>>> {
  const { rows } = await client.query<{ phase: string; n: number }>({
    name: 'open-cases-by-phase',
    text: 'SELECT phase, count(*) AS n FROM case_now WHERE district = $1 AND is_open GROUP BY phase',
    values: [district],
  });
  return Object.fromEntries(rows.map(({ phase, n }) => [phase, n]));
}
