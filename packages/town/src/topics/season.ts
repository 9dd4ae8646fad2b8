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
 * For each question, a kind and the places of an area: how many requests came in a window, beside what the same weeks of the one or two years before would lead one to
 * expect, by the roll-ups. Of the area where that has enough to go by, else of the whole town. Null where the roll-ups do not
 * reach back a whole year before the window, or have not caught up with the log. Some sums in the database, whatever their size.
 */
export async function seasonsOf(
  town: Town,
  asked: readonly SeasonAsked[],
  window: Window,
): Promise<readonly (Season | null)[]> {
  const { from, to } = window;
  const none = asked.map(() => null);
  if (await isBehind(town)) return none;
  const { rows } = await town.db.pool.query<{ hour: number | null }>(
    `SELECT min(hour) AS hour FROM rollup WHERE district = $1 AND basis = 'opened'`,
    [town.district],
  );
  const first = rows[0]?.hour;
  if (first === null || first === undefined || first * HOUR > from - YEAR - WEEK) return none;
  const earlier = Array.from({ length: YEARS }, (_, i) => from - (i + 1) * YEAR).filter(
    (at) => at - WEEK >= first * HOUR,
  );
  const now = await countKinds(town, window);
  const before = await Promise.all(
    earlier.map((at) => countKinds(town, { from: at - WEEK, to: at + (to - from) + WEEK })),
  );
  const historyFrom = earlier.at(-1)! - WEEK;
  const seasonIn = (kind: string, places?: ReadonlySet<string>): Growth | null => {
    const sum = (counts: KindCounts): number =>
      [...(counts.get(kind) ?? [])].reduce((n, [place, m]) => n + (!places || places.has(place) ? m : 0), 0);
    const times = [
      ...Array<Instant>(sum(now)).fill(from),
      ...earlier.flatMap((at, i) => Array<Instant>(sum(before[i]!)).fill(at)),
    ];
    return growthOf(times, window, historyFrom, 0);
  };
  return asked.map(({ kind, area, places }) => {
    const own = area === undefined ? null : seasonIn(kind, places);
    if (own && own.expected >= AREA_EXPECTED_MIN) return { ...own, kind, area: area! };
    const whole = seasonIn(kind);
    return whole && { ...whole, kind, area: null };
  });
}

/** With fewer expected in an area, one household more is a wave there. */
const AREA_EXPECTED_MIN = 5;

/** A kind, and an area by its code with all places in it. */
export type SeasonAsked = {
  readonly kind: string;
  readonly area?: string | undefined;
  readonly places?: ReadonlySet<string> | undefined;
};

/** `area` is null where it is told of the whole town. */
export type Season = Growth & { readonly kind: string; readonly area: string | null };

type KindCounts = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** What the roll-ups may lack without a figure being wrong by more than a moment's reports. */
const BEHIND_MAX = 1_000;

/** Whether the roll-ups have not caught up with the log: then nothing is said of the season. */
async function isBehind({ db, district }: Town): Promise<boolean> {
  const lags = await followerLag(db.pool, ['rollup']);
  return lags.some((lag) => lag.district === district && lag.head - lag.position > BEHIND_MAX);
}

async function countKinds(town: Town, { from, to }: Window): Promise<KindCounts> {
  const rows = await sumRollup(town.db.pool, town.district, {
    basis: 'opened',
    fromHour: Math.floor(from / HOUR),
    toHour: Math.ceil(to / HOUR),
    keep: { kind: true, place: true },
    butKinds: secretKinds(town),
    counters: ['requests'],
  });
  const kinds = new Map<string, Map<string, number>>();
  for (const { kind, place, counts } of rows) {
    const places = kinds.get(kind) ?? new Map<string, number>();
    kinds.set(kind, places.set(place, (places.get(place) ?? 0) + (counts.requests ?? 0)));
  }
  return kinds;
}
