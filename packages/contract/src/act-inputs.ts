import { z } from 'zod';
import { identifier, moment, named, point, requestNumber, said, short, uuid } from './named.ts';
import { procedureInputs } from './procedure-inputs.ts';

export const OUTCOMES = ['solved', 'partly', 'explainedUnsolvable', 'withdrawn'] as const;

/** The six reasons of 北京市接诉即办工作条例, Art. 11. */
export const NOT_DISPATCHED = [
  'emergency',
  'inLegalProcedure',
  'alreadyInProcess',
  'secretOrPrivacy',
  'beyondDuty',
  'unlawful',
] as const;

/** Whom a request is referred to, by sort; which office, is said in the words. */
export const REFERRED_TO = [
  'emergency',
  'court',
  'arbitration',
  'petition',
  'review',
  'infoDisclosure',
  'discipline',
  'otherDistrict',
  'market',
  'other',
] as const;

const nothing = z.strictObject({});
const words = z.strictObject({ words: said });

const lead = z.strictObject({ unit: short(60), post: short(60).optional() });

const callback = z.union([
  z.strictObject({
    number: requestNumber,
    way: identifier,
    answer: z.strictObject({
      contacted: z.enum(['yes', 'no', 'noAnswer']),
      solved: z.enum(['yes', 'partly', 'no', 'noAnswer']),
      satisfied: z.enum(['satisfied', 'basically', 'dissatisfied', 'noAnswer']),
      coached: z.enum(['yes', 'no', 'noAnswer']).optional(),
    }),
  }),
  z.strictObject({ number: requestNumber, unreachable: z.array(identifier).min(1).max(10) }),
]);

const place = z
  .strictObject({ point: point.optional(), placeText: short(300).optional(), asset: short(100).optional() })
  .refine((p) => p.point || p.placeText || p.asset, { error: 'needs a point, placeText or asset' });

/**
 * What each act needs besides the case, by act. A scene's action names its act (`GET /api/scenes`). Words are sent as text. Acts that
 * are not here are not done by hand: `join` is intake's, and photos come as files.
 */
export const actInputs = {
  follow: named('FollowInput', z.strictObject({ number: requestNumber, words: said })),
  setKind: named('SetKindInput', z.strictObject({ kind: short(60) })),
  setPlace: named('SetPlaceInput', z.strictObject({ place })),
  triage: nothing,
  answer: named('AnswerInput', words),
  refer: named('ReferInput', z.strictObject({ whom: z.enum(REFERRED_TO), words: said.optional() })),
  decline: named('DeclineInput', z.strictObject({ reason: z.enum(NOT_DISPATCHED), words: said })),
  dispatch: named(
    'DispatchInput',
    z.strictObject({
      lead: lead.optional(),
      coUnits: z.array(short(60)).max(30).optional(),
      basis: short(300).optional(),
    }),
  ),
  accept: nothing,
  contact: named('ContactInput', z.strictObject({ number: requestNumber.optional(), way: identifier })),
  note: named('NoteInput', words),
  task: named(
    'TaskInput',
    z.strictObject({
      task: identifier,
      unit: short(60),
      role: z.enum(['lead', 'co']).optional(),
      what: said.optional(),
      dueAt: moment.optional(),
    }),
  ),
  finishTask: named('FinishTaskInput', z.strictObject({ task: identifier, words: said.optional() })),
  finish: named('FinishInput', z.strictObject({ outcome: z.enum(OUTCOMES), words: said })),
  check: named(
    'CheckInput',
    z.strictObject({
      passed: z.boolean(),
      way: z.enum(['onSite', 'desk']).optional(),
      words: said.optional(),
    }),
  ),
  callBack: named('CallBackInput', callback),
  close: nothing,
  reopen: nothing,
  split: named(
    'SplitInput',
    z.strictObject({
      children: z
        .array(
          z.strictObject({
            kind: short(60),
            words: said.optional(),
            units: z.array(short(60)).max(30).optional(),
          }),
        )
        .min(1)
        .max(20),
    }),
  ),
  merge: named('MergeInput', z.strictObject({ into: uuid })),
  unmerge: nothing,
  link: named(
    'LinkInput',
    z.strictObject({
      system: identifier,
      number: identifier,
      dueAt: moment.optional(),
      task: identifier.optional(),
    }),
  ),
  ...procedureInputs,
} as const;

export type HandAct = keyof typeof actInputs;

export function isHandAct(act: string): act is HandAct {
  return Object.hasOwn(actInputs, act);
}
