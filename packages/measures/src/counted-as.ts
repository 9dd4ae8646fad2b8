import type { MeasuredRequest } from './measured-case.ts';
import { requestCounts } from './request-counts.ts';
import { type Points, pointsOf } from './three-rates.ts';
import type { ThreeRatesPolicy } from './three-rates-policy.ts';

/** What a request may stand as in the three rates, so that a figure leads to what is behind it. */
export const COUNTED_AS = [
  'valid',
  'contacted',
  'notContacted',
  'solved',
  'notSolved',
  'satisfied',
  'notSatisfied',
  'unreachable',
  'uncalled',
  'excluded',
] as const;

export type CountedAs = (typeof COUNTED_AS)[number];

/**
 * Whether a request stands so in the rates of a policy. A valid callback that earned a rate anything at all (partly solved under a policy that
 * gives half for it, 基本满意) is on the side of yes: of each rate the two sides are the valid ones, and none stands on both.
 */
export function isCountedAs(request: MeasuredRequest, as: CountedAs, policy: ThreeRatesPolicy): boolean {
  const counts = requestCounts(request);
  if (as === 'unreachable' || as === 'uncalled' || as === 'excluded') return (counts[as] ?? 0) > 0;
  const points = pointsOf(counts, policy);
  if (points.n === 0) return false;
  if (as === 'valid') return true;
  const [rate, side] = SIDES[as];
  return points[rate] > 0 === side;
}

const SIDES = {
  contacted: ['response', true],
  notContacted: ['response', false],
  solved: ['solve', true],
  notSolved: ['solve', false],
  satisfied: ['satisfaction', true],
  notSatisfied: ['satisfaction', false],
} as const satisfies Partial<Record<CountedAs, readonly [keyof Points, boolean]>>;
