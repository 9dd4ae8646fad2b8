import {
  type Counts,
  hoursOf,
  type Ranking,
  rankUnits,
  sumCounts,
  THREE_RATES_COUNTERS,
  type ThreeRatesPolicy,
  type UnitRates,
  type Window,
} from '@gezhi/measures';
import { sumRollup } from '@gezhi/storage';
import { streetsOf, type Town } from '@gezhi/town';
import { usage } from './say-error.ts';

export type RankBy = 'street' | 'unit';

/** A ranking with the requests that belong to none of those ranked (not dispatched yet, or a place outside every street). */
export type TownRanking = { readonly ranking: Ranking; readonly outside: number };

/** @throws Fault `usage` */
export function rankBy(text: string): RankBy {
  if (text === 'street' || text === 'unit') return text;
  throw usage(`--by ${text} cannot be ranked.`, 'Write --by street, or --by unit. Persons are never ranked.');
}

/** Ranks a town's streets or units over a window, from its roll-ups. One round trip. @throws Fault of `hoursOf` */
export async function rankTown(
  town: Town,
  by: RankBy,
  policy: ThreeRatesPolicy,
  window: Window,
): Promise<TownRanking> {
  const { from, to } = hoursOf(window);
  const rows = await sumRollup(town.db.pool, town.district, {
    basis: policy.dateBasis,
    fromHour: from,
    toHour: to,
    keep: by === 'unit' ? { unit: true } : { place: true },
    counters: THREE_RATES_COUNTERS,
  });
  const streets = by === 'street' ? streetsOf(town) : undefined;
  const groups = new Map<string, Counts[]>();
  let outside = 0;
  for (const { unit, place, counts } of rows) {
    const key = groupOf(streets, { unit, place });
    if (key === undefined) outside += counts.requests ?? 0;
    else groups.set(key, [...(groups.get(key) ?? []), counts]);
  }
  const samples = [...groups].map(([unit, all]) => ({ unit, sample: sumCounts(all) }));
  return { ranking: rankUnits(samples, policy), outside };
}

/** Which of those ranked a request counts for: the street its place lies in, else its unit; `undefined` for none. */
export function groupOf(
  streets: ReadonlyMap<string, string> | undefined,
  request: { readonly unit: string; readonly place: string },
): string | undefined {
  if (streets) return streets.get(request.place);
  return request.unit === 'none' ? undefined : request.unit;
}

/** The ranking as JSON answers it: the same from roll-ups and from facts, so without the numbers behind it. */
export function plainRanking({ ranking, outside }: TownRanking): Record<string, unknown> {
  const plain = <T extends UnitRates>({ rates: { behind: _, ...rates }, ...unit }: T): object => ({
    ...unit,
    rates,
  });
  const { behind: _, ...pooled } = ranking.pooled;
  return {
    ...ranking,
    ranked: ranking.ranked.map(plain),
    belowFloor: ranking.belowFloor.map(plain),
    pooled,
    outside,
  };
}
