import { z } from 'zod';
import { ALGORITHM_ROUTES } from './algorithms.ts';
import { BREACH_ROUTES } from './breaches.ts';
import { CALLBACK_ROUTES } from './callbacks.ts';
import { caseList, caseQuery, caseView, command, done, explanation, factsPage } from './cases.ts';
import { CONSOLE_ROUTES } from './console.ts';
import { CONTACT_ROUTES } from './contacts.ts';
import { EDITION_ROUTES } from './editions.ts';
import { EMERGENCY_ROUTES } from './emergencies.ts';
import { EXPLAIN_ROUTES } from './explain.ts';
import { FIELD_ROUTES } from './field.ts';
import { KNOWLEDGE_ROUTES } from './knowledge.ts';
import { MONTH_ROUTES } from './month-of-place.ts';
import { count, openingCode, requestNumber, short, uuid } from './named.ts';
import { NOTICE_ROUTES } from './notices.ts';
import { NOW_ROUTES } from './now.ts';
import { OUTSIDE_ROUTES } from './outside-places.ts';
import { OWN_ROUTES } from './own.ts';
import { PATHS, type RouteName } from './paths.ts';
import { PORTAL_ROUTES } from './portal.ts';
import { POWER_ROUTES } from './powers.ts';
import { answerBody, answerView, sameBody, sameView } from './reading.ts';
import { REGISTRY_ROUTES } from './registry.ts';
import { RESIDENT_ROUTES } from './resident.ts';
import { ROUND_ROUTES } from './rounds.ts';
import { RULING_ROUTES } from './rulings.ts';
import { SESSION_ROUTES } from './session.ts';
import { SIGN_IN_POST_ROUTES } from './sign-in-posts.ts';
import { followUp, ledgerReceipt, photosTaken, receipts, requestView, signalBody } from './signals.ts';
import { SKETCH_ROUTES } from './sketch.ts';
import { TASK_LINK_ROUTES } from './task-links.ts';
import { TOPIC_ROUTES } from './topics.ts';
import {
  countsQuery,
  countsView,
  kindsView,
  placeQuery,
  placesView,
  ratesQuery,
  ratesView,
  responsibleQuery,
  responsibleView,
  scenesView,
  townView,
} from './town-views.ts';
import { UPLOAD_ROUTES, uploadId } from './uploads.ts';
import { UPSTREAM_ROUTES } from './upstream.ts';

/**
 * A route as data: who may call it, what it takes and what it answers. `auth` is `staff` (a bearer token or the cookie of somebody signed in is needed),
 * `code` (a number's code, or one of these), or `open` (one may be sent).
 */
export type Route = {
  readonly summary: { readonly zh: string; readonly en: string };
  readonly auth: 'open' | 'code' | 'staff';
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media types of the body; JSON where left out. */
  readonly takes?: readonly string[];
  readonly answers: Readonly<Record<number, z.ZodType | null>>;
  /** Media type of the answers; JSON where left out. */
  readonly gives?: string;
};

const district = z.object({ district: short(24).optional() });
const byId = z.object({ id: uuid });
const byNumber = z.object({ number: requestNumber });
const withCode = district.extend({ code: openingCode.optional() });

const CLOUDEVENTS = [
  'application/cloudevents+json',
  'application/json',
  'application/cloudevents-batch+json',
] as const;

export const ROUTES = {
  sendSignals: {
    summary: {
      zh: '送入诉求或其他信号（CloudEvents 1.0）',
      en: 'Send reports and other signals (CloudEvents 1.0)',
    },
    auth: 'open',
    query: district,
    body: signalBody,
    takes: CLOUDEVENTS,
    answers: { 201: receipts, 200: receipts, 202: receipts, 207: receipts },
  },
  getRequest: {
    summary: { zh: '诉求人查看自己的诉求', en: 'A requester looks at their own request' },
    auth: 'code',
    params: byNumber,
    query: withCode,
    answers: { 200: requestView },
  },
  getReceipt: {
    summary: {
      zh: '诉求人取回执：可自行验证的账本证明',
      en: 'A requester fetches the receipt: a proof that they can check themselves',
    },
    auth: 'code',
    params: byNumber,
    query: withCode,
    answers: { 200: ledgerReceipt },
  },
  followUp: {
    summary: { zh: '诉求人补充', en: 'A requester adds to their request' },
    auth: 'code',
    params: byNumber,
    query: withCode,
    body: followUp,
    answers: { 201: receipts, 200: receipts },
  },
  addRequestPhotos: {
    summary: { zh: '诉求人附照片', en: 'A requester adds photos' },
    auth: 'code',
    params: byNumber,
    query: withCode.extend({ upload: uploadId.optional() }),
    takes: ['multipart/form-data'],
    answers: { 201: photosTaken },
  },
  listCases: {
    summary: { zh: '列出、筛选、搜索案件', en: 'List, filter and search cases' },
    auth: 'staff',
    query: caseQuery.extend(district.shape),
    answers: { 200: caseList },
  },
  getCase: {
    summary: { zh: '一个案件', en: 'One case' },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: caseView, 304: null },
  },
  explainCase: {
    summary: { zh: '为什么派给它、期限怎么算', en: 'Why it went there, and what made its deadlines' },
    auth: 'staff',
    params: byId,
    query: district,
    answers: { 200: explanation },
  },
  sendCommand: {
    summary: { zh: '对案件做一件事', en: 'Do something to a case' },
    auth: 'staff',
    params: byId,
    query: district,
    body: command,
    answers: { 200: done },
  },
  addCasePhotos: {
    summary: { zh: '给案件附照片', en: 'Add photos to a case' },
    auth: 'staff',
    params: byId,
    query: district.extend({ commandId: short(120), upload: uploadId.optional() }),
    takes: ['multipart/form-data'],
    answers: { 201: photosTaken },
  },
  getMedia: {
    summary: { zh: '一张照片', en: 'A photo' },
    auth: 'code',
    params: byId,
    query: district.extend({ code: openingCode.optional() }),
    gives: 'image/jpeg',
    answers: { 200: null },
  },
  getThreeRates: {
    summary: { zh: '三率：响应率、解决率、满意率', en: 'The three rates: response, solved, satisfied' },
    auth: 'staff',
    query: ratesQuery.extend(district.shape),
    answers: { 200: ratesView },
  },
  getCounts: {
    summary: { zh: '按单位、地点、类别、时间计数', en: 'Counts by unit, place, kind or time' },
    auth: 'staff',
    query: countsQuery.extend(district.shape),
    answers: { 200: countsView },
  },
  listFacts: {
    summary: {
      zh: '导出事实（Accept: application/x-ndjson 时一行一条）',
      en: 'Export facts (one a line with Accept: application/x-ndjson)',
    },
    auth: 'staff',
    query: district.extend({
      since: count(0, Number.MAX_SAFE_INTEGER, 0),
      limit: count(1, 10_000, 1000),
    }),
    answers: { 200: factsPage },
  },
  streamFacts: {
    summary: {
      zh: '事实的实时流（SSE，可续传）',
      en: 'Facts as they happen (server-sent events, with resume)',
    },
    auth: 'staff',
    query: district.extend({ since: z.coerce.number().int().min(0).optional() }),
    gives: 'text/event-stream',
    answers: { 200: null },
  },
  whoIsResponsible: {
    summary: {
      zh: '某地某类事项在某一分钟由谁负责',
      en: 'Who was responsible for a kind of matter there at that minute',
    },
    auth: 'staff',
    query: responsibleQuery.extend(district.shape),
    answers: { 200: responsibleView },
  },
  findPlaces: {
    summary: { zh: '一个点在各图层中的地点', en: 'The places that hold a point, by layer' },
    auth: 'open',
    query: placeQuery.extend(district.shape),
    answers: { 200: placesView },
  },
  listScenes: {
    summary: { zh: '场景及其流程', en: 'Scenes and their processes' },
    auth: 'open',
    query: district,
    answers: { 200: scenesView },
  },
  listKinds: {
    summary: { zh: '事项类别', en: 'Kinds of matters' },
    auth: 'open',
    query: district,
    answers: { 200: kindsView },
  },
  ...KNOWLEDGE_ROUTES,
  ...TOPIC_ROUTES,
  getTown: {
    summary: { zh: '本地概况', en: 'The town' },
    auth: 'open',
    query: district,
    answers: { 200: townView },
  },
  ...EDITION_ROUTES,
  ...CALLBACK_ROUTES,
  ...ROUND_ROUTES,
  ...NOTICE_ROUTES,
  ...OWN_ROUTES,
  ...UPLOAD_ROUTES,
  ...CONTACT_ROUTES,
  ...BREACH_ROUTES,
  ...RULING_ROUTES,
  ...EMERGENCY_ROUTES,
  ...TASK_LINK_ROUTES,
  ...UPSTREAM_ROUTES,
  ...EXPLAIN_ROUTES,
  readSame: {
    summary: {
      zh: '正在说的可能是哪些在办或近期的事，及其理由',
      en: 'The open and recent cases that what is being told may be, with why',
    },
    auth: 'staff',
    query: district,
    body: sameBody,
    answers: { 200: sameView },
  },
  readAnswer: {
    summary: {
      zh: '答复发出前给拟稿人的提示：是否答了所问',
      en: 'Hints for whoever writes an answer: does it answer what was asked',
    },
    auth: 'staff',
    query: district,
    body: answerBody,
    answers: { 200: answerView },
  },
  ...ALGORITHM_ROUTES,
  ...POWER_ROUTES,
  ...SKETCH_ROUTES,
  ...OUTSIDE_ROUTES,
  ...NOW_ROUTES,
  ...REGISTRY_ROUTES,
  ...FIELD_ROUTES,
  ...PORTAL_ROUTES,
  ...MONTH_ROUTES,
  ...SESSION_ROUTES,
  ...RESIDENT_ROUTES,
  ...SIGN_IN_POST_ROUTES,
  ...CONSOLE_ROUTES,
  getOpenApi: {
    summary: { zh: '本接口的 OpenAPI 3.1 文档', en: 'The OpenAPI 3.1 document of this interface' },
    auth: 'open',
    answers: { 200: z.record(z.string(), z.unknown()) },
  },
} as const satisfies Readonly<Record<RouteName, Route>>;

export type Routes = typeof ROUTES;

type Method = 'GET' | 'POST' | 'DELETE';

/** A route by name with its method and path. */
export function routeOf(name: RouteName): Route & { readonly method: Method; readonly path: string } {
  const [method, path] = PATHS[name].split(' ') as [Method, string];
  return { ...(ROUTES[name] as Route), method, path };
}

export const ROUTE_NAMES = Object.keys(PATHS) as readonly RouteName[];
