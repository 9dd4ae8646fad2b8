import { z } from 'zod';
import { label, moment, named, said, short, uuid } from './named.ts';

const district = z.object({ district: short(24).optional() });
const share = z.number().nullable();

/** Counts of what was read rightly. `share` is null where there is nothing to divide by. */
const tally = z.object({ n: z.number().int(), right: z.number().int(), share });

const figures = z.object({
  n: z.number().int(),
  accuracy: z.number(),
  macroF1: z.number(),
  ece: z.number(),
  asked: z.number(),
  perKind: z.array(
    z.object({ kind: z.string(), samples: z.number(), recall: share, precision: share, known: z.boolean() }),
  ),
});

export const algorithmList = named(
  'AlgorithmList',
  z.object({
    algorithms: z.array(
      z.object({
        id: z.enum(['kind', 'urgent', 'where', 'mask', 'same', 'topics', 'answer']),
        sort: z.enum(['model', 'rules']),
        version: z.string(),
        since: moment.optional(),
        name: label,
        purpose: label,
        learnedFrom: label,
        howWell: label,
        decides: label,
        objection: label,
        /** On cases that it had not learned; only of a model that this town trained. */
        figures: figures.optional(),
        samples: z.number().int().optional(),
        weakKinds: z.array(z.string()).optional(),
      }),
    ),
    /** Every training of this town's model of kinds, the newest first. */
    models: z.array(
      z.object({
        hash: z.string(),
        state: z.enum(['adopted', 'kept', 'replaced']),
        trainedAt: moment,
        bytes: z.number().int(),
        why: z.string(),
        samples: z.number().int(),
        n: z.number().int(),
        accuracy: z.number(),
        before: z.number().nullable(),
      }),
    ),
  }),
);

/** How proposals of kinds stood up to what people then decided. */
export const readReport = named(
  'ReadReport',
  z.object({
    from: moment,
    to: moment,
    total: tally,
    perKind: z.array(tally.extend({ kind: z.string(), name: label })),
    perUnit: z.array(tally.extend({ unit: z.string(), name: z.string() })),
    perMonth: z.array(tally.extend({ month: z.string() })),
    /** By month and the model that stood then, the oldest first; `model` is null where the words of the scene proposed. */
    perModel: z.array(tally.extend({ month: z.string(), model: z.string().nullable() })),
    /** Each kind and each unit from month to month. */
    overTime: z.object({
      kinds: z.array(tally.extend({ kind: z.string(), month: z.string() })),
      units: z.array(tally.extend({ unit: z.string(), month: z.string() })),
    }),
    confusions: z.array(z.object({ proposed: z.string(), kind: z.string(), times: z.number().int() })),
  }),
);

export const draftBody = named('DraftToRead', z.object({ text: said, callerNumber: short(40).optional() }));

export const draftView = named(
  'DraftReading',
  z.object({
    kinds: z.array(
      z.object({
        kind: z.string(),
        name: label,
        probability: z.number().nullable(),
        because: z.array(z.string()),
      }),
    ),
    /** True where a person should say: the text is not clear. */
    askKind: z.boolean(),
    places: z.array(
      z.object({ id: z.string(), name: z.string(), said: z.string(), above: z.array(z.string()) }),
    ),
    askPlace: z.boolean(),
    urgent: z.object({
      level: z.enum(['handOff', 'urgent', 'none']),
      to: z.array(z.string()),
      because: z.array(
        z.object({ rule: z.string(), name: label, words: z.string(), doubt: z.string().optional() }),
      ),
      turnedDown: z.array(z.object({ rule: z.string(), words: z.string(), byWords: z.string() })),
    }),
    same: z.array(
      z.object({
        caseId: uuid,
        chance: z.number(),
        resend: z.boolean(),
        kind: label,
        place: z.string(),
        phase: z.string(),
        openedAt: moment,
        requests: z.number().int(),
        /** One of the caller's own open requests; only where the number they call from was given. */
        own: z.boolean(),
      }),
    ),
    knowledge: z.array(z.object({ id: z.string(), question: z.string(), answer: z.string() })),
  }),
);

export const ALGORITHM_ROUTES = {
  listAlgorithms: {
    summary: {
      zh: '算法公示：在用的模型和规则',
      en: 'The public register of algorithms: models and rule sets in use',
    },
    auth: 'open',
    query: district,
    answers: { 200: algorithmList },
  },
  getReadReport: {
    summary: {
      zh: '类别建议与后来决定之比：分类别、单位、月份',
      en: 'Proposals of kinds against later decisions, by kind, unit and month',
    },
    auth: 'open',
    query: district,
    answers: { 200: readReport },
  },
  readDraft: {
    summary: {
      zh: '边写边读：类别、地点、紧急、同一事项、知识，都是建议',
      en: 'What is being written, read: kinds, places, danger, the same matter, knowledge; all proposals',
    },
    auth: 'staff',
    query: district,
    body: draftBody,
    answers: { 200: draftView },
  },
} as const;

export type AlgorithmList = z.infer<typeof algorithmList>;
export type ReadReport = z.infer<typeof readReport>;
export type DraftReading = z.infer<typeof draftView>;
