import type { Basis, Contribution, Counter } from '@gezhi/measures';
import { COUNTERS, countsFromVector } from '@gezhi/measures';
import type pg from 'pg';

export type RollupQuery = {
  readonly basis: Basis;
  /** Hours since 1970-01-01T00Z: from included, to not. */
  readonly fromHour: number;
  readonly toHour: number;
  /** What to keep apart; everything else is summed over and comes as an empty text, hours as `fromHour`. */
  readonly keep: {
    readonly hour?: boolean;
    readonly place?: boolean;
    readonly kind?: boolean;
    readonly unit?: boolean;
  };
  /** Which counters to add up, where not all are asked for: the others read 0, and cost nothing. */
  readonly counters?: readonly Counter[];
  /** Kinds that are not counted. */
  readonly butKinds?: readonly string[];
};

/** Sums of the roll-up, added in the database: one row for each combination of what is kept apart. */
export async function sumRollup(
  client: pg.Pool | pg.ClientBase,
  district: string,
  { basis, fromHour, toHour, keep, counters = COUNTERS, butKinds = [] }: RollupQuery,
): Promise<readonly Contribution[]> {
  const column = (name: 'place' | 'kind' | 'unit'): string => (keep[name] ? name : `''::text AS ${name}`);
  const hour = keep.hour ? 'hour' : `${Math.trunc(fromHour)} AS hour`;
  const kept = (['hour', 'place', 'kind', 'unit'] as const).filter((name) => keep[name]);
  const { rows } = await client.query<{
    hour: number;
    place: string;
    kind: string;
    unit: string;
    counts: number[];
  }>(
    `SELECT ${hour}, ${column('place')}, ${column('kind')}, ${column('unit')}, ARRAY[${sumsOf(new Set(counters))}] AS counts
     FROM rollup WHERE district = $1 AND basis = $2 AND hour >= $3 AND hour < $4 AND kind <> ALL($5)
     ${kept.length > 0 ? `GROUP BY ${kept.join(', ')}` : 'HAVING count(*) > 0'}`,
    [district, basis, fromHour, toHour, butKinds],
  );
  return rows.map(({ counts, ...where }) => ({ basis, ...where, counts: countsFromVector(counts) }));
}

/** A vector written before a counter was added is shorter: what it lacks is 0. */
function sumsOf(wanted: ReadonlySet<Counter>): string {
  const sumOf = (counter: Counter, i: number): string =>
    wanted.has(counter) ? `coalesce(sum(counts[${i + 1}]), 0)::int8` : '0';
  return COUNTERS.map(sumOf).join(', ');
}
