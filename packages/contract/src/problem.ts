import { z } from 'zod';
import { named } from './named.ts';

/** What is wrong with one field: where it stands (`data.point.lon`), what was sent, why not, and what to send instead. */
export const fieldError = named(
  'FieldError',
  z.object({ field: z.string(), value: z.unknown().optional(), problem: z.string(), remedy: z.string() }),
);

/**
 * The one shape of every error (RFC 9457, `application/problem+json`). `code` is stable and for programs; `title`, `detail` and `remedy`
 * are for people, in the language that `Accept-Language` asks for. `details` are the facts behind a refusal.
 */
export const problem = named(
  'Problem',
  z.object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    code: z.string(),
    detail: z.string(),
    remedy: z.string(),
    errors: z.array(fieldError).optional(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
);

export type FieldError = z.infer<typeof fieldError>;
export type Problem = z.infer<typeof problem>;

export const PROBLEM_TYPE = 'application/problem+json';
