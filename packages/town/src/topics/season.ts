import { DAY, HOUR, type Instant } from '@gezhi/basis';
import { followerLag, sumRollup } from '@gezhi/storage';
import { type Growth, growthOf } from '@gezhi/text';
import { secretKinds } from '../secret.ts';
import type { Town } from '../town.ts';

type Window = { readonly from: Instant; readonly to: Instant };

/** 52 weeks, so that weekdays meet. */
const YEAR = 364 * DAY;
const WEEK = 7 * DAY;
const YEARS = 2;

/**
 * How many requests of each kind came in a window, beside what the same weeks of the one or two years before would lead one to expect, by the roll-ups. Empty where these do not
 * reach back a whole year before the window, or have not caught up with the log. Some sums in the database, whatever their size.
 */
export async function seasonOf(
  town: Town,
  kinds: readonly string[],
  window: Window,
): Promise<ReadonlyMap<string, Growth & { readonly kind: string }>> {
  const { from, to } = window;
  if (await isBehind(town)) return new Map();
  const { rows } = await town.db.pool.query<{ hour: number | null }>(
    `SELECT min(hour) AS hour FROM rollup WHERE district = $1 AND basis = 'opened'`,
    [town.district],
  );
  const first = rows[0]?.hour;
  if (first === null || first === undefined || first * HOUR > from - YEAR - WEEK) return new Map();
  const earlier = Array.from({ length: YEARS }, (_, i) => from - (i + 1) * YEAR).filter(
    (at) => at - WEEK >= first * HOUR,
  );
  const now = await countKinds(town, window);
  const before = await Promise.all(
    earlier.map((at) => countKinds(town, { from: at - WEEK, to: at + (to - from) + WEEK })),
  );
  const historyFrom = earlier.at(-1)! - WEEK;
  return new Map(
    [...new Set(kinds)].flatMap((kind) => {
      const times = [
        ...Array<Instant>(now.get(kind) ?? 0).fill(from),
        ...earlier.flatMap((at, i) => Array<Instant>(before[i]!.get(kind) ?? 0).fill(at)),
      ];
      const growth = growthOf(times, window, historyFrom, 0);
      return growth ? [[kind, { ...growth, kind }] as const] : [];
    }),
  );
}

/** What the roll-ups may lack without a figure being wrong by more than a moment's reports. */
const BEHIND_MAX = 1_000;

/** Whether the roll-ups have not caught up with the log: then nothing is said of the season. */
async function isBehind({ db, district }: Town): Promise<boolean> {
  const lags = await followerLag(db.pool, ['rollup']);
  return lags.some((lag) => lag.district === district && lag.head - lag.position > BEHIND_MAX);
}

async function countKinds(town: Town, { from, to }: Window): Promise<ReadonlyMap<string, number>> {
  const rows = await sumRollup(town.db.pool, town.district, {
    basis: 'opened',
    fromHour: Math.floor(from / HOUR),
    toHour: Math.ceil(to / HOUR),
    keep: { kind: true },
    butKinds: secretKinds(town),
    counters: ['requests'],
  });
  return new Map(rows.map(({ kind, counts }) => [kind, counts.requests ?? 0]));
}
