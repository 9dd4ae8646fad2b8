import { ACTS, APPLICATIONS, FLAGS, HANDED_TO, PHASES, REQUEST_KINDS, TASK_STEPS, TURNS } from '@gezhi/cases';
import { z } from 'zod';
import { assessmentSchema } from './assessment.ts';

/** Words in both languages, as every name that people see. */
export const label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const code = z
  .string()
  .regex(/^[a-z][A-Za-z0-9.]*$/, 'a code is letters, digits and dots, and begins with a small letter');

/** `scene.yaml`: what the scene is, who owns it, by which law, until when, and that its impact was assessed. None of these may be missing. */
export const sceneSchema = z.strictObject({
  id: code,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version is three numbers, as 1.0.0'),
  name: label,
  owner: z.string().min(1),
  purpose: label,
  basis: z.string().min(1),
  /** Which like scenes were looked at, and why this is not a part of one of them. */
  compared: label,
  expires: z.iso.date(),
  assessment: assessmentSchema,
});

/** `kinds.yaml`: what the scene's cases are about. */
export const kindSchema = z.strictObject({
  code,
  name: label,
  /** Words by which people mention it; a proposal is made from them, and a person decides. */
  words: z.array(z.string().min(1)).default([]),
  requestKind: z.enum(REQUEST_KINDS).default('help'),
  /** Which class of the clock profile its term is. */
  urgency: z.string().min(1),
  /** A kind about a thing in public space; only then can a request be shown publicly. */
  public: z.boolean().default(false),
  /** Words of the scene's own about a kind, which its conditions ask for: `"checkByDesk" in case.traits`. */
  traits: z.array(code).default([]),
  /** The flag that a part of this kind raises on its parent while it is open. */
  raises: z.enum(FLAGS).optional(),
  /** Who leads a part of this kind from the start: the unit that opened it, or the lead of the case that it is a part of. */
  leads: z.enum(['opener', 'parent']).optional(),
});

const guard = z.strictObject({
  id: z.string().min(1),
  when: z.string().min(1),
  hardness: z.enum(['hard', 'bendable']).default('hard'),
  because: label,
});

const action = z.strictObject({
  act: z.enum(ACTS),
  label,
  from: z.union([z.literal('any'), z.literal('open'), z.array(z.string()).min(1)]),
  to: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
  power: z.string().min(1),
  guards: z.array(guard).default([]),
  /** What is applied for, or ruled on. */
  about: z.enum(APPLICATIONS).optional(),
  /** The kinds of parts that a split of this name makes. */
  kinds: z.array(code).min(1).optional(),
});

/** A turn, or one of a step (`advanced.hearing`) or an application (`applied.objection`, `ruled.extension`). */
const turn = z.union([
  z.enum(TURNS),
  z.templateLiteral([z.enum(['advanced', 'applied', 'ruled']), '.', z.string().regex(/^[a-zA-Z]+$/)]),
]);

/** `process.yaml`: states over the kernel's phases, actions over its acts, what happens by itself, clocks. */
export const processSchema = z.strictObject({
  id: code,
  initial: z.string(),
  /** Where a merged case stands; a process that merges nothing has none. */
  merged: z.string().optional(),
  states: z.record(z.string(), z.strictObject({ phase: z.enum(PHASES), label })),
  actions: z.record(z.string(), action),
  automatic: z.array(z.strictObject({ state: z.string(), when: z.string(), action: z.string() })).default([]),
  clocks: z
    .array(
      z.strictObject({
        name: z.string(),
        label,
        starts: z.array(turn).min(1),
        stops: z.array(turn).min(1),
        stage: z.string().default(''),
        needsRequests: z.boolean().default(false),
        pauses: z.boolean().default(false),
        stated: z.boolean().default(false),
        window: z.boolean().default(false),
      }),
    )
    .default([]),
  /** What else than a suspension stops the clocks that pause, and lets them go on. */
  pauses: z.array(z.strictObject({ starts: z.array(turn).min(1), stops: z.array(turn).min(1) })).default([]),
  taskClocks: z
    .array(
      z.strictObject({
        name: z.string(),
        label,
        starts: z.enum(['asked', ...TASK_STEPS]),
        stops: z.array(z.enum(['delivered', ...TASK_STEPS])).min(1),
        stage: z.string(),
      }),
    )
    .default([]),
  callback: z
    .strictObject({
      tries: z.int().min(1),
      ways: z.int().min(1),
      apartMinutes: z.int().min(0),
    })
    .optional(),
});

/** `clocks.yaml`: the terms of each stage, one for all or one for each urgency, and where they come from. */
export const clocksSchema = z.strictObject({
  profile: z.string(),
  source: z.string(),
  confirmed: z.boolean(),
  stages: z.record(z.string(), z.union([z.string(), z.record(z.string(), z.string())])),
});

/** `powers.yaml`: who may do what; the first matching prohibition wins over every permission. */
export const powersSchema = z.array(z.record(z.string(), z.unknown())).min(1);

const step = z.strictObject({
  do: z.string(),
  /** Who does it: `post`, `post/person`, or `post@unit`. */
  by: z.string().optional(),
  /** How much later than the step before: `3h`, `2d`. */
  after: z.string().optional(),
  input: z.record(z.string(), z.unknown()).default({}),
  refused: z.string().optional(),
  state: z.string().optional(),
  facts: z.array(z.string()).optional(),
  /** Flags that the case has afterwards, whatever else it has; with `!` in front, that it has not. */
  flags: z.array(z.string()).optional(),
  /** Clocks that are late now, or not (`!`). */
  late: z.array(z.string()).optional(),
});

/** `tests.yaml`: the scene's own acceptance tests: given this report, when these actions, then these states or refusals. */
export const testSchema = z.strictObject({
  name: z.union([z.string().min(1), label]),
  /** The articles that it holds up: `条例12`, `DOMAIN §2`. */
  law: z.array(z.string()).default([]),
  given: z.strictObject({
    kind: z.string(),
    kindBecause: z.enum(['stated', 'proposed', 'none']).default('stated'),
    place: z.string().default('somewhere'),
    route: z.enum(['clear', 'unclear']).default('clear'),
    requests: z.number().int().min(0).max(60).default(1),
    requestKind: z.enum(REQUEST_KINDS).default('help'),
    /** Units that the matter is about. */
    against: z.array(z.string()).default([]),
    /** Signs of danger that were read in the words. */
    signs: z.array(z.strictObject({ rule: z.string(), to: z.enum(HANDED_TO) })).default([]),
    /** The unit that the catalogue names. */
    lead: z.string().default('a-unit'),
  }),
  opens: z.strictObject({ state: z.string().optional(), facts: z.array(z.string()).optional() }).default({}),
  when: z.array(step).default([]),
});

export type SceneSource = z.infer<typeof sceneSchema>;
export type KindSource = z.infer<typeof kindSchema>;
export type ProcessSource = z.infer<typeof processSchema>;
export type ClocksSource = z.infer<typeof clocksSchema>;
export type TestSource = z.infer<typeof testSchema>;
