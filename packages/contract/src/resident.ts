import { z } from 'zod';
import { label, moment, named, short } from './named.ts';

const district = z.object({ district: short(24).optional() });

/** A telephone number or a mail address; it is kept nowhere, and found by its keyed hash. */
const address = short(254);

/** The open requests of whoever proved that an address is theirs, each with the code that opens it at the other routes. */
export const residentView = named(
  'Resident',
  z.object({
    until: moment.optional(),
    requests: z.array(
      z.object({
        number: z.string(),
        sayAs: z.string(),
        code: z.string(),
        kind: z.object({ code: z.string(), name: label }),
        state: label,
        dueAt: moment.optional(),
      }),
    ),
  }),
);

export const RESIDENT_ROUTES = {
  askResidentCode: {
    summary: {
      zh: '居民要一个验证码（发到电话或邮箱；查无此人也答复相同）',
      en: 'A resident asks for a code, to a telephone or mail address; an unknown one gets the same answer',
    },
    auth: 'open',
    query: district,
    /** `subscribes`: for somebody who wants to be told by message; then the code is sent to any address, not only to those that are known here. */
    body: z.strictObject({ address, subscribes: z.literal(true).optional() }),
    answers: { 202: z.object({ validMinutes: z.number().int() }) },
  },
  openResidentSession: {
    summary: {
      zh: '居民凭验证码查看自己的在办诉求',
      en: 'A resident opens their own open requests by the code',
    },
    auth: 'open',
    query: district,
    body: z.union([
      z.strictObject({ address, code: z.string().min(6).max(12) }),
      z.strictObject({ ticket: z.string().length(43) }),
    ]),
    answers: { 200: residentView },
  },
  handOverResident: {
    summary: {
      zh: '省级应用、小程序等已核验居民号码的系统移交（一次性票据，仅限系统密钥）',
      en: 'A system that proved a resident’s address hands them over: a ticket for one use, for keys of systems alone',
    },
    auth: 'staff',
    query: district,
    body: z.strictObject({ address }),
    answers: { 201: z.object({ ticket: z.string(), validSeconds: z.number().int() }) },
  },
  closeResidentSession: {
    summary: { zh: '居民退出', en: 'A resident leaves' },
    auth: 'open',
    query: district,
    answers: { 204: null },
  },
  getResident: {
    summary: { zh: '居民自己的在办诉求', en: "A resident's own open requests" },
    auth: 'open',
    query: district,
    answers: { 200: residentView },
  },
} as const;
