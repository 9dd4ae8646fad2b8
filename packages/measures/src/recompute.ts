import {
  addRows,
  type Contribution,
  compareRows,
  contributions,
  newTally,
  rowsOf,
  sumRows,
} from './contributions.ts';
import { COUNTERS, type Counter } from './counters.ts';
import type { MeasuredCase, MeasuredRequest } from './measured-case.ts';
import { type Ranking, rankUnits } from './rank-units.ts';
import type { ThreeRatesPolicy } from './three-rates-policy.ts';
import type { Window } from './windows.ts';

/**
 * All rows of the roll-ups again, from the cases themselves; in the order of `compareRows`. One pass, any
 * order of cases.
 */
export function recompute(cases: Iterable<MeasuredCase>): Contribution[] {
  const tally = newTally();
  for (const one of cases) addRows(tally, contributions(one));
  return rowsOf(tally);
}

/**
 * The ranking of a period again, straight from the requests and not by way of the roll-ups, with the request
 * numbers behind every figure: what a third party does with the published cases.
 */
export function recomputeRanking(
  cases: Iterable<MeasuredCase>,
  policy: ThreeRatesPolicy,
  window: Window,
): Ranking {
  const byUnit = new Map<string, MeasuredRequest[]>();
  for (const one of cases) {
    for (const request of requestsIn(one.requests, policy, window)) {
      const found = byUnit.get(request.unit);
      if (found) found.push(request);
      else byUnit.set(request.unit, [request]);
    }
  }
  return rankUnits(
    [...byUnit].map(([unit, sample]) => ({ unit, sample })),
    policy,
  );
}

/** The requests whose date, by the policy's basis, lies in the window. */
export function requestsIn(
  requests: readonly MeasuredRequest[],
  policy: ThreeRatesPolicy,
  window: Window,
): MeasuredRequest[] {
  return requests.filter((request) => {
    const at = dateOf(request, policy.dateBasis);
    return at !== undefined && at >= window.from && at < window.to;
  });
}

/** One counter on which two roll-ups differ. */
export type Difference = Omit<Contribution, 'counts'> & {
  readonly counter: Counter;
  readonly a: number;
  readonly b: number;
};

/**
 * Where two sets of rows differ, counter by counter, in the order of the rows; empty where they tell the
 * same.
 */
export function compareRollups(a: Iterable<Contribution>, b: Iterable<Contribution>): Difference[] {
  const left = sumRows(a);
  const right = sumRows(b);
  const found: Difference[] = [];
  for (let i = 0, j = 0; i < left.length || j < right.length; ) {
    const one = left[i];
    const other = right[j];
    const order = one === undefined ? 1 : other === undefined ? -1 : compareRows(one, other);
    found.push(...rowDifferences(order <= 0 ? one : undefined, order >= 0 ? other : undefined));
    if (order <= 0) i += 1;
    if (order >= 0) j += 1;
  }
  return found;
}

function rowDifferences(a: Contribution | undefined, b: Contribution | undefined): Difference[] {
  const row = a ?? b;
  if (row === undefined) return [];
  const { basis, hour, place, kind, unit } = row;
  return COUNTERS.flatMap((counter) => {
    const [left, right] = [a?.counts[counter] ?? 0, b?.counts[counter] ?? 0];
    return left === right ? [] : [{ basis, hour, place, kind, unit, counter, a: left, b: right }];
  });
}

function dateOf(request: MeasuredRequest, basis: ThreeRatesPolicy['dateBasis']): number | undefined {
  switch (basis) {
    case 'created':
      return request.createdAt;
    case 'termEnd':
      return request.termEndAt;
    case 'calledBack':
      return request.calledBackAt;
  }
}
