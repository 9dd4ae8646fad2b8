import { parseInstant } from '@gezhi/basis';
import { z } from 'zod';

/** Schemas that have a name: the components of the OpenAPI document. */
export const components = z.registry<{ id: string }>();

export function named<S extends z.ZodType>(id: string, schema: S): S {
  components.add(schema, { id });
  return schema;
}

/** Words in both languages. */
export const label = named('Label', z.object({ zh: z.string(), en: z.string() }));

/** RFC 3339 with its offset. A time without a zone is no moment. */
export const moment = z
  .string()
  .refine((text) => parseInstant(text) !== undefined, {
    error: 'is no moment with a zone',
    params: {
      zh: '不是带时区的时刻',
      remedy: { zh: '写作 2026-05-01T08:00:00+08:00。', en: 'Write 2026-05-01T08:00:00+08:00.' },
    },
  })
  .meta({ format: 'date-time' });

/** A short name or code: no control characters. */
export function short(charsMax: number): z.ZodString {
  return z
    .string()
    .min(1)
    .max(charsMax)
    .regex(/^\P{Cc}*$/u, { error: 'holds control characters' });
}

/** What names something in a system: letters, digits and `. _ / # -`, 64 at most, so that no words come into the facts. */
export const identifier = z.string().regex(/^[\p{L}\p{N}][\p{L}\p{N}._/#-]{0,63}$/u, {
  error: 'is no identifier: letters, digits and . _ / # -, 64 at most; say other words in a note',
});

export const uuid = z.string().regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, {
  error: 'is no id: 36 characters, small letters',
});

/** What a resident or a worker says: up to 4,000 characters, line ends and all. */
export const said = z.string().trim().min(1).max(4000);

/** A number as people write it: blanks and hyphens between the groups do not matter. */
export const requestNumber = z
  .string()
  .regex(/^[1-9](?:[\s-]*\d){11}$/, { error: 'is no request number: 12 digits' });

export const openingCode = z.string().regex(/^\d{6}$/, { error: 'is no code: 6 digits' });

export const point = named(
  'Point',
  z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) }),
);

/** A whole number in a query string. */
export function count(min: number, max: number, usual: number): z.ZodDefault<z.ZodCoercedNumber<unknown>> {
  return z.coerce.number().int().min(min).max(max).default(usual);
}
