import { ACTS, PHASES, REQUEST_KINDS, TURNS } from '@gezhi/cases';
import { z } from 'zod';

/** Words in both languages, as every name that people see. */
export const label = z.strictObject({ zh: z.string().min(1), en: z.string().min(1) });

const code = z
  .string()
  .regex(/^[a-z][A-Za-z0-9.]*$/, 'a code is letters, digits and dots, and begins with a small letter');

/** `scene.yaml`: what the scene is, who owns it, by which law, until when. None of these may be missing. */
export const sceneSchema = z.strictObject({
  id: code,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'a version is three numbers, as 1.0.0'),
  name: label,
  owner: z.string().min(1),
  purpose: label,
  basis: z.string().min(1),
  expires: z.iso.date(),
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
});

/** `process.yaml`: states over the kernel's phases, actions over its acts, what happens by itself, clocks. */
export const processSchema = z.strictObject({
  id: code,
  initial: z.string(),
  merged: z.string(),
  states: z.record(z.string(), z.strictObject({ phase: z.enum(PHASES), label })),
  actions: z.record(z.string(), action),
  automatic: z.array(z.strictObject({ state: z.string(), when: z.string(), action: z.string() })).default([]),
  clocks: z
    .array(
      z.strictObject({
        name: z.string(),
        starts: z.array(z.enum(TURNS)).min(1),
        stops: z.array(z.enum(TURNS)).min(1),
        stage: z.string(),
        needsRequests: z.boolean().default(false),
      }),
    )
    .default([]),
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
  input: z.record(z.string(), z.unknown()).default({}),
  refused: z.string().optional(),
  state: z.string().optional(),
  facts: z.array(z.string()).optional(),
});

/** `tests.yaml`: the scene's own acceptance tests: given this report, when these actions, then these states or refusals. */
export const testSchema = z.strictObject({
  name: z.string().min(1),
  given: z.strictObject({
    kind: z.string(),
    kindBecause: z.enum(['stated', 'proposed', 'none']).default('stated'),
    place: z.string().default('somewhere'),
    route: z.enum(['clear', 'unclear']).default('clear'),
    requests: z.number().int().min(0).max(60).default(1),
  }),
  opens: z.strictObject({ state: z.string().optional(), facts: z.array(z.string()).optional() }).default({}),
  when: z.array(step).default([]),
});

export type SceneSource = z.infer<typeof sceneSchema>;
export type KindSource = z.infer<typeof kindSchema>;
export type ProcessSource = z.infer<typeof processSchema>;
export type ClocksSource = z.infer<typeof clocksSchema>;
export type TestSource = z.infer<typeof testSchema>;
