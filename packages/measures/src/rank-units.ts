import { Fault } from '@gezhi/basis';
import { compareTexts } from './contributions.ts';
import { mean, type Rational, rational, roundHalfUp, toNumber } from './rational.ts';
import type { Share } from './share.ts';
import {
  poolSamples,
  type Sample,
  type Score,
  type ThreeRates,
  threeRates,
  weighScore,
} from './three-rates.ts';
import type { ThreeRatesPolicy } from './three-rates-policy.ts';

export type UnitSample = { readonly unit: string; readonly sample: Sample };
export type UnitRates = { readonly unit: string; readonly rates: ThreeRates };

/**
 * A rank, and the ranks that chance alone could have given: between `best` and `worst` the intervals of the
 * scores overlap, and the order means little.
 */
export type RankedUnit = UnitRates & {
  readonly score: Score;
  readonly rank: number;
  readonly best: number;
  readonly worst: number;
};

export type Ranking = {
  readonly policy: { readonly id: string; readonly version: number };
  readonly ranked: readonly RankedUnit[];
  /** Below the floor of valid callbacks, by unit code: shown with their numbers, never with a place. */
  readonly belowFloor: readonly UnitRates[];
  /** All requests of all units as one sample. */
  readonly pooled: ThreeRates;
  /** The unweighted mean over the units that have a sample, below the floor or not; null where none has. */
  readonly mean: UnitMean | null;
};

export type UnitMean = {
  readonly units: number;
  readonly response: number;
  readonly solve: number;
  readonly satisfaction: number;
  readonly score: number;
};

/**
 * Units by published score, then by volume (§1.3), highest first. Units equal in both share a rank and stand
 * by code; the next rank counts them all. What is published decides the order, so no invisible decimal does.
 * The order of the input never shows.
 *
 * Ranks units only, never persons.
 *
 * @throws Fault `unit-twice` where a unit stands twice; `bad-policy`, `bad-share` as `threeRates`
 */
export function rankUnits(units: readonly UnitSample[], policy: ThreeRatesPolicy): Ranking {
  refuseTwice(units);
  const all = units
    .map(({ unit, sample }): UnitRates => ({ unit, rates: threeRates(sample, policy) }))
    .sort((a, b) => compareTexts(a.unit, b.unit));
  return {
    policy: { id: policy.id, version: policy.version },
    ranked: rank(all.filter(({ rates }) => rates.n >= policy.floor)),
    belowFloor: all.filter(({ rates }) => rates.n < policy.floor),
    pooled: threeRates(poolSamples(units.map(({ sample }) => sample)), policy),
    mean: meanOf(all, policy),
  };
}

function refuseTwice(units: readonly UnitSample[]): void {
  const seen = new Set<string>();
  for (const { unit } of units) {
    if (seen.has(unit)) {
      throw new Fault('unit-twice', `Unit ${unit} stands twice in one ranking.`, {
        hint: 'Pool its samples.',
      });
    }
    seen.add(unit);
  }
}

type Scored = UnitRates & { readonly score: Score };

function rank(units: readonly UnitRates[]): RankedUnit[] {
  const scored = units.flatMap((unit): Scored[] =>
    unit.rates.score ? [{ ...unit, score: unit.rates.score }] : [],
  );
  scored.sort((a, b) => compareScored(a, b) || compareTexts(a.unit, b.unit));
  const lows = scored.map(({ score }) => score.interval.low).sort((a, b) => a - b);
  const highs = scored.map(({ score }) => score.interval.high).sort((a, b) => a - b);
  let held = 1;
  return scored.map((unit, at) => {
    const above = scored[at - 1];
    if (above && compareScored(above, unit) !== 0) held = at + 1;
    const surelyAbove = lows.length - countUpTo(lows, unit.score.interval.high, true);
    const surelyBelow = countUpTo(highs, unit.score.interval.low, false);
    return { ...unit, rank: held, best: surelyAbove + 1, worst: scored.length - surelyBelow };
  });
}

function compareScored(a: Scored, b: Scored): number {
  return b.score.value - a.score.value || b.rates.volume - a.rates.volume;
}

/** How many of the sorted values lie below `limit`, or up to it. */
function countUpTo(sorted: readonly number[], limit: number, inclusive: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle]!;
    if (value < limit || (inclusive && value === limit)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function meanOf(units: readonly UnitRates[], policy: ThreeRatesPolicy): UnitMean | null {
  const response = meanRate(units, (rates) => rates.response);
  const solve = meanRate(units, (rates) => rates.solve);
  const satisfaction = meanRate(units, (rates) => rates.satisfaction);
  if (!response || !solve || !satisfaction) return null;
  return {
    units: units.filter(({ rates }) => rates.n > 0).length,
    response: toNumber(response),
    solve: toNumber(solve),
    satisfaction: toNumber(satisfaction),
    score: roundHalfUp(weighScore({ response, solve, satisfaction }, policy.weights), policy.decimals),
  };
}

function meanRate(
  units: readonly UnitRates[],
  pick: (rates: ThreeRates) => Share | null,
): Rational | undefined {
  const rates = units.flatMap((unit) => pick(unit.rates) ?? []);
  return mean(rates.map(({ numerator, denominator }) => rational(numerator, denominator)));
}
