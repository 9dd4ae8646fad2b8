import { z } from 'zod';
import { label, moment, named, requestNumber, said, short } from './named.ts';
import { EXCLUSION_REASONS } from './procedure-inputs.ts';

/** The name of an edition in its district: month and what its rows are. */
const editionName = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])-(street|unit)$/, {
  error: 'is no edition: 2026-05-street or 2026-05-unit',
});
const district = z.object({ district: short(24).optional() });
const byEdition = z.object({ edition: editionName });
const byId = z.object({ id: short(64) });

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, { error: 'is no month: 2026-05' });
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, { error: 'is no day: 2026-05-31' });
const revision = z.coerce.number().int().min(0).max(10_000).optional();

const summary = z.looseObject({
  id: z.string(),
  phase: z.string(),
  revision: z.number().int(),
  hash: z.string(),
  shownUntil: moment.optional(),
  links: z.record(z.string(), z.string()),
});

const editionList = named('EditionList', z.object({ editions: z.array(summary) }));

/** An edition with what happened to it. `edition` is to the byte what was hashed, once it is written as canonical JSON. */
const editionView = named(
  'EditionView',
  summary.extend({
    edition: z.looseObject({ id: z.string(), hash: z.string() }),
    names: z.record(z.string(), z.string()),
    acts: z.array(z.looseObject({ type: z.string(), at: moment, post: z.string() })),
    revisions: z.array(z.looseObject({ revision: z.number().int(), hash: z.string(), at: moment })),
    appeals: z.array(
      z.looseObject({ id: z.string(), unit: z.string(), number: z.string(), reason: z.string() }),
    ),
  }),
);

const countedRequests = named(
  'CountedRequests',
  z.object({
    requests: z.array(
      z.looseObject({ subject: z.string(), number: z.string(), caseId: z.string(), counts: z.string() }),
    ),
  }),
);

const editionState = named(
  'EditionState',
  z.looseObject({ id: z.string(), phase: z.string(), hash: z.string() }),
);

const editionOrder = named(
  'EditionOrder',
  z.discriminatedUnion('do', [
    z.strictObject({ do: z.literal('show'), until: moment }),
    z.strictObject({
      do: z.literal('appeal'),
      number: requestNumber,
      reason: z.enum(EXCLUSION_REASONS),
      words: said,
    }),
    z.strictObject({ do: z.literal('decide'), appeal: short(64), verdict: z.enum(['exclude', 'keep']) }),
    z.strictObject({ do: z.literal('freeze') }),
    z.strictObject({ do: z.literal('publish') }),
    z.strictObject({
      do: z.literal('revise'),
      reason: z.enum(['laterCallbacks', 'laterRulings', 'corrected']),
    }),
  ]),
);

const sampleView = named(
  'SampleView',
  z.looseObject({ id: z.string(), purpose: z.string(), hash: z.string(), committedAt: moment }),
);

const share = z.looseObject({ value: z.number(), n: z.number() });
const themeItem = z.looseObject({ id: z.string(), title: z.string() });
const themeView = named(
  'ThemeView',
  themeItem.extend({
    problems: z.array(themeItem.extend({ tasks: z.array(themeItem), outputs: z.array(themeItem) })),
    surveys: z.array(themeItem.extend({ share: share.nullable() })),
    tasks: z.object({ done: z.number().int(), all: z.number().int() }),
    outputs: z.number().int(),
  }),
);

const themePart = z.strictObject({
  theme: short(40),
  part: z.enum(['theme', 'problem', 'task', 'output', 'survey']),
  id: short(40),
  under: short(40).optional(),
  data: z.strictObject({
    title: short(200),
    month: month.optional(),
    lead: short(60).optional(),
    due: day.optional(),
    doneOn: day.optional(),
    link: short(300).optional(),
    asked: z.number().int().min(0).optional(),
    satisfied: z.number().int().min(0).optional(),
  }),
});

/** Routes of editions, samples and themes; part of `ROUTES`. */
export const EDITION_ROUTES = {
  listEditions: {
    summary: { zh: '考核通报一览', en: 'The editions' },
    auth: 'open',
    query: district,
    answers: { 200: editionList },
  },
  draftEdition: {
    summary: { zh: '起草一期考核通报', en: 'Draft an edition' },
    auth: 'staff',
    query: district,
    body: z.strictObject({ month, by: z.enum(['street', 'unit']) }),
    answers: { 201: editionState },
  },
  getEdition: {
    summary: { zh: '一期考核通报及其修订', en: 'An edition with its revisions' },
    auth: 'open',
    params: byEdition,
    query: district.extend({ revision }),
    answers: { 200: editionView },
  },
  listEditionCases: {
    summary: {
      zh: '通报中每件诉求如何计入（本单位的）',
      en: 'How each of one’s own requests counts in an edition',
    },
    auth: 'staff',
    params: byEdition,
    query: district.extend({ revision, subject: short(60).optional(), counts: short(20).optional() }),
    answers: { 200: countedRequests },
  },
  explainEdition: {
    summary: { zh: '某一行的数字从何而来', en: 'Why the numbers of a row are what they are' },
    auth: 'open',
    params: byEdition,
    query: district.extend({ revision, subject: short(60) }),
    answers: { 200: named('EditionExplanation', z.object({ lines: z.array(z.string()) })) },
  },
  exportEdition: {
    summary: {
      zh: '下载通报（JSON、CSV；file 含可重算的输入）',
      en: 'Download: JSON, CSV, or with its input',
    },
    auth: 'open',
    params: byEdition,
    query: district.extend({ revision, format: z.enum(['json', 'csv', 'file']).default('json') }),
    answers: { 200: null },
  },
  getHelpPlan: {
    summary: { zh: '帮扶方案草稿', en: 'The draft of a help plan' },
    auth: 'staff',
    params: byEdition,
    query: district.extend({ revision, subject: short(60) }),
    answers: {
      200: named(
        'HelpPlanView',
        z.looseObject({ plan: z.looseObject({ subject: z.string() }), text: label }),
      ),
    },
  },
  actOnEdition: {
    summary: {
      zh: '出示、申诉、裁定、锁定、发布、修订',
      en: 'Show, appeal, decide, freeze, publish, revise',
    },
    auth: 'staff',
    params: byEdition,
    query: district,
    body: editionOrder,
    answers: { 200: editionState },
  },
  listSamples: {
    summary: { zh: '抽样的种子承诺与结果', en: 'Promised seeds and what they drew' },
    auth: 'open',
    query: district,
    answers: { 200: named('SampleList', z.object({ samples: z.array(sampleView) })) },
  },
  promiseSeed: {
    summary: { zh: '承诺一个抽样种子', en: 'Promise a seed' },
    auth: 'staff',
    query: district,
    body: z.strictObject({ purpose: z.enum(['callback', 'check']) }),
    answers: { 201: sampleView },
  },
  drawSample: {
    summary: { zh: '按已承诺的种子抽样', en: 'Draw a sample by a promised seed' },
    auth: 'staff',
    params: byId,
    query: district,
    body: z.strictObject({
      from: moment,
      to: moment,
      size: z.union([
        z.strictObject({ n: z.number().int().min(1).max(100_000) }),
        z.strictObject({ share: z.number().gt(0).max(1) }),
      ]),
    }),
    answers: { 200: sampleView },
  },
  listThemes: {
    summary: { zh: '每月一题', en: 'Themes of the month' },
    auth: 'open',
    query: district,
    answers: { 200: named('ThemeList', z.object({ themes: z.array(themeView) })) },
  },
  writeTheme: {
    summary: { zh: '编写每月一题的一部分', en: 'Write a part of a theme' },
    auth: 'staff',
    query: district,
    body: themePart,
    answers: { 200: themeView },
  },
} as const;
