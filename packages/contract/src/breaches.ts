import { z } from 'zod';
import { identifier, label, moment, said, short, uuid } from './named.ts';

/** Personal data that leaked, were changed or were lost: a case of its own, with the notices it owes (PIPL Art. 57). */
export const BREACH_ROUTES = {
  reportBreach: {
    summary: {
      zh: '报告个人信息安全事件：立案，并列出依法应发的告知和期限',
      en: 'Report a breach of personal data: opens a case and answers which notices the law asks for, by when',
    },
    auth: 'staff',
    query: z.object({ district: short(24).optional() }),
    body: z.strictObject({
      commandId: identifier,
      what: z.enum(['leak', 'change', 'loss']),
      words: said.meta({ description: 'what happened, why, what harm it may do; names nobody' }),
      data: z
        .array(z.enum(['name', 'reach', 'home', 'words', 'media', 'account', 'sensitive']))
        .min(1)
        .max(7),
      people: z.number().int().min(0).max(10_000_000).optional(),
      done: said.optional(),
      noticedAt: moment.optional(),
    }),
    answers: {
      201: z.object({
        caseId: uuid,
        known: z.boolean(),
        owes: z.array(z.object({ clock: z.string(), label, dueAt: moment })),
      }),
    },
  },
} as const;
