import { z } from 'zod';
import { count, moment, named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });
const system = z
  .string()
  .regex(/^[a-z][a-z0-9-]{1,31}$/, { error: 'is no name of a system' })
  .default('city12345');

const takenOrder = z.object({
  number: z.string(),
  outcome: z.enum(['received', 'changed', 'same', 'refused']),
  caseId: z.string().optional(),
  what: z.array(z.string()),
  reason: z.string().optional(),
});

const reply = named(
  'UpstreamReply',
  z.object({
    id: z.string(),
    system: z.string(),
    number: z.string(),
    what: z.enum(['done', 'checked', 'callback']),
    state: z.enum(['waiting', 'sent', 'refused', 'failed', 'outbox', 'exported']),
    reason: z.string().optional(),
    madeAt: moment,
    sentAt: moment.optional(),
    attempts: z.number().int(),
  }),
);

const difference = z.object({
  system: z.string(),
  number: z.string(),
  caseId: z.string(),
  what: z.array(z.string()),
  theirs: z.object({ status: z.string().optional(), dueAt: moment.optional() }),
  ours: z.object({ state: z.string(), dueAt: moment.optional() }),
});

export const UPSTREAM_ROUTES = {
  takeOrders: {
    summary: {
      zh: '接收上级热线工单（hotline-zh 列名的 JSON 列表，或 CSV、XLSX）',
      en: 'Take work orders of the hotline above (a list in JSON with the columns of hotline-zh, or CSV, XLSX)',
    },
    auth: 'staff',
    query: district.extend({ system }),
    takes: [
      'application/json',
      'text/csv',
      'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    ],
    answers: {
      200: z.object({
        orders: z.array(takenOrder),
        refused: z.array(z.object({ row: z.number().int(), because: z.string() })),
      }),
    },
  },
  getUpstream: {
    summary: { zh: '上级工单、回复与差异', en: 'Orders from above, replies and differences' },
    auth: 'staff',
    query: district.extend({ limit: count(1, 500, 100) }),
    answers: {
      200: z.object({
        orders: z.number().int(),
        counts: z.record(z.string(), z.number().int()),
        differences: z.array(difference),
        replies: z.array(reply),
      }),
    },
  },
  retryReply: {
    summary: { zh: '重发一条回复', en: 'Send a reply again' },
    auth: 'staff',
    params: z.object({ id: short(200) }),
    query: district,
    answers: { 200: z.object({ again: z.boolean() }) },
  },
} as const;
