import { z } from 'zod';

const KEPT_YEARS = 3;

/** An assessment of impact (PIPL Art. 55): its number, its day, and until when its report is kept, three years at least (Art. 56). */
export const assessmentSchema = z
  .strictObject({ id: z.string().min(1), on: z.iso.date(), keptUntil: z.iso.date() })
  .superRefine(({ on, keptUntil }, context) => {
    const least = `${Number(on.slice(0, 4)) + KEPT_YEARS}${on.slice(4)}`;
    if (keptUntil < least)
      context.addIssue({
        code: 'custom',
        path: ['keptUntil'],
        message: `it is before ${least}: the report of an assessment is kept for three years at least (PIPL Art. 56)`,
      });
  });
