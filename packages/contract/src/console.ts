import { z } from 'zod';
import { caseQuery, caseRow } from './cases.ts';
import { count, label, moment, named, requestNumber, said, short, uuid } from './named.ts';
import { POINT_FROM } from './outside-places.ts';
import { publicCase } from './portal.ts';
import { HANDED_TO } from './procedure-inputs.ts';
import { rulingView } from './rulings.ts';

const district = z.object({ district: short(24).optional() });
/** Ids of cases with commas between them. */
const UUIDS = /^[\da-f-]{36}(?:,[\da-f-]{36}){0,99}$/;

const byId = z.object({ id: uuid });
const coded = z.object({ code: z.string(), name: z.string() });
const tagged = z.object({ code: z.string(), label });

/** A work queue: what waits for posts like this one. `waiting` is counted up to 1,000. */
const queue = z.object({
  queue: z.string(),
  label,
  waiting: z.number().int(),
  /** True where more wait than were counted. */
  isMore: z.boolean(),
});

/** A row of a queue: a case with its beginning in words, and the name of the clock that runs out next. */
export const queueRow = named(
  'QueueRow',
  caseRow.extend({
    excerpt: z.string().optional(),
    clock: label.optional(),
  }),
);

/** What happened to a case, in sentences of the reader's language; `words` is null where they were erased. */
export const caseStory = named(
  'CaseStory',
  z.object({
    caseId: uuid,
    seq: z.number().int(),
    kind: z.string(),
    place: z.string(),
    state: z.string(),
    flags: z.array(tagged),
    /** False where this post may not read what was said. */
    reads: z.boolean(),
    told: z.array(
      z.object({
        seq: z.number().int(),
        type: z.string(),
        at: moment,
        sentence: z.string(),
        words: z.string().nullable().optional(),
        because: z.array(z.string()),
      }),
    ),
    clocks: z.array(
      z.object({
        clock: z.string(),
        name: z.string(),
        startedAt: moment,
        stoppedAt: moment.optional(),
        dueAt: moment.optional(),
        isPast: z.boolean(),
        isProvisional: z.boolean(),
        boundBy: z.string().optional(),
        spans: z.array(z.string()),
      }),
    ),
    /** The four truths: the unit says done, a checker verified; each requester says solved, and is satisfied. */
    truths: z.object({
      done: z.object({ at: moment, outcome: z.string() }).optional(),
      verified: z.object({ at: moment, passed: z.boolean() }).optional(),
      asked: z.number().int(),
      solved: z.object({ yes: z.number().int(), partly: z.number().int(), no: z.number().int() }),
      satisfied: z.object({ yes: z.number().int(), basically: z.number().int(), no: z.number().int() }),
      requests: z.number().int(),
    }),
    voices: z.array(
      z.object({
        number: z.string(),
        sayAs: z.string(),
        sort: z.string(),
        channel: z.string(),
        callback: z.string(),
        /** Until when it was promised; moves only by more time that was granted and told. */
        promised: moment.optional(),
      }),
    ),
    tasks: z.array(
      z.object({
        task: z.string(),
        unit: coded,
        steps: z.array(z.object({ step: z.string(), name: z.string(), at: moment })),
        dueAt: moment.optional(),
        doneAt: moment.optional(),
        asked: z.string().optional(),
        refused: z.string().optional(),
        way: z.string().optional(),
      }),
    ),
    /** What was applied for and waits for a ruling. */
    pending: z.array(
      z.object({ about: z.string(), name: z.string(), line: z.string(), words: z.string().optional() }),
    ),
    /** Photos and sounds, where this post may read what was said. */
    media: z.array(z.object({ id: z.string(), type: z.string(), at: moment })),
    /** Whose lines of the power list let the case go on from here. */
    whoCan: z.array(z.object({ text: z.string(), basis: z.string() })),
    /** Cases that belong to it, by what they are to it. */
    kin: z.array(
      z.object({
        caseId: uuid,
        as: z.enum(['parent', 'child', 'mergedInto']),
        kind: z.string(),
        state: z.string(),
      }),
    ),
  }),
);

/** The forms of what this post may do now: a JSON Schema (2020-12) each, with titles in the reader's language. */
export const caseForms = named(
  'CaseForms',
  z.object({
    forms: z.array(
      z.object({
        action: z.string(),
        act: z.string(),
        label: z.string(),
        /** Whether it moves the case on. */
        moves: z.boolean(),
        /** The room that it is done in, where no form will do: units are proposed there with their law. */
        room: z.enum(['whistles']).optional(),
        schema: z.record(z.string(), z.unknown()),
      }),
    ),
    /** Whether somebody of this case is owed a call that this post could make, and has not been given: calls are given out in their order. */
    takesCalls: z.boolean(),
    /** For which purposes this post may look at who asked (`readContact`), each with its legal basis. */
    purposes: z.array(
      z.object({ code: z.string(), name: z.string(), basis: z.string(), asksReason: z.boolean() }),
    ),
    /** Whether this post decides what neighbours read of the case. */
    mayRelease: z.boolean(),
    /** Who may approve an exception where a guard can be bent. */
    approvers: z.array(coded),
  }),
);

/** What was decided and done before in matters like this one. */
export const casePrecedents = named(
  'CasePrecedents',
  z.object({
    lines: z.array(
      z.object({ unit: coded, role: z.string(), kind: z.string(), place: z.string(), basis: z.string() }),
    ),
    rulings: z.array(rulingView),
    /** Whether a ruling now would be the last. */
    isFinal: z.boolean(),
    similar: z.array(
      z.object({
        caseId: uuid,
        chance: z.number(),
        kind: z.string(),
        place: z.string(),
        state: z.string(),
        openedAt: moment,
        requests: z.number().int(),
        unit: z.string().optional(),
        outcome: z.string().optional(),
        words: z.string().optional(),
        /** Of those who were asked, how many say it is solved. */
        solved: z.object({ yes: z.number().int(), asked: z.number().int() }).optional(),
      }),
    ),
  }),
);

/** Who looked at whoever is behind the requests of a case, by post and unit, and for what purpose. */
export const caseLooks = named(
  'CaseLooks',
  z.object({
    looks: z.array(
      z.object({ at: moment, number: z.string(), post: z.string(), unit: z.string(), purpose: z.string() }),
    ),
  }),
);

/** What neighbours read of a case now, and what they could read: the first words with names and numbers hidden, for a person to read over. */
export const releaseDraft = named(
  'ReleaseDraft',
  z.object({
    /** As everybody sees it, or would; absent where its kind, its requester or its age keeps it from everybody. */
    public: publicCase.optional(),
    shown: z.boolean(),
    text: z.string(),
    /** What was hidden in the words, by sort. */
    hidden: z.array(z.object({ what: z.string(), times: z.number().int() })),
    photos: z.array(z.object({ id: uuid, released: z.boolean() })),
  }),
);

const reached = z.object({ at: moment.optional(), leftMs: z.number().optional(), isLate: z.boolean() });

/** The board of a whistle, or what is needed to draft one for a matter. */
export const whistleBoard = named(
  'WhistleBoard',
  z.object({
    draft: z
      .object({
        action: z.string(),
        kinds: z.array(tagged),
        proposed: z.array(
          coded.extend({
            grounds: z.array(z.object({ role: z.string(), kind: z.string(), basis: z.string() })),
          }),
        ),
        others: z.array(coded),
      })
      .optional(),
    board: z
      .object({
        units: z.array(
          z.object({
            task: z.string(),
            unit: coded,
            asked: z.string().optional(),
            signed: reached,
            contacted: reached,
            arrived: reached,
            delivered: reached,
            way: z.string().optional(),
            refused: z.string().optional(),
          }),
        ),
        force: z.object({
          secretary: z.string(),
          members: z.array(z.object({ unit: z.string(), post: z.string() })),
        }),
        /** Whom this post's unit may rate and has not yet. */
        toRate: z.array(coded),
        ratings: z.array(
          z.object({ by: z.string(), of: z.string(), marks: z.record(z.string(), z.number()) }),
        ),
      })
      .optional(),
  }),
);

const interval = z.object({ low: z.number(), high: z.number() });

/** Whistles, and the bands of streets and marks of units: never a person's. */
export const whistlesView = named(
  'WhistlesView',
  z.object({
    rows: z.array(queueRow),
    bands: z.array(
      z.object({
        street: z.string(),
        count: z.number().int(),
        of: z.number().int(),
        rate: z.number().nullable(),
        interval: interval.nullable(),
        says: z.string(),
      }),
    ),
    marks: z.array(
      z.object({ unit: coded, dimension: z.string(), average: z.number(), n: z.number().int() }),
    ),
  }),
);

/** A call as the seat wrote it. `id` is chosen by the sender and makes sending twice harmless; `place` is a candidate of `readDraft`. */
export const deskCall = named(
  'DeskCall',
  z.strictObject({
    id: uuid,
    words: said,
    callerNumber: z
      .string()
      .regex(/^\+?[\d\s()-]{3,20}$/, { error: 'is no telephone number' })
      .optional(),
    name: short(100).optional(),
    kind: short(60).optional(),
    place: short(200).optional(),
    /** Taken from a service outside, where our own register had no such place. */
    outside: z.strictObject({ lon: z.number(), lat: z.number(), from: z.enum(POINT_FROM) }).optional(),
    placeText: short(300).optional(),
    publicity: z.enum(['public', 'private']).default('private'),
    join: uuid.optional(),
    handOff: z.enum(HANDED_TO).optional(),
    /** The cases that stood beside the text when it was sent. */
    shown: z.array(uuid).max(20).default([]),
  }),
);

export const deskCallTaken = named(
  'DeskCallTaken',
  z.object({
    number: requestNumber.optional(),
    sayAs: z.string().optional(),
    code: z.string().optional(),
    caseId: uuid.optional(),
    joined: z.boolean(),
    /** What the seat asked for besides and was refused, in words. */
    refused: z.array(z.string()),
    /** Where it is now: state, unit, and until when. */
    now: z
      .object({
        state: z.string(),
        unit: z.string().optional(),
        promised: moment.optional(),
        handedOff: z.array(z.string()),
      })
      .optional(),
  }),
);

export const CONSOLE_ROUTES = {
  listQueues: {
    summary: {
      zh: '本岗位的工作队列及待办数',
      en: 'The work queues of this post, and how much waits in each',
    },
    auth: 'staff',
    query: district,
    answers: { 200: z.object({ queues: z.array(queue) }) },
  },
  readQueue: {
    summary: { zh: '一个工作队列，最急的在前', en: 'A work queue, the most pressing first' },
    auth: 'staff',
    params: z.object({ queue: short(40) }),
    query: district.extend({
      kind: short(60).optional(),
      flag: short(40).optional(),
      place: short(60).optional(),
      phase: short(40).optional(),
      late: z.enum(['true']).optional(),
      /** Of these cases only those that are in the queue: what a list that stands already asks when it hears that they changed. */
      cases: z.string().regex(UUIDS, { error: 'is no list of at most 100 ids' }).optional(),
      after: short(80).optional(),
      limit: count(1, 500, 100),
    }),
    answers: {
      200: z.object({
        rows: z.array(queueRow),
        next: z.string().optional(),
        /** The place that it was narrowed to, by name. */
        place: coded.optional(),
      }),
    },
  },
  exportQueue: {
    summary: { zh: '导出一个工作队列（CSV）', en: 'A work queue as CSV' },
    auth: 'staff',
    params: z.object({ queue: short(40) }),
    query: district.extend({
      kind: short(60).optional(),
      flag: short(40).optional(),
      place: short(60).optional(),
      phase: short(40).optional(),
      late: z.enum(['true']).optional(),
    }),
    gives: 'text/csv',
    answers: { 200: null },
  },
  readList: {
    summary: {
      zh: '所有案件中筛出的，如队列所示',
      en: 'Cases of all phases, narrowed, as a queue shows them',
    },
    auth: 'staff',
    query: caseQuery.extend(district.shape),
    answers: { 200: z.object({ rows: z.array(queueRow), next: uuid.optional() }) },
  },
  exportList: {
    summary: { zh: '把筛出的案件导出为 CSV', en: 'The same as CSV' },
    auth: 'staff',
    query: caseQuery.omit({ limit: true, after: true }).extend(district.shape),
    gives: 'text/csv',
    answers: { 200: null },
  },
  tellCase: {
    summary: { zh: '一件事的经过，用平常话说', en: 'The story of a case in plain words' },
    auth: 'staff',
    params: byId,
    query: district.extend({ lang: z.enum(['zh', 'en']).optional() }),
    answers: { 200: caseStory },
  },
  getCaseForms: {
    summary: { zh: '本岗位现在可做的事及其表单', en: 'What this post may do to a case now, with its forms' },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: caseForms },
  },
  getPrecedents: {
    summary: {
      zh: '同类事项：职责清单、裁定先例、相似事项怎样办结',
      en: 'Matters like this one: lines of duty, rulings, and how similar cases were solved',
    },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: casePrecedents },
  },
  listLooks: {
    summary: { zh: '谁查看过诉求人信息', en: 'Who looked at whoever is behind a case' },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: caseLooks },
  },
  draftRelease: {
    summary: {
      zh: '一件事对外显示什么：现在的样子，与遮盖后的草稿',
      en: 'What neighbours read of a case: as it is now, and a masked draft',
    },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: releaseDraft },
  },
  listWhistles: {
    summary: { zh: '吹哨事项、吹哨率区间、互评平均', en: 'Whistles, their band by street, marks of units' },
    auth: 'staff',
    query: district.extend({ ended: z.enum(['true']).optional() }),
    answers: { 200: whistlesView },
  },
  getWhistle: {
    summary: {
      zh: '吹哨：拟点名单位及依据，或到场情况',
      en: 'A whistle: units proposed with their law, or who is here',
    },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: whistleBoard },
  },
  fileCall: {
    summary: { zh: '接诉台登记一次来电', en: 'The desk files a call' },
    auth: 'staff',
    query: district,
    body: deskCall,
    answers: { 201: deskCallTaken },
  },
} as const;

export type QueueRowView = z.infer<typeof queueRow>;
export type CaseStory = z.infer<typeof caseStory>;
export type CaseForms = z.infer<typeof caseForms>;
export type WhistleBoard = z.infer<typeof whistleBoard>;
export type DeskCall = z.infer<typeof deskCall>;
