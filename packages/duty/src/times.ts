import { Fault, type Instant } from '@gezhi/basis';

/**
 * The two times of every record of the registry. *Valid*: when it was so in the town. *Known*: when the registry said so.
 * Both are half-open, `[from, to)`; an absent begin is "always", an absent end is "still".
 *
 * A record is never changed. A correction is a new record with a `knownFrom` of its own that names in `replaces` the `id`
 * of the record which it puts right; from that moment on the old one is no longer known, before it nothing is different.
 * (R. T. Snodgrass, Developing Time-Oriented Database Applications in SQL, 1999; SQL:2011 system-versioned tables.)
 */
export type Times = {
  readonly id?: string;
  readonly replaces?: string;
  readonly validFrom?: Instant;
  readonly validTo?: Instant;
  readonly knownFrom?: Instant;
  readonly knownTo?: Instant;
};

export function isValidAt(times: Times, at: Instant): boolean {
  return (
    (times.validFrom === undefined || times.validFrom <= at) &&
    (times.validTo === undefined || at < times.validTo)
  );
}

export function isKnownAt(times: Times, knownAt: Instant): boolean {
  return (
    (times.knownFrom === undefined || times.knownFrom <= knownAt) &&
    (times.knownTo === undefined || knownAt < times.knownTo)
  );
}

/** Whether both records hold, and are known, at some same moment. Empty spans (withdrawn records) meet nothing. */
export function timesMeet(a: Times, b: Times): boolean {
  return (
    spansMeet(a.validFrom, a.validTo, b.validFrom, b.validTo) &&
    spansMeet(a.knownFrom, a.knownTo, b.knownFrom, b.knownTo)
  );
}

function spansMeet(aFrom?: Instant, aTo?: Instant, bFrom?: Instant, bTo?: Instant): boolean {
  const from = Math.max(aFrom ?? -Infinity, bFrom ?? -Infinity);
  return from < Math.min(aTo ?? Infinity, bTo ?? Infinity);
}

export type Correction = { readonly id: string; readonly knownFrom: Instant };

/**
 * The record that puts `old` right from `as.knownFrom` on.
 *
 * @throws Fault `bad-correction` where `old` has no id, or was itself known only later
 */
export function correct<T extends Times>(old: T, change: Partial<T>, as: Correction): T {
  const { knownTo: _open, ...kept } = old;
  const corrected = { ...kept, ...change, id: as.id, replaces: old.id, knownFrom: as.knownFrom } as T;
  const bad = badCorrection(corrected, old);
  if (bad) throw new Fault('bad-correction', bad);
  return corrected;
}

/** The record that says, from `as.knownFrom` on, that `old` never held. */
export function withdraw<T extends Times>(old: T, as: Correction): T {
  const never: Times = { validFrom: 0, validTo: 0 };
  return correct(old, never as Partial<T>, as);
}

/**
 * Ends the `knownTo` of every record that a later one replaces, so that `holds` needs to look at one record only.
 *
 * @throws Fault `bad-correction` where a correction names no known record, or does not say since when it is known
 */
export function closeReplaced<T extends Times>(table: string, records: readonly T[]): readonly T[] {
  const bad = badCorrections(records)[0];
  if (bad) throw new Fault('bad-correction', `${table}, record ${bad.row + 1}: ${bad.because}`);
  const ends = new Map<string, Instant>();
  for (const { replaces, knownFrom = 0 } of records) {
    if (replaces !== undefined) ends.set(replaces, Math.min(ends.get(replaces) ?? Infinity, knownFrom));
  }
  if (ends.size === 0) return records;
  return records.map((record) => {
    const end = record.id === undefined ? undefined : ends.get(record.id);
    return end === undefined ? record : { ...record, knownTo: Math.min(record.knownTo ?? Infinity, end) };
  });
}

/** The corrections that cannot be taken, with the position of the record, counted from 0. */
export function badCorrections(records: readonly Times[]): { row: number; because: string }[] {
  const byId = new Map(records.flatMap((record) => (record.id === undefined ? [] : [[record.id, record]])));
  return records.flatMap((record, row) => {
    const because =
      record.replaces === undefined ? undefined : badCorrection(record, byId.get(record.replaces));
    return because === undefined ? [] : [{ row, because }];
  });
}

function badCorrection(record: Times, old: Times | undefined): string | undefined {
  if (record.replaces === undefined) return 'The record to be corrected has no id. Give it one.';
  if (old === undefined)
    return `It replaces "${record.replaces}", which does not exist. Name the id of a record.`;
  if (record.knownFrom === undefined)
    return `It replaces "${record.replaces}" without knownFrom. Say since when it is known.`;
  if (record.id === record.replaces) return `It replaces itself. Give it an id of its own.`;
  if (old.knownFrom !== undefined && record.knownFrom < old.knownFrom)
    return `It replaces "${record.replaces}" before that was known. Give a later knownFrom.`;
  return undefined;
}
