import { z } from 'zod';
import { identifier, moment, named, requestNumber, said, short } from './named.ts';

/** Why a request leaves the rates: the six of above, sent twice by the same person, and `other`. */
export const EXCLUSION_REASONS = [
  'emergency',
  'inLegalProcedure',
  'alreadyInProcess',
  'secretOrPrivacy',
  'beyondDuty',
  'unlawful',
  'duplicate',
  'other',
] as const;

/** Those who come at once, and those who take mandatory reports. */
export const HANDED_TO = ['110', '119', '120', '122', 'mandatoryReport'] as const;

export const TASK_STEPS = ['signed', 'contacted', 'arrived', 'refused'] as const;

const words = z.strictObject({ words: said });
const mayBeWords = z.strictObject({ words: said.optional() });
const units = z.array(short(60)).min(1).max(30);
const handedTo = z.enum(HANDED_TO);

/** What each act of procedure needs: applications, rulings, hand-offs, steps of a task, ratings. Words are sent as text. */
export const procedureInputs = {
  advance: named('AdvanceInput', mayBeWords),
  huddle: named('HuddleInput', z.strictObject({ units, words: said })),
  concern: named('ConcernInput', z.strictObject({ units })),
  handOff: named('HandOffInput', z.strictObject({ to: handedTo.optional() })),
  acknowledge: named(
    'AcknowledgeInput',
    z.strictObject({
      to: handedTo,
      how: z.enum(['service', 'seat']).optional(),
      reference: identifier.optional(),
    }),
  ),
  apply: named(
    'ApplyInput',
    z.strictObject({
      reason: said,
      basis: short(300).optional(),
      until: moment.optional(),
      condition: said.optional(),
      proposes: short(60).optional(),
      number: requestNumber.optional(),
      exclusion: z.enum(EXCLUSION_REASONS).optional(),
    }),
  ),
  rule: named(
    'RuleInput',
    z.strictObject({
      granted: z.boolean(),
      words: said,
      basis: short(300).optional(),
      lead: z.strictObject({ unit: short(60), post: short(60).optional() }).optional(),
      application: identifier.optional(),
    }),
  ),
  resume: named('ResumeInput', words),
  urge: named('UrgeInput', mayBeWords),
  escalate: named('EscalateInput', z.strictObject({ unit: short(60).optional(), words: said.optional() })),
  takeLead: named('TakeLeadInput', mayBeWords),
  stepTask: named(
    'StepTaskInput',
    z.strictObject({
      task: identifier,
      step: z.enum(TASK_STEPS),
      way: z.enum(['onSite', 'phone']).optional(),
      words: said.optional(),
    }),
  ),
  rate: named(
    'RateInput',
    z.strictObject({
      of: short(60),
      marks: z.record(identifier, z.int().min(1).max(5)),
      words: said.optional(),
    }),
  ),
  tryCallback: named('TryCallbackInput', z.strictObject({ number: requestNumber, way: identifier })),
} as const;
