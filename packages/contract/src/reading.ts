import { z } from 'zod';
import { moment, named, said, short, uuid } from './named.ts';

/** What is being told now, as far as it is known, to find the cases that it may be. */
export const sameBody = named(
  'SameQuery',
  z.object({
    words: said,
    kind: short(64).optional(),
    lon: z.number().min(-180).max(180).optional(),
    lat: z.number().min(-90).max(90).optional(),
    except: uuid.optional(),
    /** The number that somebody calls from: their own open cases then stand first. It is not kept. */
    callerNumber: short(40).optional(),
  }),
);

const reason = z.object({
  what: z.enum(['words', 'sameWords', 'kind', 'place', 'distance', 'time', 'own']),
  share: z.number().optional(),
  metres: z.number().optional(),
  minutes: z.number().optional(),
});

/** Proposals, best first: a person decides. `policy.origin` says whether the chances were learned from this town's merges. */
export const sameView = named(
  'SameMatters',
  z.object({
    policy: z.object({ version: z.string(), origin: z.enum(['default', 'confirmed']), pairs: z.number() }),
    same: z.array(
      z.object({ caseId: uuid, chance: z.number(), resend: z.boolean(), because: z.array(reason) }),
    ),
  }),
);

export const answerBody = named(
  'AnswerToRead',
  z.object({
    asked: z.string().max(20_000),
    answer: z.string().max(20_000),
    due: moment.optional(),
  }),
);

const yesNo = z.enum(['yes', 'no', 'unclear']);
const words = z.array(z.string());
const hint = z.object({ met: yesNo, because: words });

/** Hints for whoever writes an answer. They hold no number and are not kept: a help, never a mark on a person. */
export const answerView = named(
  'AnswerHints',
  z.object({
    asked: z.array(hint.extend({ point: z.string(), missing: words })),
    aboutIt: hint,
    basisNamed: hint,
    nextStepNamed: hint.extend({ who: words, when: words }),
    inTime: yesNo,
  }),
);
