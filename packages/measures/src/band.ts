import { Fault } from '@gezhi/basis';
import type { Interval } from './wilson.ts';

/**
 * Between which rates something is ordinary. `per` is the unit of exposure people speak of (100: per hundred cases). Below `low` the
 * mechanism is not used, above `high` the daily work fails; neither is a mark.
 */
export type BandPolicy = {
  readonly id: string;
  readonly version: number;
  readonly source: string;
  readonly per: number;
  readonly low: number;
  readonly high: number;
  /** The smallest exposure that says anything. */
  readonly exposureMin: number;
  readonly z: number;
};

/** 吹哨率: neither too low nor too high. No source gives the two numbers; they are the town's to set. */
export const WHISTLE_BAND: BandPolicy = {
  id: 'whistle-rate',
  version: 1,
  source: '吹哨率不宜过低或过高（县级实践）；上下限为起始值，由本地确定',
  per: 100,
  low: 0.5,
  high: 10,
  exposureMin: 50,
  z: 1.96,
};

export type BandSays = 'tooLow' | 'ordinary' | 'tooHigh';

export type Band = {
  readonly policy: { readonly id: string; readonly version: number };
  readonly count: number;
  readonly exposure: number;
  /** Per `policy.per` of exposure; null where there was none. */
  readonly rate: number | null;
  readonly interval: Interval | null;
  /** Null where the exposure is too small to say. Only what the whole interval lies beyond is called too low or too high. */
  readonly says: BandSays | null;
};

/**
 * Where a rate lies: below, in or above the band, with its interval; never a score, so one cannot be ranked by it. `count` may exceed
 * `exposure` (several whistles on one case), so it is taken as Poisson, with Byar's interval, which is near the exact one for any count
 * (Breslow & Day 1987, vol. II, eq. 2.13).
 *
 * @param exposure how many could have led to one: a street's cases of the period
 * @throws Fault `bad-policy`, `bad-share` where a number is negative or not whole
 */
export function band(count: number, exposure: number, policy: BandPolicy): Band {
  checkBandPolicy(policy);
  if (!Number.isSafeInteger(count) || !Number.isSafeInteger(exposure) || count < 0 || exposure < 0) {
    throw new Fault('bad-share', `${count} in ${exposure} is no rate.`, {
      hint: 'Both are whole numbers from 0 on.',
    });
  }
  const head = { policy: { id: policy.id, version: policy.version }, count, exposure };
  if (exposure === 0) return { ...head, rate: null, interval: null, says: null };
  const scale = policy.per / exposure;
  const interval = { low: byarLow(count, policy.z) * scale, high: byarHigh(count, policy.z) * scale };
  const says = exposure < policy.exposureMin ? null : sayOf(interval, policy);
  return { ...head, rate: count * scale, interval, says };
}

function byarLow(count: number, z: number): number {
  return count === 0 ? 0 : count * Math.max(0, 1 - 1 / (9 * count) - z / (3 * Math.sqrt(count))) ** 3;
}

function byarHigh(count: number, z: number): number {
  const next = count + 1;
  return next * (1 - 1 / (9 * next) + z / (3 * Math.sqrt(next))) ** 3;
}

function sayOf({ low, high }: Interval, policy: BandPolicy): BandSays {
  if (high < policy.low) return 'tooLow';
  return low > policy.high ? 'tooHigh' : 'ordinary';
}

/** @throws Fault `bad-policy` */
export function checkBandPolicy(policy: BandPolicy): void {
  const { per, low, high, exposureMin, z } = policy;
  const isGood = per > 0 && low >= 0 && high > low && Number.isInteger(exposureMin) && exposureMin >= 1;
  if (isGood && z > 0 && z < 10) return;
  throw new Fault('bad-policy', `The band ${policy.id} v${policy.version} cannot be used.`, {
    hint: 'per > 0, 0 ≤ low < high, exposureMin a whole number from 1 on, z above 0 and below 10.',
  });
}
