import { z } from 'zod';
import { label, moment, named, openingCode, requestNumber, said, short, uuid } from './named.ts';

const district = z.object({ district: short(24).optional() });
const person = z.object({
  name: z.string().optional(),
  reachMe: z.array(z.object({ way: z.string(), address: z.string().optional() })).optional(),
});
const look = z.object({ at: moment, unit: z.string(), post: z.string(), staff: z.string().nullable() });

/** Everything that is kept about whoever is behind a number, and who looked: theirs to read and take along (PIPL Art. 45). */
export const ownData = named(
  'OwnData',
  z.object({
    number: requestNumber,
    district: z.string(),
    copiedAt: moment,
    contact: z.record(z.string(), person),
    /** What is kept for the law alone: until when, and why. */
    kept: z.array(z.object({ until: moment, reason: z.string() })),
    said: z.array(z.string()),
    kind: z.string(),
    kindName: label,
    state: z.string(),
    openedAt: moment,
    looks: z.array(
      look.extend({
        purpose: z.string(),
        purposeName: label,
        basis: z.string(),
        fields: z.array(z.string()),
        reason: z.string().optional(),
      }),
    ),
    /** Units that the matter is about tried to see who complained, and were refused. */
    attempts: z.array(look),
    /** Looks of the whole district that by law are told later. */
    putOff: z.number().int(),
  }),
);

/** What somebody asks about their own data; `id` is chosen once, so that sending twice is harmless. `retaliation`: they were treated worse because they complained. */
export const ownAsk = named(
  'OwnAsk',
  z.strictObject({
    id: short(64),
    what: z.enum(['copy', 'correct', 'delete', 'object', 'appeal', 'retaliation']),
    words: said,
  }),
);

/** The case that it became, and of a deletion what was done at once. */
export const ownAsked = named(
  'OwnAsked',
  z.object({
    number: z.string(),
    sayAs: z.string(),
    code: z.string(),
    /** `erased`; `inUse`: needed while the matter is open; `stored`: kept for the law alone, `until` then. */
    erasure: z.enum(['erased', 'inUse', 'stored']).optional(),
    until: moment.optional(),
  }),
);

/** A place or a case that an address is told of by message, once a day or once an hour at most. */
export const subscription = named(
  'Subscription',
  z.object({ id: uuid, name: label, place: z.string().optional(), case: uuid.optional(), until: moment }),
);

const subscriptions = named('Subscriptions', z.object({ subscriptions: z.array(subscription) }));

const byNumber = { params: z.object({ number: requestNumber }) };
const withCode = district.extend({ code: openingCode.optional() });

export const OWN_ROUTES = {
  getOwnData: {
    summary: {
      zh: '我的个人信息：副本、谁看过',
      en: "A requester's own data: a copy, and who looked",
    },
    auth: 'code',
    ...byNumber,
    query: withCode,
    answers: { 200: ownData },
  },
  askOwnData: {
    summary: {
      zh: '就个人信息提出请求：查阅复制、更正、删除、限制、申诉',
      en: 'Ask about one’s own data: copy, correct, delete, object, appeal',
    },
    auth: 'code',
    ...byNumber,
    query: withCode,
    body: ownAsk,
    answers: { 200: ownAsked },
  },
  listSubscriptions: {
    summary: {
      zh: '居民自己的消息订阅（凭验证码）',
      en: 'What a resident is told of by message, by the one-time code',
    },
    auth: 'open',
    query: district,
    answers: { 200: subscriptions },
  },
  addSubscription: {
    summary: {
      zh: '订阅一条路、一个地点或一件事：短信或邮件',
      en: 'Be told of a place or a case, by text message or mail',
    },
    auth: 'open',
    query: district,
    body: z.strictObject({
      /** The address that the code was sent to. */
      address: short(254),
      place: short(60).optional(),
      case: uuid.optional(),
    }),
    answers: { 200: subscription },
  },
  endSubscription: {
    summary: { zh: '退订', en: 'Unsubscribe' },
    auth: 'open',
    params: z.object({ id: uuid }),
    query: district,
    answers: { 204: null },
  },
} as const;

export type OwnData = z.infer<typeof ownData>;
export type OwnAsk = z.infer<typeof ownAsk>;
export type OwnAsked = z.infer<typeof ownAsked>;
export type Subscription = z.infer<typeof subscription>;
