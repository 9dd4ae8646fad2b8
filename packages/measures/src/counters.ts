/**
 * Every number that the roll-ups keep, in a fixed order: a counter is only ever added at the end, so that a
 * stored vector keeps its meaning. All are whole numbers and add up; nothing here is a rate.
 *
 * The first 33 are of requests and stand on the bases `created`, `termEnd` and `calledBack` alike (the same
 * request once on each, so these three bases are never summed together). `called…` counters are of all who
 * were reached; `complete…` of those who answered all three questions: every policy on partly solved and on
 * open answers can be computed from the two sets. The rest are of cases, each on one basis only, which its
 * name begins with or the comment says.
 */
export const COUNTERS = [
  'requests',
  'uncalled',
  'unreachable',
  'called',
  'contactedYes',
  'contactedNoAnswer',
  'solvedYes',
  'solvedPartly',
  'solvedNoAnswer',
  'satisfied',
  'basically',
  'satisfiedNoAnswer',
  'complete',
  'completeContacted',
  'completeSolved',
  'completePartly',
  'completeSatisfied',
  'completeBasically',
  'excluded',
  'excludedEmergency',
  'excludedInLegalProcedure',
  'excludedAlreadyInProcess',
  'excludedSecretOrPrivacy',
  'excludedBeyondDuty',
  'excludedUnlawful',
  'excludedDuplicate',
  'excludedOther',
  'inquiries',
  'helps',
  'complaints',
  'tipOffs',
  'suggestions',
  'otherKinds',
  // opened
  'opened',
  'merged',
  // dispatched (hour of the first dispatch): cases, dispatches, dispatches to the wrong unit
  'dispatched',
  'dispatches',
  'wrongDispatches',
  // due: the deadline falls in the hour, whatever the opening date (应处置, 应结案)
  'due',
  'dueLapsed',
  'dueDone',
  'dueDoneInTime',
  'dueClosed',
  'dueClosedInTime',
  'dueClosedDoneInTime',
  'dueEverDone',
  'dueReworked',
  'dueReworks',
  'dueExtended',
  'dueExtensions',
  // closed
  'closed',
  'closedSolved',
  'closedPartly',
  'closedExplained',
  'closedWithdrawn',
  'closedAnswered',
  'closedReferred',
  'closedDeclined',
  'closedStated',
  'closedChecked',
] as const;

export type Counter = (typeof COUNTERS)[number];

/** Sparse: a counter that is absent is 0. */
export type Counts = Readonly<Partial<Record<Counter, number>>>;

/** The same, while it is being summed. */
export type OpenCounts = Partial<Record<Counter, number>>;

/**
 * Adds `sign` times `counts` into `into`; a counter that comes to 0 is removed, so that equal sums have equal
 * shapes.
 */
export function addCounts(into: OpenCounts, counts: Counts, sign: 1 | -1 = 1): void {
  for (const name in counts) {
    const counter = name as Counter;
    const sum = (into[counter] ?? 0) + sign * (counts[counter] ?? 0);
    if (sum === 0) delete into[counter];
    else into[counter] = sum;
  }
}

export function hasCounts(counts: Counts): boolean {
  for (const _ in counts) return true;
  return false;
}

export function sumCounts(all: Iterable<Counts>): Counts {
  const sum: OpenCounts = {};
  for (const counts of all) addCounts(sum, counts);
  return sum;
}

/** The counts as a dense vector in the order of `COUNTERS`, as a table stores them. */
export function countsToVector(counts: Counts): number[] {
  return COUNTERS.map((counter) => counts[counter] ?? 0);
}

/**
 * Reads a vector in the order of `COUNTERS`; a shorter one, stored before a counter was added, reads as 0
 * there.
 */
export function countsFromVector(vector: readonly number[]): Counts {
  const counts: OpenCounts = {};
  COUNTERS.forEach((counter, at) => {
    const value = vector[at] ?? 0;
    if (value !== 0) counts[counter] = value;
  });
  return counts;
}
