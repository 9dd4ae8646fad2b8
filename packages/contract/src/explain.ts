import { z } from 'zod';
import { count, openingCode, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

export const EXPLAIN_WHAT = ['case', 'deadline', 'routing', 'exclusion', 'rate', 'rank'] as const;

export const EXPLAIN_ROUTES = {
  explainAnything: {
    summary: {
      zh: '说明：案件、时限、派单、剔除（案件或诉求编号），比率、排名（通报编号与 subject）',
      en: 'Explain a case, a deadline, a routing, an exclusion (by case or number), a rate or a rank (by edition and subject)',
    },
    auth: 'code',
    params: z.object({ what: z.enum(EXPLAIN_WHAT), id: short(60) }),
    query: district.extend({ code: openingCode.optional(), subject: short(60).optional() }),
    answers: { 200: z.object({ lines: z.array(z.string()) }) },
  },
  unitFeed: {
    summary: {
      zh: '一个单位牵头或协办事项的全部事实（NDJSON，自某位置起）',
      en: 'All facts of the cases that a unit leads or helps, since a position (NDJSON)',
    },
    auth: 'staff',
    params: z.object({ unit: short(60) }),
    query: district.extend({ since: count(0, Number.MAX_SAFE_INTEGER, 0) }),
    gives: 'application/x-ndjson',
    answers: { 200: null },
  },
} as const;
