import { z } from 'zod';
import { label, moment, named, short, uuid } from './named.ts';

const count = z.number().int();
const named2 = z.object({ code: z.string(), name: z.string() });
const place = z.object({ layer: z.string(), level: z.string(), code: z.string(), name: z.string() });

/** So many, beside what the eight weeks before had at the same hours of the same weekday: their mean, least and most. */
const beside = z.object({
  count,
  expected: z.number().nullable(),
  least: count.nullable(),
  most: count.nullable(),
  /** How many of the eight weeks the roll-ups reach back. */
  weeks: count,
});

const share = z.object({
  value: z.number(),
  n: count,
  numerator: count,
  denominator: count,
  interval: z.object({ low: z.number(), high: z.number() }),
});

/** How a place stands now. Every count of open cases is of those that the asking post may see, and `link` lists the same cases. */
export const nowView = named(
  'NowView',
  z.object({
    at: moment,
    since: moment,
    /** Absent for the whole town. */
    place: place.optional(),
    /** What a sketch of it is asked by. */
    drawn: z.object({ layer: z.string(), within: z.string() }).optional(),
    /** From the town down to the place, itself included. */
    path: z.array(place),
    open: z.object({ total: count, late: count, byPhase: z.record(z.string(), count), link: z.string() }),
    flags: z.record(z.string(), count),
    /** Next deadlines: passed, within one, four and twenty-four hours, later, none. */
    due: z.object({ past: count, hour: count, hours4: count, hours24: count, later: count, none: count }),
    /** Deadlines until `noon`: today's, or tomorrow's once it is past. */
    beforeNoon: count,
    noon: moment,
    /** The deadlines that come first. */
    next: z.array(
      z.object({
        caseId: uuid,
        kind: z.object({ code: z.string(), name: label }),
        place: z.string(),
        unit: z.string().optional(),
        clock: z.string(),
        dueAt: moment,
        isPast: z.boolean(),
        flags: z.array(z.string()),
      }),
    ),
    /** The places right below, by how many are open; `stops` of today's rounds nobody was at yet. */
    below: z.array(place.extend({ open: count, late: count, opened: count, stops: count })),
    units: z.array(z.object({ code: z.string(), name: z.string(), open: count, late: count })),
    points: z.array(
      z.object({
        caseId: uuid,
        lon: z.number(),
        lat: z.number(),
        kind: z.string(),
        flags: z.array(z.string()),
      }),
    ),
    /** Reports since `since`. */
    opened: beside,
    kinds: z.array(z.object({ code: z.string(), name: label, beside })),
    /** The last 30 days. */
    rates: z.object({
      response: share.nullable(),
      solve: share.nullable(),
      satisfaction: share.nullable(),
      n: count,
    }),
    /** What this page does not know. */
    unknown: z.object({
      /** Facts that are not in the counts yet. */
      behind: count,
      /** Open cases without a point on the map. */
      pointless: count,
      /** Places right below from which nothing was reported for 30 days. */
      silent: z.array(named2),
      /** Grids in which no post of their own has anybody on it. */
      vacant: z.array(named2),
      /** When each system above was last heard. */
      heard: z.array(z.object({ system: z.string(), at: moment })),
    }),
  }),
);

export const NOW_ROUTES = {
  getNow: {
    summary: { zh: '一个地点此刻的情况', en: 'How a place stands now' },
    auth: 'staff',
    query: z.object({
      place: short(60).optional(),
      since: moment.optional(),
      district: short(24).optional(),
    }),
    answers: { 200: nowView },
  },
} as const;

export type NowView = z.infer<typeof nowView>;
export type Beside = z.infer<typeof beside>;
