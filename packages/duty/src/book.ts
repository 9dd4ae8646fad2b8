import type { Instant } from '@gezhi/basis';
import { closeReplaced, isKnownAt, isValidAt, type Times } from './times.ts';

/**
 * Records by a key, each key with all its records, the latest known first: what was on this page at a moment, as known at
 * another. Records of one key that overlap without correcting one another are read with the later known one on top.
 */
export type Book<T extends Times> = ReadonlyMap<string, Page<T>>;

type Page<T> = { readonly records: readonly T[]; readonly timed: boolean; readonly dated: boolean };

/** Whether an answer depended on the moment asked about, or on what was known: kept so that a later change re-asks only then. */
export type TimeTrace = { time: boolean; known: boolean };

/** @throws Fault `bad-correction`, see `closeReplaced` */
export function makeBook<T extends Times>(
  table: string,
  records: readonly T[],
  keyOf: (record: T) => string,
): Book<T> {
  const pages = new Map<string, T[]>();
  for (const record of closeReplaced(table, records)) {
    const page = pages.get(keyOf(record));
    if (page) page.push(record);
    else pages.set(keyOf(record), [record]);
  }
  return new Map([...pages].map(([key, page]) => [key, makePage(page)]));
}

function makePage<T extends Times>(records: readonly T[]): Page<T> {
  const latestFirst = (a: T, b: T): number =>
    Math.sign((b.knownFrom ?? -Infinity) - (a.knownFrom ?? -Infinity)) || compareText(textOf(a), textOf(b));
  const sorted = records.length > 1 ? [...records].sort(latestFirst) : records;
  return { records: sorted, timed: records.some(isTimed), dated: records.some(isDated) };
}

/** The record of that key at that moment, as known then; `undefined` where there was none. */
export function findIn<T extends Times>(
  book: Book<T>,
  key: string,
  at: Instant,
  knownAt: Instant,
  trace?: TimeTrace,
): T | undefined {
  const page = book.get(key);
  if (page === undefined) return undefined;
  noteTimes(page, trace);
  return page.records.find((record) => isValidAt(record, at) && isKnownAt(record, knownAt));
}

/** All records of that key that hold at that moment, as known then. */
export function allIn<T extends Times>(
  book: Book<T>,
  key: string,
  at: Instant,
  knownAt: Instant,
  trace?: TimeTrace,
): readonly T[] {
  const page = book.get(key);
  if (page === undefined) return [];
  noteTimes(page, trace);
  return page.records.filter((record) => isValidAt(record, at) && isKnownAt(record, knownAt));
}

function noteTimes(page: { timed: boolean; dated: boolean }, trace: TimeTrace | undefined): void {
  if (trace === undefined) return;
  if (page.timed) trace.time = true;
  if (page.dated) trace.known = true;
}

export function isTimed(times: Times): boolean {
  return times.validFrom !== undefined || times.validTo !== undefined;
}

export function isDated(times: Times): boolean {
  return times.knownFrom !== undefined || times.knownTo !== undefined;
}

/** A record as text with its keys in order: equal records give equal texts, in whatever order they were written. */
export function textOf(record: object): string {
  return JSON.stringify(
    Object.entries(record)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => compareText(a, b)),
  );
}

/** By code unit, the same on every machine and in every language. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
