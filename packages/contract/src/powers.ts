import { z } from 'zod';
import { label, named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

/** One policy of a published list: its effect, what it is about (all powers where left out), and as Cedar runs it. */
const policyView = named(
  'PowerPolicy',
  z.object({
    id: z.string(),
    effect: z.enum(['permit', 'forbid']),
    powers: z.array(z.string()).optional(),
    text: label,
    basis: z.string(),
    cedar: z.string(),
  }),
);

export const powersView = named(
  'PowerLists',
  z.object({
    lists: z.array(
      z.object({
        scene: z.string(),
        name: label,
        powers: z.array(z.string()),
        policies: z.array(policyView),
      }),
    ),
  }),
);

/** `what`: a case, the number of a request, or `kind@place`. `who`: a post, or a staff number. */
export const explainPowerQuery = z.object({ who: short(60), power: short(60), what: short(120) });

export const explainedPowers = named(
  'ExplainedPowers',
  z.object({
    answers: z.array(
      z.object({
        post: z.string(),
        power: z.string(),
        scene: z.string(),
        allowed: z.boolean(),
        because: z.object({ policy: z.string(), text: label, basis: z.string().optional() }),
      }),
    ),
  }),
);

export const POWER_ROUTES = {
  listPowers: {
    summary: {
      zh: '权力清单，即正在执行的规则',
      en: 'The published power lists, which are the policies that run',
    },
    auth: 'open',
    query: district,
    answers: { 200: powersView },
  },
  explainPower: {
    summary: {
      zh: '某岗位对某事项有无某项权力，依据哪一条',
      en: 'Whether a post holds a power over something, and by which policy',
    },
    auth: 'staff',
    query: explainPowerQuery.extend(district.shape),
    answers: { 200: explainedPowers },
  },
} as const;
