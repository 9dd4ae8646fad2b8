import type { Counter, Counts, OpenCounts } from './counters.ts';
import type { CaseOutcome, MeasuredCase } from './measured-case.ts';

const OPENED: Counts = Object.freeze({ opened: 1 });
const OPENED_AND_MERGED: Counts = Object.freeze({ opened: 1, merged: 1 });
const DISPATCHED_ONCE: Counts = Object.freeze({ dispatched: 1, dispatches: 1 });

/** On `opened`. A merged case was opened too: those that went on are opened − merged. */
export function openedCounts(of: MeasuredCase): Counts {
  return of.merged ? OPENED_AND_MERGED : OPENED;
}

/** On `dispatched`: all dispatches of the case stand in the hour of its first. */
export function dispatchedCounts(of: MeasuredCase): Counts {
  if (of.dispatches === 1 && of.wrongDispatches === 0) return DISPATCHED_ONCE;
  return withoutZeros({ dispatched: 1, dispatches: of.dispatches, wrongDispatches: of.wrongDispatches });
}

const OUTCOME_COUNTER: Readonly<Record<CaseOutcome, Counter>> = {
  solved: 'closedSolved',
  partly: 'closedPartly',
  explainedUnsolvable: 'closedExplained',
  withdrawn: 'closedWithdrawn',
  answered: 'closedAnswered',
  referred: 'closedReferred',
  declined: 'closedDeclined',
  stated: 'closedStated',
};

const closedShapes = new Map<CaseOutcome | undefined, { plain: Counts; checked: Counts }>();

/** On `closed`: the case, its outcome, and whether a checker had looked. */
export function closedCounts(of: MeasuredCase): Counts {
  let shape = closedShapes.get(of.outcome);
  if (!shape) {
    const plain: OpenCounts = { closed: 1 };
    if (of.outcome) plain[OUTCOME_COUNTER[of.outcome]] = 1;
    shape = { plain: Object.freeze(plain), checked: Object.freeze({ ...plain, closedChecked: 1 }) };
    closedShapes.set(of.outcome, shape);
  }
  return of.checkedAt === undefined ? shape.plain : shape.checked;
}

const dueShapes: Counts[] = [];

/**
 * On `due`: what was to be handled (应处置) and to be closed (应结案) by this hour, and what became of it.
 * `dueLapsed` are cases that were closed with nothing to handle (withdrawn, referred, declined, answered,
 * stated): they leave the denominator of handling, and their number is shown. A case sent back for rework had
 * been done once, whether or not it is done again.
 */
export function dueCounts(of: MeasuredCase, dueAt: number): Counts {
  if (of.reworks > 3 || of.extensions > 3) return Object.freeze(countDue(of, dueAt));
  const key = dueKey(of, dueAt);
  let counts = dueShapes[key];
  if (!counts) {
    counts = Object.freeze(countDue(of, dueAt));
    dueShapes[key] = counts;
  }
  return counts;
}

function dueKey(of: MeasuredCase, dueAt: number): number {
  const done = of.doneAt === undefined ? 0 : of.doneAt <= dueAt ? 1 : 2;
  const closed = of.closedAt === undefined ? 0 : of.closedAt <= dueAt ? 1 : 2;
  const lapsed = isLapsed(of) ? 1 : 0;
  return (((done * 3 + closed) * 2 + lapsed) * 4 + of.reworks) * 4 + of.extensions;
}

function countDue(of: MeasuredCase, dueAt: number): OpenCounts {
  const done = of.doneAt !== undefined;
  const doneInTime = done && of.doneAt <= dueAt;
  const closed = of.closedAt !== undefined;
  const lapsed = isLapsed(of);
  return withoutZeros({
    due: 1,
    dueLapsed: one(lapsed),
    dueDone: one(done),
    dueDoneInTime: one(doneInTime),
    dueClosed: one(closed),
    dueClosedInTime: one(closed && of.closedAt <= dueAt),
    dueClosedDoneInTime: one(closed && doneInTime),
    dueEverDone: one(done || of.reworks > 0),
    dueReworked: one(of.reworks > 0),
    dueReworks: of.reworks,
    dueExtended: one(!lapsed && of.extensions > 0),
    dueExtensions: lapsed ? 0 : of.extensions,
  });
}

function isLapsed(of: MeasuredCase): boolean {
  if (of.closedAt === undefined || of.doneAt !== undefined || of.reworks > 0) return false;
  switch (of.outcome) {
    case 'withdrawn':
    case 'answered':
    case 'referred':
    case 'declined':
    case 'stated':
      return true;
    case 'solved':
    case 'partly':
    case 'explainedUnsolvable':
    case undefined:
      return false;
  }
}

function one(yes: boolean): 0 | 1 {
  return yes ? 1 : 0;
}

function withoutZeros(counts: OpenCounts): OpenCounts {
  for (const name in counts) if (counts[name as Counter] === 0) delete counts[name as Counter];
  return counts;
}
