import { z } from 'zod';
import { moment, named, short } from './named.ts';

export const knowledgeQuery = z.object({
  district: short(24).optional(),
  q: short(200),
  lang: z.enum(['zh', 'en']).optional(),
});

/** Answers that hold, the best first. */
export const knowledgeView = named(
  'KnowledgeView',
  z.object({
    items: z.array(
      z.object({
        id: z.string(),
        question: z.string(),
        answer: z.string(),
        basis: z.string(),
        owner: z.object({ code: z.string(), name: z.string() }),
        validUntil: moment,
        kinds: z.array(z.string()),
        language: z.enum(['zh', 'en']),
      }),
    ),
  }),
);
