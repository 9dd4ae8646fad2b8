import { z } from 'zod';
import { count, moment, named, said, short } from './named.ts';

const district = z.object({ district: short(24).optional() });
const emergency = z.string().regex(/^E-[1-9]\d{0,8}$/, { error: 'is no emergency, such as E-3' });
const unit = z.object({ post: z.string(), name: z.string(), unit: z.string() });

/** A declared emergency, for everybody: where, how grave, by which law, why, until when, and what came of it. */
export const emergencyView = named(
  'Emergency',
  z.object({
    emergency: z.string(),
    level: z.number().int().min(1).max(4),
    area: z.object({ code: z.string(), name: z.string() }),
    basis: z.string(),
    reason: z.string(),
    declared: z.object({ at: moment, by: unit }),
    startsAt: moment,
    endsAt: moment,
    inForce: z.boolean(),
    renews: z.string().optional(),
    /** How it was over: by an act with post and reason, or by itself without them. */
    ended: z.object({ at: moment, by: unit.optional(), reason: z.string().optional() }).optional(),
    purge: z.object({ at: moment, requests: z.number().int(), doneAt: moment.optional() }),
    review: z.object({ at: moment, by: unit, words: z.string() }).optional(),
  }),
);

const params = z.object({ emergency });

/** Routes of emergencies; part of `ROUTES`. */
export const EMERGENCY_ROUTES = {
  listEmergencies: {
    summary: { zh: '应急状态（公开）', en: 'Emergencies (public)' },
    auth: 'open',
    query: district.extend({ before: count(1, 999_999_999, 999_999_999), limit: count(1, 200, 50) }),
    answers: { 200: z.object({ emergencies: z.array(emergencyView), next: z.number().int().optional() }) },
  },
  declareEmergency: {
    summary: { zh: '宣布应急状态', en: 'Declare an emergency' },
    auth: 'staff',
    query: district,
    body: z.strictObject({
      id: short(64),
      level: z.number().int().min(1).max(4),
      area: short(60),
      basis: short(300),
      reason: said,
      endsAt: moment,
      renews: emergency.optional(),
    }),
    answers: { 200: emergencyView },
  },
  endEmergency: {
    summary: { zh: '提前结束应急状态', en: 'End an emergency before its time' },
    auth: 'staff',
    params,
    query: district,
    body: z.strictObject({ reason: said }),
    answers: { 200: emergencyView },
  },
  reviewEmergency: {
    summary: { zh: '公布应急状态复盘', en: 'Publish what was learnt from an emergency' },
    auth: 'staff',
    params,
    query: district,
    body: z.strictObject({ words: said }),
    answers: { 200: emergencyView },
  },
} as const;
