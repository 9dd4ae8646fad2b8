import { z } from 'zod';
import { count, label, moment, named, short } from './named.ts';

const RULING_STATES = ['proposed', 'adopted', 'withdrawn'] as const;
const district = z.object({ district: short(24).optional() });
const code = z.object({ code: z.string(), name: z.string() });

/** A precedent: an upheld objection, and where matters of the same kind and street go since. Case and words are not in it. */
export const rulingView = named(
  'Ruling',
  z.object({
    ruling: z.string(),
    kind: z.object({ code: z.string(), name: label }),
    place: code,
    from: code.optional(),
    to: code,
    basis: z.string(),
    at: moment,
    final: z.boolean(),
    state: z.enum(RULING_STATES),
    applied: z.number().int(),
  }),
);

export const RULING_ROUTES = {
  listRulings: {
    summary: { zh: '派单裁定（公开）', en: 'Rulings on objections to a dispatch (public)' },
    auth: 'open',
    query: district.extend({
      state: z.enum(RULING_STATES).optional(),
      kind: short(80).optional(),
      before: count(1, 999_999_999, 999_999_999),
      limit: count(1, 200, 50),
    }),
    answers: { 200: z.object({ rulings: z.array(rulingView), next: z.number().int().optional() }) },
  },
  actOnRuling: {
    summary: { zh: '目录主管采纳或撤回裁定', en: "The catalogue's owner adopts a ruling or withdraws it" },
    auth: 'staff',
    params: z.object({
      ruling: z.string().regex(/^R-[1-9]\d{0,8}$/, { error: 'is no ruling, such as R-12' }),
    }),
    query: district,
    body: z.strictObject({ act: z.enum(['adopted', 'withdrawn']), basis: short(500) }),
    answers: { 200: rulingView },
  },
} as const;
