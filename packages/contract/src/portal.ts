import { z } from 'zod';
import {
  count,
  label,
  moment,
  named,
  openingCode,
  point,
  requestNumber,
  said,
  short,
  uuid,
} from './named.ts';
import { person, receipt, requestView } from './signals.ts';

const district = z.object({ district: short(24).optional() });
const named2 = z.object({ code: z.string(), name: z.string() });

/**
 * A case that everybody may see: about a thing in public space, and whoever reported it let neighbours see it. Its road, never a house; no words and no photos but those
 * that a person masked and released; `voices` where they are five or more.
 */
export const publicCase = named(
  'PublicCase',
  z.object({
    caseId: uuid,
    kind: z.object({ code: z.string(), name: label }),
    /** The road, else the community or village. */
    where: z.string(),
    place: z.string(),
    /** To about 100 m. */
    point: point.optional(),
    /** From where was asked, to 50 m. */
    metres: z.number().int().optional(),
    since: moment,
    state: label,
    phase: z.string(),
    isOpen: z.boolean(),
    unit: z.string().optional(),
    voices: z.number().int().min(5).optional(),
    text: z.string().optional(),
    photos: z.array(z.object({ id: uuid, link: z.string() })).optional(),
  }),
);

/** What somebody is about to report, as far as it is told; nothing of it is kept. */
export const aboutToSay = named(
  'AboutToSay',
  z.strictObject({
    words: said.optional(),
    kind: short(60).optional(),
    placeText: short(300).optional(),
    point: point.optional(),
    asset: short(100).optional(),
    grid: short(60).optional(),
  }),
);

export const whatIsRead = named(
  'WhatIsRead',
  z.object({
    /** Danger: whom to call now, by number. */
    danger: z.object({ names: z.array(label), call: z.array(z.string()) }).optional(),
    kind: z.object({ code: z.string(), name: label }).optional(),
    place: named2.optional(),
    asset: z.object({ code: z.string(), name: z.string(), kind: z.string() }).optional(),
    same: z.array(publicCase),
  }),
);

const coordinate = (max: number): z.ZodCoercedNumber<unknown> => z.coerce.number().min(-max).max(max);

export const publicQuery = district.extend({
  lon: coordinate(180).optional(),
  lat: coordinate(90).optional(),
  /** A place of any layer: its grids are looked through. */
  place: short(60).optional(),
  kind: short(60).optional(),
  asset: short(100).optional(),
  limit: count(1, 100, 30),
});

export const publicCases = named(
  'PublicCases',
  z.object({
    cases: z.array(publicCase),
    /** How many there are by place, where five or more. */
    groups: z.array(named2.extend({ count: z.number().int().min(5) })),
  }),
);

export const publicStory = named(
  'PublicStory',
  z.object({ case: publicCase, story: z.array(z.object({ at: moment, say: label })), feed: z.string() }),
);

/** One's own voice in a public case. `id` is chosen once by the sender. */
export const publicVoice = named(
  'PublicVoice',
  z.strictObject({
    id: short(128),
    words: said.optional(),
    requester: person.optional(),
    guardian: person.optional(),
  }),
);

/** A person releases masked words and photos of a public case, or takes the whole case off the public pages. */
export const publicRelease = named(
  'PublicRelease',
  z.strictObject({ shown: z.boolean(), text: said.optional(), photos: z.array(uuid).max(12).optional() }),
);

/** How often what was promised was kept, of those whose time has come in the last 365 days; nothing under five. */
export const promiseKept = named(
  'PromiseKept',
  z.object({
    kind: z.object({ code: z.string(), name: label }).optional(),
    place: named2.optional(),
    from: moment,
    to: moment,
    rows: z.array(
      z.object({
        kind: z.object({ code: z.string(), name: label }),
        n: z.number().int().min(5),
        kept: z.number().int().min(0),
      }),
    ),
    /** Kinds of which there were fewer than five. */
    few: z.number().int(),
  }),
);

/** Who answers for a grid: posts and staff numbers, hours, the unit's own telephone numbers. */
export const whoAnswers = named(
  'WhoAnswers',
  z.object({
    grid: named2.optional(),
    above: z.array(named2.extend({ level: z.string() })),
    posts: z.array(
      z.object({
        name: z.string(),
        unit: z.string(),
        staff: z.array(z.object({ number: z.string(), hours: z.string().optional(), now: z.boolean() })),
      }),
    ),
    units: z.array(z.object({ name: z.string(), phone: z.string() })),
    complaints: z.object({ name: z.string(), phone: z.string() }).optional(),
  }),
);

/** A service that somebody can apply for (办事指南): what, where, with which papers, how long. */
export const guideItem = named(
  'GuideItem',
  z.object({
    id: z.string(),
    name: label,
    what: label,
    who: label,
    papers: z.array(label),
    term: label,
    promised: label.optional(),
    fee: label,
    basis: z.string(),
    hours: label,
    /** The nearest first, where a point was given. */
    where: z.array(z.object({ name: z.string(), phone: z.string().optional() })),
    online: label.optional(),
  }),
);

export const guide = named(
  'ServiceGuide',
  z.object({
    /** The person behind “a person, please”: which number reaches one. */
    human: z.object({ phone: z.string(), name: label }).optional(),
    items: z.array(guideItem),
    /** The kinds that a resident may choose. */
    kinds: z.array(z.object({ code: z.string(), name: label })),
    /** Questions that a kind asks beside the words. */
    asks: z.array(z.object({ kind: z.string(), questions: z.array(label) })),
  }),
);

export const followView = named(
  'FollowView',
  requestView.extend({
    /** Why the promise is then: sentences. */
    why: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
    /** Whether the three questions can be answered now. */
    asked: z.boolean(),
    /** Why it was sent to whoever has it. */
    routed: z.array(label),
    /** Others who said the same, where five or more. */
    others: z.number().int().min(5).optional(),
    /** Photos and sounds, each with its media type. */
    photos: z.array(z.object({ id: uuid, link: z.string(), type: z.string() })),
    isOpen: z.boolean(),
    isPublic: z.boolean(),
    caseId: uuid,
  }),
);

export const answers = named(
  'ThreeAnswers',
  z.strictObject({
    id: short(64),
    contacted: z.enum(['yes', 'no', 'noAnswer']),
    solved: z.enum(['yes', 'partly', 'no', 'noAnswer']),
    satisfied: z.enum(['satisfied', 'basically', 'dissatisfied', 'noAnswer']),
  }),
);

const byId = z.object({ id: uuid });
const byNumber = z.object({ number: requestNumber });
const withCode = district.extend({ code: openingCode.optional() });

export const PORTAL_ROUTES = {
  readAboutToSay: {
    summary: {
      zh: '将要反映的事：是否危险、哪类、哪里、附近是否已有人反映（不留存）',
      en: 'What is about to be reported: danger, kind, place, what neighbours reported already; nothing is kept',
    },
    auth: 'open',
    query: district,
    body: aboutToSay,
    answers: { 200: whatIsRead },
  },
  listPublic: {
    summary: { zh: '身边的公开事项', en: 'Public cases near a point, of a place, of an object' },
    auth: 'open',
    query: publicQuery,
    answers: { 200: publicCases },
  },
  getPublic: {
    summary: { zh: '一件公开事项', en: 'A public case' },
    auth: 'open',
    params: byId,
    query: district,
    answers: { 200: publicStory },
  },
  joinPublic: {
    summary: { zh: '我也遇到了：加入一件公开事项', en: '“Me too”: one more voice in a public case' },
    auth: 'open',
    params: byId,
    query: district,
    body: publicVoice,
    answers: { 201: receipt, 200: receipt },
  },
  releasePublic: {
    summary: {
      zh: '公开一件事项的脱敏文字和照片，或撤下',
      en: 'Release masked words and photos of a public case, or take it off',
    },
    auth: 'staff',
    params: byId,
    query: district,
    body: publicRelease,
    answers: { 200: publicRelease },
  },
  publicFeed: {
    summary: {
      zh: '公开事项的订阅源（Atom）：一条路、一个地点或一件事',
      en: 'Public cases as an Atom feed: of a place, or one case',
    },
    auth: 'open',
    query: district.extend({
      place: short(60).optional(),
      case: uuid.optional(),
      lang: z.enum(['zh', 'en']).optional(),
    }),
    gives: 'application/atom+xml',
    answers: { 200: null },
  },
  getPromiseKept: {
    summary: { zh: '某地某类的承诺兑现情况', en: 'How often the promise was kept, by kind and place' },
    auth: 'open',
    query: district.extend({ kind: short(60).optional(), place: short(60).optional() }),
    answers: { 200: promiseKept },
  },
  whoAnswers: {
    summary: { zh: '我这个网格由谁负责', en: 'Who answers for a grid' },
    auth: 'open',
    query: district.extend({
      lon: coordinate(180).optional(),
      lat: coordinate(90).optional(),
      grid: short(60).optional(),
      text: short(100).optional(),
    }),
    answers: { 200: whoAnswers },
  },
  getGuide: {
    summary: { zh: '办事指南', en: 'The service guide' },
    auth: 'open',
    query: district.extend({ lon: coordinate(180).optional(), lat: coordinate(90).optional() }),
    answers: { 200: guide },
  },
  followRequest: {
    summary: {
      zh: '诉求人跟进自己的诉求',
      en: 'A requester follows their request: story, promise and why, questions',
    },
    auth: 'code',
    params: byNumber,
    query: withCode,
    answers: { 200: followView },
  },
  answerQuestions: {
    summary: { zh: '诉求人回答回访三问', en: 'A requester answers the three questions' },
    auth: 'code',
    params: byNumber,
    query: withCode,
    body: answers,
    answers: { 200: z.object({ answered: z.literal(true) }) },
  },
} as const;

export type PublicCase = z.infer<typeof publicCase>;
export type PublicStory = z.infer<typeof publicStory>;
export type WhatIsRead = z.infer<typeof whatIsRead>;
export type AboutToSay = z.infer<typeof aboutToSay>;
export type PromiseKept = z.infer<typeof promiseKept>;
export type WhoAnswers = z.infer<typeof whoAnswers>;
export type ServiceGuide = z.infer<typeof guide>;
export type GuideItem = z.infer<typeof guideItem>;
export type FollowView = z.infer<typeof followView>;
