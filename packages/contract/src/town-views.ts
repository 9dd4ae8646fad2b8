import { z } from 'zod';
import { label, moment, named, short } from './named.ts';

export const townView = named(
  'TownView',
  z.object({
    district: z.string(),
    name: label,
    zone: z.string(),
    calendar: z.string(),
    layers: z.array(z.object({ code: z.string(), name: label, tiling: z.boolean() })),
    units: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        kind: z.string(),
        level: z.string(),
        parent: z.string().optional(),
        place: z.string().optional(),
      }),
    ),
    now: z.record(z.string(), z.number().int()),
    links: z.record(z.string(), z.string()),
  }),
);

export const kindsView = named(
  'KindsView',
  z.object({
    kinds: z.array(
      z.object({
        code: z.string(),
        name: label,
        requestKind: z.string().optional(),
        public: z.boolean(),
      }),
    ),
  }),
);

export const scenesView = named(
  'ScenesView',
  z.object({
    scenes: z.array(
      z.object({
        id: z.string(),
        version: z.string(),
        name: label,
        owner: z.string(),
        purpose: label,
        basis: z.string(),
        expires: z.string(),
        clocks: z.object({ profile: z.string(), source: z.string(), confirmed: z.boolean() }),
        states: z.array(z.object({ name: z.string(), phase: z.string(), label })),
        actions: z.array(
          z.object({
            name: z.string(),
            act: z.string(),
            label,
            power: z.string(),
            from: z.union([z.string(), z.array(z.string())]),
          }),
        ),
      }),
    ),
  }),
);

const coordinate = (max: number): z.ZodCoercedNumber<unknown> => z.coerce.number().min(-max).max(max);

export const placeQuery = z.object({ lon: coordinate(180), lat: coordinate(90), at: moment.optional() });

export const placesView = named(
  'PlacesView',
  z.object({
    layers: z.record(z.string(), z.array(z.object({ code: z.string(), name: z.string() }))),
    lines: z.array(z.object({ line: z.string(), segment: z.string() })),
  }),
);

export const responsibleQuery = z.object({
  kind: short(60),
  lon: coordinate(180),
  lat: coordinate(90),
  at: moment.optional(),
  knownAt: moment.optional(),
});

/** Who was responsible at that minute, as known at `knownAt`. */
export const responsibleView = named(
  'ResponsibleView',
  z.object({
    outcome: z.enum(['somebody', 'nobody-there', 'unclear']),
    unit: z.object({ code: z.string(), name: z.string() }).optional(),
    post: z.object({ code: z.string(), name: z.string() }).optional(),
    persons: z.array(z.string()),
    standIn: z.object({ as: z.string(), unit: z.string(), post: z.string() }).optional(),
    at: moment,
    knownAt: moment,
    because: z.array(z.object({ code: z.string(), say: label, data: z.record(z.string(), z.unknown()) })),
  }),
);

/** From and to are moments at whole hours, or days of the town's calendar; without them, the last 30 days. */
const windowQuery = z.object({ from: short(40).optional(), to: short(40).optional() });

const grouping = z.enum(['unit', 'place', 'kind', 'hour', 'day', 'week', 'month']);

export const ratesQuery = windowQuery.extend({
  by: grouping.optional(),
  /** With `by=place`: the level to add up to, such as `street`; without it, the place as counted. */
  level: short(40).optional(),
});

export const countsQuery = ratesQuery.extend({
  basis: z
    .enum(['opened', 'created', 'termEnd', 'calledBack', 'closed', 'due', 'dispatched'])
    .default('opened'),
});

const share = z.object({
  value: z.number(),
  /** Of how many requests, or calls. */
  n: z.number().int(),
  numerator: z.number(),
  denominator: z.number(),
  interval: z.object({ low: z.number(), high: z.number() }),
});

/** One group's three rates: null for an empty sample, with n and a Wilson interval. `cases` leads to what is counted. */
const rates = z.looseObject({
  volume: z.number().int(),
  n: z.number().int(),
  response: share.nullable(),
  solve: share.nullable(),
  satisfaction: share.nullable(),
  score: share.nullable(),
  uncalled: z.number().int(),
  unreachable: share.nullable(),
  incomplete: share.nullable(),
  excluded: z.looseObject({ count: z.number().int() }),
});

const group = z.object({
  code: z.string().optional(),
  name: z.string().optional(),
  time: z.string().optional(),
});

export const ratesView = named(
  'ThreeRatesView',
  z.object({
    window: z.object({ from: moment, to: moment }),
    policy: z.looseObject({ id: z.string(), version: z.number().int(), source: z.string() }),
    pooled: rates.extend({ cases: z.string() }),
    groups: z.array(group.extend({ rates, cases: z.string() })),
  }),
);

export const countsView = named(
  'CountsView',
  z.object({
    window: z.object({ from: moment, to: moment }),
    basis: z.string(),
    total: z.object({ counts: z.record(z.string(), z.number().int()), cases: z.string() }),
    groups: z.array(group.extend({ counts: z.record(z.string(), z.number().int()), cases: z.string() })),
  }),
);

export type TownView = z.infer<typeof townView>;
export type RatesView = z.infer<typeof ratesView>;
