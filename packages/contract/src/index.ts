export {
  actInputs,
  type HandAct,
  isHandAct,
  NOT_DISPATCHED,
  OUTCOMES,
  REFERRED_TO,
} from './act-inputs.ts';
export type { AlgorithmList, DraftReading, ReadReport } from './algorithms.ts';
export {
  type CaseQuery,
  type CaseRow,
  type CaseView,
  COUNTED_AS,
  type Explanation,
  FLAGS,
  PHASES,
  type WireCommand,
  type WireFact,
} from './cases.ts';
export { type Args, type Client, client, type Reply } from './client.ts';
export type { CaseForms, CaseStory, DeskCall, QueueRowView, WhistleBoard } from './console.ts';
export type { FieldCase, FieldDay } from './field.ts';
export { ITEM_STATUSES, type WireKnowledge } from './knowledge.ts';
export type { MonthOfPlace } from './month-of-place.ts';
export { NOTICE_STATES, type NoticeQuery, type WireNotice } from './notices.ts';
export type { Beside, NowView } from './now.ts';
export { openApi } from './openapi.ts';
export type { OutsideFound } from './outside-places.ts';
export type { OwnAsk, OwnAsked, OwnData, Subscription } from './own.ts';
export { PATHS, type RouteName } from './paths.ts';
export type {
  FollowView,
  GuideItem,
  PromiseKept,
  PublicCase,
  PublicStory,
  ServiceGuide,
  WhatIsRead,
  WhoAnswers,
} from './portal.ts';
export { type FieldError, PROBLEM_TYPE, type Problem, problem } from './problem.ts';
export { EXCLUSION_REASONS, HANDED_TO, TASK_STEPS } from './procedure-inputs.ts';
export { ROUTE_NAMES, ROUTES, type Route, type Routes, routeOf } from './routes.ts';
export {
  type BatchItem,
  type CloudEvent,
  cloudEvent,
  type ReportData,
  type RequestView,
  reportData,
  type WireReceipt,
} from './signals.ts';
export type { SketchView, TilesView } from './sketch.ts';
export type { RatesView, TownView } from './town-views.ts';
