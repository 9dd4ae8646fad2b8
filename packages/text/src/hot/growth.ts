import { DAY, type Instant } from '@gezhi/basis';

/**
 * How a topic's count in the window stands to what its history would lead one to expect there. `low` and `high` hold the middle nine tenths of what the season would give; `unusual` says that the
 * count is above. `basis`: the same weeks of the year before (52 weeks back, so that weekdays meet), or the last weeks, weekday by weekday.
 */
export type Growth = {
  readonly count: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
  readonly unusual: boolean;
  readonly basis: 'sameWeeksOfYear' | 'lastWeeks';
  readonly historyDays: number;
};

const YEAR = 364 * DAY;
const WEEK = 7 * DAY;
const LAST_WEEKS = 8;
/** What is known before anything is known: next to nothing expected, with little weight (Jeffreys' prior of a Poisson rate). */
const PRIOR = 0.5;

/**
 * Counts against the season. The rate of a topic is Poisson with a gamma prior, so that the count to come is negative binomial: with little history the interval is wide.
 *
 * @param times when the topic was written about, history included
 * @param historyFrom the first moment of which anything is known
 * @returns null with less than `historyDaysMin` of history before the window, or an empty window
 */
export function growthOf(
  times: readonly Instant[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  historyFrom: Instant,
  historyDaysMin: number,
): Growth | null {
  const historyDays = Math.floor((from - historyFrom) / DAY);
  if (historyDays < historyDaysMin || to <= from) return null;
  const count = times.filter((at) => at >= from && at <= to).length;
  const { seen, windows, basis } =
    from - YEAR - WEEK >= historyFrom
      ? sameWeeks(times, from, to, historyFrom)
      : lastWeeks(times, from, to, historyFrom);
  const shape = PRIOR + seen;
  const interval = (share: number): number => negativeBinomialQuantile(share, shape, windows);
  const high = interval(0.95);
  return {
    count,
    expected: seen / windows,
    low: interval(0.05),
    high,
    unusual: count > high,
    basis,
    historyDays,
  };
}

type Seen = Pick<Growth, 'basis'> & { readonly seen: number; readonly windows: number };

/** The window and a week on either side, in every earlier year of which all is known. */
function sameWeeks(times: readonly Instant[], from: Instant, to: Instant, historyFrom: Instant): Seen {
  let seen = 0;
  let windows = 0;
  for (let back = YEAR; from - back - WEEK >= historyFrom; back += YEAR) {
    const [begin, end] = [from - back - WEEK, Math.min(from, to - back + WEEK)];
    seen += times.filter((at) => at >= begin && at < end).length;
    windows += (end - begin) / (to - from);
  }
  return { seen, windows, basis: 'sameWeeksOfYear' };
}

/** The same weekdays of up to eight weeks before the window, as many windows as there are days of each. */
function lastWeeks(times: readonly Instant[], from: Instant, to: Instant, historyFrom: Instant): Seen {
  const weeks = Math.min(LAST_WEEKS, Math.floor((from - historyFrom) / WEEK));
  const begin = from - weeks * WEEK;
  const days = (to - from) / DAY;
  const inWeek = (at: Instant): number => (((at - from) % WEEK) + WEEK) % WEEK;
  const before = times.filter((at) => at >= begin && at < from);
  if (days >= 7) return { seen: before.length, windows: (weeks * 7) / days, basis: 'lastWeeks' };
  return { seen: before.filter((at) => inWeek(at) < to - from).length, windows: weeks, basis: 'lastWeeks' };
}

/** The smallest count up to which lies this share, where the rate is gamma distributed with this shape and rate. Costs one step a count. */
function negativeBinomialQuantile(share: number, shape: number, rate: number): number {
  const p = rate / (rate + 1);
  let mass = p ** shape;
  // Where the mass at nothing is too small for a number, the normal curve of the same mean and variance is close.
  if (mass < 1e-280) return normalQuantile(share, shape / rate, shape / rate + shape / rate ** 2);
  let sum = mass;
  let count = 0;
  while (sum < share && count < 1e6) {
    mass *= ((shape + count) / (count + 1)) * (1 - p);
    count += 1;
    sum += mass;
  }
  return count;
}

function normalQuantile(share: number, mean: number, variance: number): number {
  const z = share < 0.5 ? -1.645 : 1.645;
  return Math.max(0, Math.round(mean + z * Math.sqrt(variance)));
}
