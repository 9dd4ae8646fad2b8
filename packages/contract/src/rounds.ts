import { z } from 'zod';
import { identifier, label, moment, named, said, short, uuid } from './named.ts';

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const district = z.object({ district: short(24).optional() });
const byRound = z.object({ round: short(60) });

/** A place or an asset, and the unit that goes there. Other keys are told apart by the service: a round goes to no person. */
const target = z.looseObject({
  place: short(60).optional(),
  asset: short(60).optional(),
  unit: short(60).optional(),
});

const item = z.strictObject({ id: short(60), zh: short(200), en: short(200), kind: short(60).optional() });

/** A plan: days are both included; `every` stands for all places of a level, and all assets of a kind, under a place. */
export const roundPlan = named(
  'RoundPlan',
  z.strictObject({
    id: short(60),
    sort: z.enum(['patrol', 'screening', 'campaign']),
    title: z.strictObject({ zh: short(200), en: short(200) }),
    kind: short(60).optional(),
    lead: short(60),
    from: day,
    to: day,
    basis: short(300),
    checklist: z.array(item).min(1).max(50),
    stops: z.array(target).max(5000).optional(),
    every: z
      .strictObject({ under: short(60), level: short(30).optional(), assets: short(60).optional() })
      .optional(),
  }),
);

const head = {
  id: z.string(),
  sort: z.enum(['patrol', 'screening', 'campaign']),
  title: label,
  kind: z.string().nullable(),
  lead: z.string(),
  from: day,
  to: day,
  basis: z.string(),
};

export const roundList = named(
  'RoundList',
  z.object({ rounds: z.array(z.object({ ...head, stops: z.number(), visited: z.number() })) }),
);

const finding = z.object({ item: z.string(), case: uuid });

/** Coverage of places and things; no row and no field is of a person. */
export const roundView = named(
  'Round',
  z.object({
    ...head,
    checklist: z.array(item),
    coverage: z.object({
      stops: z.number(),
      visited: z.number(),
      clear: z.number(),
      findings: z.number(),
    }),
    places: z.array(
      z.object({
        stop: z.string(),
        target: z.enum(['place', 'asset']),
        name: z.string(),
        unit: z.string(),
        visits: z.number(),
        lastAt: moment.optional(),
        findings: z.array(finding),
      }),
    ),
  }),
);

/** What was seen at a stop: no findings is “nothing found”. */
export const visitBody = named(
  'RoundVisit',
  z.strictObject({
    commandId: identifier,
    stop: short(60),
    findings: z.array(z.strictObject({ item: short(60), words: said })).max(50),
    /** When it was, up to two days back; now where left out. */
    occurredAt: moment.optional(),
  }),
);

export const ROUND_ROUTES = {
  listRounds: {
    summary: { zh: '巡查、排查、集中整治', en: 'Rounds: patrols, screenings, campaigns' },
    auth: 'staff',
    query: district,
    answers: { 200: roundList },
  },
  planRound: {
    summary: {
      zh: '安排一次巡查（地点和设施，不对人）',
      en: 'Plan a round: to places and assets, never persons',
    },
    auth: 'staff',
    query: district,
    body: roundPlan,
    answers: { 201: roundView },
  },
  getRound: {
    summary: { zh: '一次巡查及其覆盖', en: 'A round and how far it covers its places' },
    auth: 'staff',
    params: byRound,
    query: district,
    answers: { 200: roundView },
  },
  visitStop: {
    summary: {
      zh: '登记到点结果：未发现，或发现问题立案',
      en: 'Write a visit down: nothing found, or findings that open cases',
    },
    auth: 'staff',
    params: byRound,
    query: district,
    body: visitBody,
    answers: { 200: named('RoundFindings', z.object({ findings: z.array(finding) })) },
  },
  exportRound: {
    summary: { zh: '导出巡查覆盖表', en: 'Export what a round covered, as a table' },
    auth: 'staff',
    params: byRound,
    query: district,
    gives: 'text/csv',
    answers: { 200: z.string() },
  },
} as const;
