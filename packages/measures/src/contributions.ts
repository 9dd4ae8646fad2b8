import { Fault, HOUR, type Instant, isoInstant } from '@gezhi/basis';
import { closedCounts, dispatchedCounts, dueCounts, openedCounts } from './case-counts.ts';
import { addCounts, type Counts, hasCounts, type OpenCounts } from './counters.ts';
import type { MeasuredCase, MeasuredRequest } from './measured-case.ts';
import { requestCounts } from './request-counts.ts';

/** The date by which something is counted. A policy picks one; the roll-ups keep them all. */
export const BASES = ['opened', 'created', 'termEnd', 'calledBack', 'closed', 'due', 'dispatched'] as const;
export type Basis = (typeof BASES)[number];

const BASIS_ORDER = Object.fromEntries(BASES.map((basis, at) => [basis, at])) as Record<Basis, number>;

/**
 * One row of the roll-ups: whole numbers for one hour (since 1970-01-01T00Z), place, kind and unit, on one
 * date basis.
 */
export type Contribution = {
  readonly basis: Basis;
  readonly hour: number;
  readonly place: string;
  readonly kind: string;
  readonly unit: string;
  readonly counts: Counts;
};

/**
 * What a case adds to the roll-ups, as it stands now: whole numbers, no row twice. Pure in the case, so that
 * a published figure is a sum over cases and nothing else. Of a merged case only `opened` and `merged` count,
 * and the requests it still lists. About a microsecond a case; the counts are shared and frozen.
 *
 * @throws Fault `bad-moment` where a moment is not a whole number of milliseconds, `bad-count` where a count
 * is not 0, 1, 2 …
 */
export function contributions(of: MeasuredCase | undefined): Contribution[] {
  if (of === undefined) return [];
  refuseBadCounts(of);
  const rows: Contribution[] = [caseRow(of, 'opened', of.openedAt, openedCounts(of))];
  if (!of.merged) {
    if (of.dispatchedAt !== undefined) {
      rows.push(caseRow(of, 'dispatched', of.dispatchedAt, dispatchedCounts(of)));
    }
    if (of.dueAt !== undefined) rows.push(caseRow(of, 'due', of.dueAt, dueCounts(of, of.dueAt)));
    if (of.closedAt !== undefined) rows.push(caseRow(of, 'closed', of.closedAt, closedCounts(of)));
  }
  for (const request of of.requests) pushRequest(rows, request);
  return of.requests.length > 1 ? sumRows(rows) : rows;
}

/**
 * What the roll-ups must add when a case changes: contributions(after) − contributions(before), rows and
 * counters of zero left out. Laws: delta(a, b) + delta(b, c) = delta(a, c); delta(a, a) is empty; the sum of
 * the deltas along any history is the sum of the contributions of the final states. So a reopening, an
 * un-merging and a late callback take back exactly what was added before. Rows come in the order of
 * `compareRows`: writers that upsert in this order never lock each other crosswise.
 */
export function delta(before: MeasuredCase | undefined, after: MeasuredCase | undefined): Contribution[] {
  const tally = newTally();
  addRows(tally, contributions(after), 1);
  addRows(tally, contributions(before), -1);
  return rowsOf(tally);
}

/** Rows of equal key added together, zeros left out, in the order of `compareRows`. */
export function sumRows(rows: Iterable<Contribution>): Contribution[] {
  const tally = newTally();
  addRows(tally, rows, 1);
  return rowsOf(tally);
}

/**
 * A running sum of rows: by place, kind and unit, then by hour and basis. A sum that is one row as it came
 * keeps that row's own counts (most do); it is copied when a second one meets it.
 */
export type Tally = Map<string, Map<number, Entry>>;
type Entry = { readonly row: Contribution; sum: OpenCounts | undefined };

export function newTally(): Tally {
  return new Map();
}

/**
 * Adds rows into the tally, or takes them away again (`sign` −1). Whole numbers: the order of adding never
 * shows.
 */
export function addRows(tally: Tally, rows: Iterable<Contribution>, sign: 1 | -1 = 1): void {
  for (const row of rows) {
    const inner = sameWhere(tally, row);
    const when = row.hour * BASES.length + BASIS_ORDER[row.basis];
    const entry = inner.get(when);
    if (!entry) inner.set(when, { row, sum: sign === 1 ? undefined : summed({}, row.counts, -1) });
    else if (entry.sum) addCounts(entry.sum, row.counts, sign);
    else if (sign === -1 && entry.row.counts === row.counts) inner.delete(when);
    else entry.sum = summed({ ...entry.row.counts }, row.counts, sign);
  }
}

/** The rows of a tally without zeros, in the order of `compareRows`. */
export function rowsOf(tally: Tally): Contribution[] {
  const byTime = new Map<number, Contribution[]>();
  for (const inner of tally.values()) {
    for (const { row, sum } of inner.values()) {
      if (!sum) file(byTime, row);
      else if (hasCounts(sum)) file(byTime, { ...row, counts: { ...sum } });
    }
  }
  const times = [...byTime.keys()].sort((a, b) => a - b);
  return times.flatMap((time) => byTime.get(time)!.sort(compareWhere));
}

/**
 * Puts a row under its basis and hour as one number: sorting a million rows by texts costs ten times as much.
 */
function file(byTime: Map<number, Contribution[]>, row: Contribution): void {
  const time = BASIS_ORDER[row.basis] * 2 ** 40 + row.hour;
  const rows = byTime.get(time);
  if (rows) rows.push(row);
  else byTime.set(time, [row]);
}

/** By basis, hour, place, kind, unit; texts by code unit, so that every machine agrees. */
export function compareRows(a: Contribution, b: Contribution): number {
  return BASIS_ORDER[a.basis] - BASIS_ORDER[b.basis] || a.hour - b.hour || compareWhere(a, b);
}

function compareWhere(a: Contribution, b: Contribution): number {
  return compareTexts(a.place, b.place) || compareTexts(a.kind, b.kind) || compareTexts(a.unit, b.unit);
}

export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameWhere(tally: Tally, row: Contribution): Map<number, Entry> {
  const where = `${row.place}\u0000${row.kind}\u0000${row.unit}`;
  let inner = tally.get(where);
  if (!inner) {
    inner = new Map();
    tally.set(where, inner);
  }
  return inner;
}

function summed(into: OpenCounts, counts: Counts, sign: 1 | -1): OpenCounts {
  addCounts(into, counts, sign);
  return into;
}

function caseRow(of: MeasuredCase, basis: Basis, at: Instant, counts: Counts): Contribution {
  return { basis, hour: hourOf(at, of.caseId), place: of.place, kind: of.kind, unit: of.unit, counts };
}

function pushRequest(rows: Contribution[], request: MeasuredRequest): void {
  const counts = requestCounts(request);
  rows.push(requestRow(request, 'created', request.createdAt, counts));
  if (request.termEndAt !== undefined) rows.push(requestRow(request, 'termEnd', request.termEndAt, counts));
  if (request.calledBackAt !== undefined) {
    rows.push(requestRow(request, 'calledBack', request.calledBackAt, counts));
  }
}

function requestRow(request: MeasuredRequest, basis: Basis, at: Instant, counts: Counts): Contribution {
  const { place, kind, unit } = request;
  return { basis, hour: hourOf(at, request.number), place, kind, unit, counts };
}

function refuseBadCounts({ caseId, reworks, extensions, dispatches, wrongDispatches }: MeasuredCase): void {
  if (isCount(reworks) && isCount(extensions) && isCount(dispatches) && isCount(wrongDispatches)) {
    if (wrongDispatches <= dispatches) return;
  }
  const told = { reworks, extensions, dispatches, wrongDispatches };
  throw new Fault('bad-count', `${caseId} has counts of ${JSON.stringify(told)}.`, {
    hint: 'Each is 0, 1, 2 …, and wrong dispatches are among the dispatches.',
  });
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0;
}

function hourOf(at: Instant, whose: string): number {
  if (!Number.isSafeInteger(at)) {
    throw new Fault('bad-moment', `${whose} has a moment of ${at}.`, {
      hint: `A moment is a whole number of milliseconds, as ${isoInstant(0)} is 0.`,
    });
  }
  return Math.floor(at / HOUR);
}
