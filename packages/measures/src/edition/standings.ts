import type { RankedUnit } from '../rank-units.ts';

/**
 * Where one stands among its peers. In one tier nobody is told apart from everybody: their intervals overlap, directly or by way of
 * others. `best` and `worst` are the places that chance alone could have given, of `of`.
 */
export type Standing =
  | {
      readonly kind: 'tier';
      readonly tier: number;
      readonly tiers: number;
      readonly best: number;
      readonly worst: number;
      readonly of: number;
    }
  | { readonly kind: 'belowFloor' }
  | { readonly kind: 'noPeers' };

/**
 * The standings of one peer group, by unit. A new tier begins only where every interval above lies wholly above every interval below, so
 * that no two whose intervals overlap are ever said to differ. One alone has no peers and no standing.
 */
export function standingsOf(ranked: readonly RankedUnit[]): ReadonlyMap<string, Standing> {
  if (ranked.length === 1) return new Map([[ranked[0]!.unit, { kind: 'noPeers' }]]);
  const ordered = [...ranked].sort((a, b) => b.score.interval.low - a.score.interval.low);
  const tiers: RankedUnit[][] = [];
  let lowest = Number.POSITIVE_INFINITY;
  ordered.forEach((unit, at) => {
    const highestLeft = Math.max(...ordered.slice(at).map(({ score }) => score.interval.high));
    if (tiers.length === 0 || lowest > highestLeft) tiers.push([]);
    tiers.at(-1)!.push(unit);
    lowest = Math.min(lowest, unit.score.interval.low);
  });
  return new Map(
    tiers.flatMap((tier, at) =>
      tier.map(({ unit, best, worst }): [string, Standing] => [
        unit,
        { kind: 'tier', tier: at + 1, tiers: tiers.length, best, worst, of: ranked.length },
      ]),
    ),
  );
}
