import { DAY, Fault, type Instant } from '@gezhi/basis';
import type { LocalDay } from './local-day.ts';

/**
 * The wall clock of a place. Both directions are monotone: a later moment never shows an earlier day, and a later wall time
 * never maps to an earlier moment.
 */
export type Zone = {
  /** IANA name as it was asked for, `Asia/Shanghai`. */
  readonly id: string;
  /** Wall time minus UTC at a moment, in ms; east is positive. */
  readonly offsetAt: (at: Instant) => number;
  readonly dayOf: (at: Instant) => LocalDay;
  /**
   * The moment at which the wall clock shows `day` and `timeMs` (ms after midnight as the clock shows it). A time that is shown
   * twice means the first; a time that is jumped over means the moment of the jump.
   */
  readonly instantOf: (day: LocalDay, timeMs: number) => Instant;
};

/**
 * The zone of an IANA name, from the runtime's own zone data (`Intl`), which is asked once for each stretch of 398 days; after
 * that an offset costs an array look-up. Same name, same object.
 *
 * @throws Fault `bad-zone` where the runtime does not know the name
 */
export function zoneOf(id: string): Zone {
  const known = ZONES.get(id);
  if (known) return known;
  const zone = makeZone(id);
  ZONES.set(id, zone);
  return zone;
}

const ZONES = new Map<string, Zone>();

/** The stretches in which one offset holds: `offsets[i]` from `from[i]` on. */
type Stretches = { readonly from: readonly Instant[]; readonly offsets: readonly number[] };

/** 398 days: short enough that few changes fall in one, long enough that a town's history needs a handful. */
const BUCKET_MS = 2 ** 35;
/** Shorter than any rule of summer time ever lasted (Ramadan breaks in Morocco last about 30 days). */
const PROBE_MS = 7 * DAY;

function makeZone(id: string): Zone {
  const readOffset = offsetReader(id);
  const buckets = new Map<number, Stretches>();
  const bucketAt = (at: Instant): Stretches => {
    const index = Math.floor(at / BUCKET_MS);
    const found = buckets.get(index);
    if (found) return found;
    const made = readStretches(readOffset, index * BUCKET_MS, (index + 1) * BUCKET_MS);
    buckets.set(index, made);
    return made;
  };
  const offsetAt = (at: Instant): number => {
    const { from, offsets } = bucketAt(at);
    let i = offsets.length - 1;
    while (i > 0 && from[i]! > at) i -= 1;
    return offsets[i]!;
  };
  return {
    id,
    offsetAt,
    dayOf: (at) => Math.floor((at + offsetAt(at)) / DAY),
    instantOf: (day, timeMs) => momentOf(day * DAY + timeMs, offsetAt),
  };
}

/** @param local wall time as if it were UTC, in ms */
function momentOf(local: number, offsetAt: (at: Instant) => number): Instant {
  const before = offsetAt(local - DAY);
  const after = offsetAt(local + DAY);
  const first = local - before;
  if (before === after || offsetAt(first) === before) return first;
  const second = local - after;
  if (offsetAt(second) === after) return second;
  return changeBetween(second, first, offsetAt);
}

/** The moment of the one change of offset in (lo, hi], to the millisecond. */
function changeBetween(lo: Instant, hi: Instant, offsetAt: (at: Instant) => number): Instant {
  const earlier = offsetAt(lo);
  let below = lo;
  let above = hi;
  while (above - below > 1) {
    const middle = Math.floor((below + above) / 2);
    if (offsetAt(middle) === earlier) below = middle;
    else above = middle;
  }
  return above;
}

function readStretches(readOffset: (at: Instant) => number, from: Instant, to: Instant): Stretches {
  const starts = [from];
  const offsets = [readOffset(from)];
  for (let at = from; at < to; at += PROBE_MS) {
    const next = Math.min(at + PROBE_MS, to - 1);
    const offset = readOffset(next);
    if (offset === offsets.at(-1)) continue;
    starts.push(changeBetween(at, next, readOffset));
    offsets.push(offset);
  }
  return { from: starts, offsets };
}

const GMT_OFFSET = /GMT(?:([+-])(\d{2}):(\d{2})(?::(\d{2}))?)?$/;

function offsetReader(id: string): (at: Instant) => number {
  const format = formatFor(id);
  return (at) => {
    const [, sign, hours, minutes, seconds] = GMT_OFFSET.exec(format.format(at)) ?? [];
    if (!sign) return 0;
    const ms = (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0)) * 1000;
    return sign === '-' ? -ms : ms;
  };
}

function formatFor(id: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: id, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw new Fault('bad-zone', `"${id}" is not a time zone that this machine knows.`, {
      hint: 'Use an IANA name such as Asia/Shanghai.',
      cause,
    });
  }
}
