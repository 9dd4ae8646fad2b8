import { z } from 'zod';
import { label, moment, named, short, uuid } from './named.ts';

/** A standard window of 7 or 30 days, or from and to; the other filters and windows are for staff. */
export const topicsQuery = z.object({
  district: short(24).optional(),
  days: z.enum(['7', '30']).optional(),
  from: moment.optional(),
  to: moment.optional(),
  place: short(60).optional(),
  kind: short(60).optional(),
});

const place = z.object({ code: z.string(), name: z.string(), voices: z.number().int() });

const season = z.object({
  kind: z.string(),
  /** Of which area, by its code; null for the whole town. */
  area: z.string().nullable(),
  count: z.number().int(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  unusual: z.boolean(),
});

/** What many write about. `people` counts different writers; nobody stands in it. `cases` and `kinds` are for staff. */
export const topic = named(
  'Topic',
  z.object({
    id: z.string(),
    label: z.string(),
    where: z.array(place),
    since: moment,
    latest: moment,
    isNew: z.boolean(),
    voices: z.number().int(),
    people: z.number().int(),
    /** Of the voices, those joined to a case that others had opened (“me too”). */
    joined: z.number().int(),
    heat: z.number(),
    /** Its main kind beside the same weeks of earlier years; null where the roll-ups do not reach back a year. */
    season: season.nullable(),
    kinds: z.array(z.object({ code: z.string(), name: label, voices: z.number().int() })).optional(),
    cases: z.array(z.object({ caseId: uuid, link: z.string() })).optional(),
    /** How it stood from day to day, the oldest first; for staff, of the week's topics. */
    history: z
      .array(
        z.object({ day: z.string(), voices: z.number().int(), people: z.number().int(), heat: z.number() }),
      )
      .optional(),
    mergedFrom: z.array(z.string()),
    splitFrom: z.string().nullable(),
  }),
);

export const topicsView = named(
  'Topics',
  z.object({
    /** By which formula heat is reckoned. */
    policy: z.object({ version: z.string(), formula: label }),
    scope: z.enum(['staff', 'public']),
    from: moment,
    to: moment,
    /** When it was found; null where no run is there yet. */
    madeAt: moment.nullable(),
    messages: z.number().int(),
    /** From when on messages were read, where there were more than are read at once. */
    cutBefore: moment.nullable(),
    topics: z.array(topic),
  }),
);

export const TOPIC_ROUTES = {
  readTopics: {
    summary: {
      zh: '多人在说什么：话题、地点、起始、人数、热度',
      en: 'What many write about: topics, where, since when, how many people, heat',
    },
    auth: 'open',
    query: topicsQuery,
    answers: { 200: topicsView },
  },
} as const;
