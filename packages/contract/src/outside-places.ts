import { z } from 'zod';
import { label, named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

export const POINT_FROM = ['tianditu', 'nominatim', 'photon'] as const;

/** Whose service of place names may be asked; absent where none is set. */
export const outsideService = named('OutsideService', z.object({ by: label.optional() }));

/** The words of the place alone: nothing else that somebody said, no number, no name. */
export const outsideQuestion = named('OutsideQuestion', z.strictObject({ text: short(100) }));

/**
 * What a service outside proposes: a person decides. `known`: our own register has the place, and nobody outside was asked. `from` goes with the
 * point where it is taken.
 */
export const outsidePlaces = named(
  'OutsidePlaces',
  z.object({
    by: label,
    from: z.enum(POINT_FROM),
    known: z.boolean(),
    places: z.array(z.object({ name: z.string(), where: z.string(), lon: z.number(), lat: z.number() })),
  }),
);

export const OUTSIDE_ROUTES = {
  getOutside: {
    summary: {
      zh: '是否接有外部地名服务，是谁的',
      en: 'Whether a service of place names outside may be asked, and whose it is',
    },
    auth: 'open',
    query: district,
    answers: { 200: outsideService },
  },
  askOutside: {
    summary: {
      zh: '用外部地名服务查找一个地点（只发送地点文字和本市范围）',
      en: 'Ask the service outside for a place; only its words and the box of the town are sent',
    },
    auth: 'open',
    query: district,
    body: outsideQuestion,
    answers: { 200: outsidePlaces },
  },
} as const;

export type OutsideFound = z.infer<typeof outsidePlaces>;
