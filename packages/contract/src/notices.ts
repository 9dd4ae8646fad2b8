import { z } from 'zod';
import { count, label, moment, named, short, uuid } from './named.ts';

/** `waiting`, `sent`, `refused`, `failed`, `noWay` (nobody to reach), `lapsed` (needs no telling any more), `outbox` (no gateway is set). */
export const NOTICE_STATES = ['waiting', 'sent', 'refused', 'failed', 'noWay', 'lapsed', 'outbox'] as const;

const district = z.object({ district: short(24).optional() });

/** Filters of the delivery ledger; all must hold. `target` is a request's number, or the code of a unit or a post. */
export const noticeQuery = z.object({
  state: z.enum(NOTICE_STATES).optional(),
  target: short(60).optional(),
  case: uuid.optional(),
  after: short(200).optional(),
  limit: count(1, 100, 20),
});

/** Who is told what, by which way, and what became of it. How they are reached is in no row. */
export const noticeRow = named(
  'Notice',
  z.object({
    id: z.string(),
    caseId: uuid,
    rule: z.string(),
    /** Of a ring: which step of the ladder, from 1. */
    step: z.number().int().optional(),
    target: z.object({
      kind: z.enum(['requester', 'unit', 'post', 'subscriber']),
      code: z.string(),
      name: z.string(),
    }),
    /** What is said; what only its requester reads is left out. */
    text: label.optional(),
    ways: z.array(z.string()),
    way: z.string(),
    urgent: z.boolean(),
    state: z.enum(NOTICE_STATES),
    reason: z.string().optional(),
    madeAt: moment,
    nextAt: moment.optional(),
    attempts: z.number().int(),
    httpStatus: z.number().int().optional(),
    sentAt: moment.optional(),
    /** The post that was on duty and got it. */
    sentTo: z.object({ code: z.string(), name: z.string() }).optional(),
    link: z.string(),
  }),
);

export const noticeList = named(
  'NoticeList',
  z.object({ notices: z.array(noticeRow), next: z.string().optional(), nextLink: z.string().optional() }),
);

export const NOTICE_ROUTES = {
  listNotices: {
    summary: {
      zh: '告知台账：谁、何时、何种方式、是否送达',
      en: 'The delivery ledger: who is told what, when, by which way',
    },
    auth: 'staff',
    query: noticeQuery.extend(district.shape),
    answers: { 200: noticeList },
  },
  retryNotice: {
    summary: { zh: '重新发送一条通知', en: 'Send a notice again' },
    auth: 'staff',
    params: z.object({ id: short(200) }),
    query: district,
    answers: { 200: noticeRow },
  },
} as const;

export type NoticeQuery = z.infer<typeof noticeQuery>;
export type WireNotice = z.infer<typeof noticeRow>;
