import { z } from 'zod';
import { moment, named, short, uuid } from './named.ts';

/** The request that a seat was given to call, or none. It is answered by `callBack`, or skipped by `tryCallback`, on its case. */
export const nextCallbackView = named(
  'NextCallback',
  z.object({
    call: z.object({ number: z.string(), caseId: uuid, until: moment, link: z.string() }).nullable(),
  }),
);

export const CALLBACK_ROUTES = {
  nextCallback: {
    summary: {
      zh: '回访台：领取下一件要回访的诉求，不能挑选',
      en: 'The callback desk: the next request to call, which no seat chooses',
    },
    auth: 'staff',
    query: z.object({ district: short(24).optional() }),
    answers: { 200: nextCallbackView },
  },
} as const;
