import { z } from 'zod';
import { label, moment, named, short } from './named.ts';

const number = z.number().int();
const counts = z.object({ requests: number, matters: number, ended: number });

/** A month of a place, as it may hang on a notice board: no count under five, nothing of secret kinds. */
export const monthOfPlace = named(
  'MonthOfPlace',
  z.object({
    place: z.object({ code: z.string(), name: z.string() }),
    /** `2026-05` */
    month: z.string(),
    from: moment,
    to: moment,
    /** Kinds with five matters or more: how many requests, about how many matters, of which so many are over. */
    rows: z.array(counts.extend({ kind: z.object({ code: z.string(), name: label }) })),
    /** All other kinds together. */
    others: counts.optional(),
    /** What was promised for a day of this month: how many, and how many were done by then. */
    promise: z.object({ n: number, kept: number }).optional(),
    /** From the report to the unit's word that it is done: the median in hours, of how many. */
    hours: z.object({ median: z.number(), n: number }).optional(),
  }),
);

export const MONTH_ROUTES = {
  getMonthOfPlace: {
    summary: { zh: '本村（社区）这个月：公示栏用', en: 'A month of a place, for its notice board' },
    auth: 'staff',
    params: z.object({ place: short(60) }),
    query: z.object({
      month: z
        .string()
        .regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'is no month: 2026-05' })
        .optional(),
      district: short(24).optional(),
    }),
    answers: { 200: monthOfPlace },
  },
} as const;

export type MonthOfPlace = z.infer<typeof monthOfPlace>;
