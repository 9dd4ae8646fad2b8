import { compareTexts } from './contributions.ts';
import { addCounts, COUNTERS, type Counter, type Counts, type OpenCounts, sumCounts } from './counters.ts';
import { EXCLUSION_REASONS, type ExclusionReason, type MeasuredRequest } from './measured-case.ts';
import { add, multiply, type Rational, rational, roundHalfUp } from './rational.ts';
import { EXCLUSION_COUNTER, isComplete, requestCounts } from './request-counts.ts';
import { type Share, share, weightedShare } from './share.ts';
import { checkPolicy, type ThreeRatesPolicy } from './three-rates-policy.ts';
import { type Interval, wilson } from './wilson.ts';

/**
 * What three rates are computed from: sums of the roll-ups on the policy's date basis, or the requests
 * themselves.
 */
export type Sample = Counts | readonly MeasuredRequest[];

/** 0 … 100. `value` is rounded as published; exact is 100 × numerator / denominator, whole numbers. */
export type Score = {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly interval: Interval;
};

/** The request numbers behind each figure, sorted: what a reader follows from a rate to its cases. */
export type Behind = {
  readonly valid: readonly string[];
  readonly incomplete: readonly string[];
  readonly unreachable: readonly string[];
  readonly uncalled: readonly string[];
  readonly excluded: readonly {
    readonly number: string;
    readonly reason: string;
    readonly evidence: string;
  }[];
};

export type ThreeRates = {
  readonly policy: { readonly id: string; readonly version: number };
  /** Requests received, excluded ones too. */
  readonly volume: number;
  /** Valid callbacks: the one denominator of all three rates. */
  readonly n: number;
  /** 响应率, 解决率, 满意率, in thousandths; null where n is 0. */
  readonly response: Share | null;
  readonly solve: Share | null;
  readonly satisfaction: Share | null;
  readonly score: Score | null;
  readonly uncalled: number;
  /** Of all whom a callback was tried for. */
  readonly unreachable: Share | null;
  /** Of all who were reached: those who left a question open, whatever the policy makes of it. */
  readonly incomplete: Share | null;
  readonly excluded: { readonly count: number; readonly byReason: Readonly<Record<ExclusionReason, number>> };
  /** Null where the sample came as sums. */
  readonly behind: Behind | null;
};

/**
 * The three rates of a sample under a policy: 响应率 = contacted / valid, 解决率 = solved / valid, 满意率 = (满意 + w ×
 * 基本满意) / valid, score = 100 × their weighted mean. From sums and from the requests themselves the same
 * numbers come, bit by bit.
 *
 * An empty sample has no rates: null, never 0. The score's interval is Wilson's too: it is the mean of what
 * each callback earns, between 0 and 100. Excluded requests are counted by reason, unreachable and incomplete
 * ones beside, so nothing leaves unseen.
 *
 * @param sample sums must be of one date basis; requests are taken as given (choose them by `requestsIn`)
 * @throws Fault `bad-policy`, `bad-share`
 */
export function threeRates(sample: Sample, policy: ThreeRatesPolicy): ThreeRates {
  checkPolicy(policy);
  const counts = countsOf(sample);
  const points = pointsOf(counts, policy);
  const z = policy.interval.z;
  const called = counts.called ?? 0;
  const unreachable = counts.unreachable ?? 0;
  return {
    policy: { id: policy.id, version: policy.version },
    volume: counts.requests ?? 0,
    n: points.n,
    response: weightedShare(points.response, points.n, 1000, z),
    solve: weightedShare(points.solve, points.n, 1000, z),
    satisfaction: weightedShare(points.satisfaction, points.n, 1000, z),
    score: scoreOf(points, policy),
    uncalled: counts.uncalled ?? 0,
    unreachable: share(unreachable, unreachable + called, z),
    incomplete: share(called - (counts.complete ?? 0), called, z),
    excluded: exclusionsOf(counts),
    behind: isRequests(sample) ? behindOf(sample, policy) : null,
  };
}

/** All that the three rates read of a sum, whatever the policy: of a roll-up no more needs to be added up. */
export const THREE_RATES_COUNTERS: readonly Counter[] = COUNTERS.slice(0, COUNTERS.indexOf('inquiries'));

export function countsOf(sample: Sample): Counts {
  return isRequests(sample) ? sumCounts(sample.map(requestCounts)) : sample;
}

export function isRequests(sample: Sample): sample is readonly MeasuredRequest[] {
  return Array.isArray(sample);
}

/** The sample of several units as one: what the pooled figure is of. */
export function poolSamples(samples: readonly Sample[]): Sample {
  if (samples.length > 0 && samples.every(isRequests)) return samples.flat();
  const sum: OpenCounts = {};
  for (const sample of samples) addCounts(sum, countsOf(sample));
  return sum;
}

/** The exact score, 0 … 100, from exact rates. */
export function weighScore(
  rates: { readonly response: Rational; readonly solve: Rational; readonly satisfaction: Rational },
  weights: ThreeRatesPolicy['weights'],
): Rational {
  const sum = weights.response + weights.solve + weights.satisfaction;
  const part = (rate: Rational, weight: number): Rational => multiply(rate, rational(100 * weight, sum));
  return add(
    add(part(rates.response, weights.response), part(rates.solve, weights.solve)),
    part(rates.satisfaction, weights.satisfaction),
  );
}

/** What n callbacks earned for each rate, in thousandths of a request. */
export type Points = {
  readonly n: number;
  readonly response: number;
  readonly solve: number;
  readonly satisfaction: number;
};

const PARTLY_POINTS = { no: 0, half: 500, yes: 1000 } as const;

/** What a sample earned under a policy: all that the rates are computed from. */
export function pointsOf(counts: Counts, policy: ThreeRatesPolicy): Points {
  const partly = PARTLY_POINTS[policy.partly];
  const basically = policy.basicallyWeight;
  if (policy.noAnswer === 'no') {
    return {
      n: counts.called ?? 0,
      response: 1000 * (counts.contactedYes ?? 0),
      solve: 1000 * (counts.solvedYes ?? 0) + partly * (counts.solvedPartly ?? 0),
      satisfaction: 1000 * (counts.satisfied ?? 0) + basically * (counts.basically ?? 0),
    };
  }
  return {
    n: counts.complete ?? 0,
    response: 1000 * (counts.completeContacted ?? 0),
    solve: 1000 * (counts.completeSolved ?? 0) + partly * (counts.completePartly ?? 0),
    satisfaction: 1000 * (counts.completeSatisfied ?? 0) + basically * (counts.completeBasically ?? 0),
  };
}

function scoreOf(points: Points, policy: ThreeRatesPolicy): Score | null {
  const { response, solve, satisfaction } = policy.weights;
  const earned = response * points.response + solve * points.solve + satisfaction * points.satisfaction;
  const whole = weightedShare(earned, points.n, 1000 * (response + solve + satisfaction), policy.interval.z);
  if (whole === null) return null;
  const { numerator, denominator } = whole;
  const value = roundHalfUp(rational(100n * BigInt(numerator), denominator), policy.decimals);
  const { low, high } = wilson(whole.value, points.n, policy.interval.z);
  return { value, numerator, denominator, interval: { low: 100 * low, high: 100 * high } };
}

function exclusionsOf(counts: Counts): ThreeRates['excluded'] {
  const byReason = Object.fromEntries(
    EXCLUSION_REASONS.map((reason) => [reason, counts[EXCLUSION_COUNTER[reason]] ?? 0]),
  ) as Record<ExclusionReason, number>;
  return { count: counts.excluded ?? 0, byReason };
}

function behindOf(requests: readonly MeasuredRequest[], policy: ThreeRatesPolicy): Behind {
  const behind = {
    valid: [] as string[],
    incomplete: [] as string[],
    unreachable: [] as string[],
    uncalled: [] as string[],
    excluded: [] as { number: string; reason: string; evidence: string }[],
  };
  for (const { number, callback, excluded } of requests) {
    if (excluded) behind.excluded.push({ number, ...excluded });
    else if (callback === undefined) behind.uncalled.push(number);
    else if (callback === 'unreachable') behind.unreachable.push(number);
    else {
      const complete = isComplete(callback);
      if (!complete) behind.incomplete.push(number);
      if (complete || policy.noAnswer === 'no') behind.valid.push(number);
    }
  }
  for (const numbers of [behind.valid, behind.incomplete, behind.unreachable, behind.uncalled])
    numbers.sort();
  behind.excluded.sort((a, b) => compareTexts(a.number, b.number));
  return behind;
}
