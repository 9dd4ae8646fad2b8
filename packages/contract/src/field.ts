import { z } from 'zod';
import { label, moment, named, point, short, uuid } from './named.ts';
import { sketchView } from './sketch.ts';

const named2 = z.object({ code: z.string(), name: z.string() });
const district = z.object({ district: short(24).optional() });

/** What somebody outside does with a case, of the process it runs under; where each leads, so that it can go on without network. */
const process = z.object({
  scene: z.string(),
  states: z.record(z.string(), z.object({ label, phase: z.string(), isOpen: z.boolean() })),
  actions: z.array(
    z.object({
      action: z.string(),
      act: z.string(),
      label,
      about: z.string().optional(),
      from: z.union([z.enum(['open', 'any']), z.array(z.string())]),
      /** The state it leads to, or one for each result; left out, the state stays. */
      to: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
    }),
  ),
});

/**
 * A case as it is taken along. Nothing in it says how a requester is reached: that is asked for when it is needed. `may` are the
 * actions of the process for which this post holds the power, in whatever state; `photo`: the kind asks for a picture of the thing.
 */
export const fieldCase = named(
  'FieldCase',
  z.object({
    caseId: uuid,
    seq: z.number().int(),
    scene: z.string(),
    state: z.string(),
    stateLabel: label,
    phase: z.string(),
    flags: z.array(z.string()),
    kind: z.object({ code: z.string(), name: label }),
    photo: z.boolean(),
    place: named2.extend({ point: point.optional() }),
    openedAt: moment,
    /** The unit that leads, and whether it is the asking post's own. */
    lead: named2.optional(),
    isLead: z.boolean(),
    /** Whether the asking post's unit works on it now. */
    isOurs: z.boolean(),
    said: z.array(z.string()),
    /** Photos and sounds that came with it, for the unit that works on it; they need a network. */
    media: z.array(z.object({ id: uuid, type: z.string() })),
    requests: z.array(z.object({ number: z.string(), saidAt: moment, contacted: z.boolean() })),
    clocks: z.array(z.object({ clock: z.string(), label, dueAt: moment, isPast: z.boolean() })),
    /** Open tasks of the post's own unit. `arrives`: the process has a clock that an arrival stops. */
    tasks: z.array(
      z.object({
        task: z.string(),
        what: z.string().optional(),
        steps: z.array(z.string()),
        arrives: z.boolean(),
      }),
    ),
    may: z.array(z.string()),
    story: z.array(
      z.object({
        seq: z.number().int(),
        at: moment,
        say: label,
        by: z.string(),
        words: z.string().optional(),
      }),
    ),
  }),
);

const stop = z.object({
  stop: z.string(),
  target: z.enum(['place', 'asset']),
  name: z.string(),
  point: point.optional(),
  visits: z.number().int(),
  lastAt: moment.optional(),
});

/** A day's work in one answer, to be taken where there is no network. Rows are cases, places and things; none is a person. */
export const fieldDay = named(
  'FieldDay',
  z.object({
    at: moment,
    post: named2,
    unit: named2,
    /** Where the post works; left out where that is the whole of its unit. */
    place: named2.extend({ layer: z.string() }).optional(),
    /** When this post is on duty, of the next seven days. A duty post always is. */
    duty: z.object({ always: z.boolean(), hours: z.array(z.object({ from: moment, to: moment })) }),
    cases: z.array(fieldCase),
    /** More than these are open. */
    more: z.boolean(),
    processes: z.array(process),
    rounds: z.array(
      z.object({
        id: z.string(),
        sort: z.enum(['patrol', 'screening', 'campaign']),
        title: label,
        to: z.string(),
        checklist: z.array(z.object({ id: z.string(), zh: z.string(), en: z.string() })),
        stops: z.array(stop),
      }),
    ),
    sketch: sketchView.optional(),
    /** Kinds of things in public space, for a quick report; `danger`: one calls for help first. */
    kinds: z.array(z.object({ code: z.string(), name: label, photo: z.boolean(), danger: z.boolean() })),
    assets: z.array(
      z.object({ code: z.string(), kind: z.string(), name: z.string(), point: point.optional() }),
    ),
  }),
);

export const FIELD_ROUTES = {
  getFieldDay: {
    summary: {
      zh: '外勤一天的事：事项、巡查、网格草图、班次，可离线带走',
      en: 'A day outside in one answer: cases, rounds, the sketch, the hours; to be taken offline',
    },
    auth: 'staff',
    query: district,
    answers: { 200: fieldDay },
  },
  getFieldCase: {
    summary: { zh: '外勤看一个案件', en: 'One case as it is taken along' },
    auth: 'staff',
    params: z.object({ id: uuid }),
    query: district,
    answers: { 200: fieldCase },
  },
} as const;

export type FieldCase = z.infer<typeof fieldCase>;
export type FieldDay = z.infer<typeof fieldDay>;
