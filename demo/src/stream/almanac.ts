import { DAY, HOUR, type Instant } from '@gezhi/basis';
import { createRandom } from '../random.ts';
import type { KindCode } from './happening.ts';

/** A day of the town, counted in its zone (UTC+8, no summer time): 0 is 1 January 1970. */
export type Day = number;
export const ZONE_OFFSET = 8 * HOUR;

export function dayOf(at: Instant): Day {
  return Math.floor((at + ZONE_OFFSET) / DAY);
}

export function startOf(day: Day): Instant {
  return day * DAY - ZONE_OFFSET;
}

/** What a day is like: how much happens, of which kinds, and the storm over the town where there is one. */
export type Weather = {
  readonly day: Day;
  readonly month: number;
  readonly storm?: Storm;
  readonly hot: boolean;
  readonly cold: boolean;
  /** Days to the Spring Festival, negative after it, where it is within 40 days. */
  readonly toFestival?: number;
  readonly volume: number;
  readonly shares: readonly (readonly [KindCode, number])[];
};
export type Storm = { readonly fromHour: number; readonly hours: number; readonly centre: number };

/** The weather of a day, for a seed: a day has the same whatever was asked before it. */
export function weatherOf(seed: number, day: Day): Weather {
  const random = createRandom(`${seed}/weather/${day}`);
  const date = new Date(day * DAY);
  const month = date.getUTCMonth() + 1;
  const storm = random.chance(STORM_CHANCE[month - 1]!)
    ? { fromHour: random.int(20), hours: 3 + random.int(5), centre: random.next() }
    : undefined;
  const hot = spell(seed, day, 'heat') && month >= 6 && month <= 9;
  const cold = spell(seed, day, 'cold') && (month === 12 || month <= 2);
  const toFestival = festivalDistance(day);
  const base = { day, month, storm, hot, cold, toFestival };
  const weekday = WEEKDAY[date.getUTCDay()]!;
  const festive = toFestival !== undefined && toFestival <= 0 && toFestival > -7 ? 0.6 : 1;
  const shares = sharesOf(base);
  const season = shares.reduce((sum, [, share]) => sum + share, 0) / 100;
  return { ...base, volume: weekday * festive * (storm ? 3 : season) * LEVEL, shares };
}

/** Storms by month, heaviest with the plum rains and typhoons: about ten a year. */
const STORM_CHANCE = [0, 0, 0.01, 0.015, 0.02, 0.06, 0.07, 0.075, 0.05, 0.01, 0, 0];
/** From Sunday. */
const WEEKDAY = [0.82, 1.16, 1.08, 1.04, 1.02, 1.02, 0.86];
/** Makes the mean over a year 1, with its storms and feasts. */
const LEVEL = 0.9;

/** Hot and cold weather comes in spells of five days. */
function spell(seed: number, day: Day, what: string): boolean {
  return createRandom(`${seed}/${what}/${Math.floor(day / 5)}`).chance(0.4);
}

const SPRING_FESTIVAL = [
  '2024-02-10',
  '2025-01-29',
  '2026-02-17',
  '2027-02-06',
  '2028-01-26',
  '2029-02-13',
  '2030-02-03',
].map((date) => Date.parse(date) / DAY);

function festivalDistance(day: Day): number | undefined {
  const feast = SPRING_FESTIVAL.find((f) => Math.abs(f - day) <= 40);
  return feast === undefined ? undefined : feast - day;
}

const SHARES: readonly (readonly [KindCode, number])[] = [
  ['water.supply', 8],
  ['power.outage', 6],
  ['gas.smell', 4],
  ['road.damage', 9],
  ['lamp.fault', 8],
  ['waste.dump', 13],
  ['noise.night', 13],
  ['property.lift', 13],
  ['illegal.parking', 12],
  ['wages.unpaid', 3.5],
  ['other.inquiry', 10.5],
];

function sharesOf(w: Omit<Weather, 'volume' | 'shares'>): [KindCode, number][] {
  const summer = w.month >= 6 && w.month <= 9;
  const winter = w.month === 12 || w.month <= 2;
  const eve = w.toFestival !== undefined && w.toFestival > 0 && w.toFestival <= 35;
  const factors: Partial<Record<KindCode, number>> = {
    'water.supply': (w.hot ? 2.4 : 1) * (w.cold ? 1.8 : 1),
    'power.outage': (w.hot ? 2 : 1) * (w.storm ? 6 : 1),
    'gas.smell': winter ? 1.7 : 0.9,
    'road.damage': w.storm ? 5 : 1,
    'lamp.fault': winter ? 1.3 : 1,
    'waste.dump': summer ? 1.3 : 1,
    'noise.night':
      (summer ? 1.5 : 0.9) * (w.toFestival !== undefined && Math.abs(w.toFestival) < 4 ? 1.8 : 1),
    'property.lift': winter ? 1.3 : 1,
    'wages.unpaid': eve ? 4.5 : 0.8,
  };
  return SHARES.map(([kind, share]) => [kind, share * (factors[kind] ?? 1)]);
}

const flat = [2, 1, 1, 1, 1, 2, 5, 9, 13, 14, 14, 12, 8, 8, 11, 12, 11, 10, 9, 9, 8, 7, 5, 3];
const HOURS: Partial<Record<KindCode, readonly number[]>> = {
  'noise.night': [14, 10, 6, 3, 2, 3, 3, 2, 2, 2, 2, 2, 3, 2, 2, 2, 2, 3, 5, 8, 12, 17, 22, 20],
  'lamp.fault': [3, 1, 1, 1, 2, 3, 4, 6, 8, 8, 7, 5, 4, 4, 5, 5, 6, 9, 15, 19, 18, 13, 8, 5],
  'illegal.parking': [1, 1, 0, 0, 0, 1, 5, 14, 16, 11, 8, 7, 6, 6, 7, 9, 13, 18, 17, 12, 8, 5, 3, 2],
  'property.lift': [2, 1, 1, 1, 1, 2, 6, 13, 14, 11, 9, 8, 7, 7, 8, 9, 10, 13, 14, 12, 9, 7, 4, 3],
  'water.supply': [2, 1, 1, 1, 2, 5, 12, 15, 12, 9, 8, 9, 9, 6, 6, 7, 9, 13, 15, 14, 11, 8, 5, 3],
  'power.outage': [4, 3, 2, 2, 2, 3, 5, 7, 8, 8, 8, 9, 9, 10, 10, 9, 9, 10, 13, 16, 16, 14, 10, 7],
};
const NIGHT_FREE = [0, 0, 0, 0, 0, 0, 1, 4, 14, 18, 17, 14, 5, 7, 15, 16, 14, 10, 5, 3, 2, 1, 0, 0];

/** The 24 hours with how much of a kind is said in each. */
export function hoursOf(kind: KindCode): readonly (readonly [number, number])[] {
  return HOURS_BY_KIND.get(kind)!;
}

const HOURS_BY_KIND: ReadonlyMap<KindCode, readonly (readonly [number, number])[]> = new Map(
  SHARES.map(([kind]) => {
    const office = kind === 'wages.unpaid' || kind === 'other.inquiry';
    return [
      kind,
      (HOURS[kind] ?? (office ? NIGHT_FREE : flat)).map((weight, hour) => [hour, weight] as const),
    ];
  }),
);
