import { z } from 'zod';
import { requestNumber, short, uuid } from './named.ts';

const way = z.object({
  way: z.string(),
  address: z.string().optional(),
  hours: z.string().optional(),
  language: z.string().optional(),
  through: z.string().optional(),
  abilities: z.array(z.string()).optional(),
});
const person = z.object({ name: z.string().optional(), reachMe: z.array(way).optional() });

/** Who is behind a number, for a purpose that is named; each answer is a look that the person can see. */
export const CONTACT_ROUTES = {
  readContact: {
    summary: {
      zh: '为一个目的查看一件诉求的联系方式（记入账本，本人可见）',
      en: 'Look at the contact of one request, for a purpose; it is written down and the person sees it',
    },
    auth: 'staff',
    params: z.object({ id: uuid }),
    query: z.object({ district: short(24).optional() }),
    body: z.strictObject({ number: requestNumber, purpose: short(40), reason: short(500).optional() }),
    answers: {
      200: z.object({
        requester: person.optional(),
        reportedBy: person.optional(),
        contact: person.optional(),
        guardian: person.optional(),
      }),
    },
  },
} as const;
