import { z } from 'zod';
import { count, label, moment, named, requestNumber, short, uuid } from './named.ts';
import { POINT_FROM } from './outside-places.ts';

export const PHASES = [
  'received',
  'triage',
  'dispatched',
  'underway',
  'done',
  'check',
  'answered',
  'referred',
  'declined',
  'closed',
] as const;
export const FLAGS = [
  'danger',
  'late',
  'objected',
  'escalated',
  'whistled',
  'supervised',
  'led',
  'suspended',
  'extended',
  'reopened',
  'merged',
  'unclear',
  'linked',
  'stated',
] as const;

/** What a request may stand as in the three rates. */
export const COUNTED_AS = [
  'valid',
  'contacted',
  'notContacted',
  'solved',
  'notSolved',
  'satisfied',
  'notSatisfied',
  'unreachable',
  'uncalled',
  'excluded',
] as const;

/**
 * Filters of a list of cases; all must hold. `q` searches what was said; `after` is the `next` of the page before. With `counted` the list is of
 * cases with a request that stands so in the three rates and was made from … to, led by `unit`; without it from … to is when a case was opened.
 */
export const caseQuery = z.object({
  phase: z.enum(PHASES).optional(),
  state: short(60).optional(),
  kind: short(60).optional(),
  unit: short(60).optional(),
  place: short(60).optional(),
  flag: z.enum(FLAGS).optional(),
  open: z.enum(['true', 'false']).optional(),
  from: moment.optional(),
  to: moment.optional(),
  counted: z.enum(COUNTED_AS).optional(),
  /** The next deadline lies after … and at or before …; `none` has none. */
  dueAfter: moment.optional(),
  dueBy: moment.optional(),
  due: z.enum(['none']).optional(),
  /** `none`: nobody knows the point on the map. */
  point: z.enum(['none']).optional(),
  q: z.string().trim().min(1).max(200).optional(),
  number: requestNumber.optional(),
  after: uuid.optional(),
  limit: count(1, 100, 20),
});

const named2 = z.object({ code: z.string(), name: z.string() });

export const caseRow = named(
  'CaseRow',
  z.object({
    caseId: uuid,
    seq: z.number().int(),
    kind: z.object({ code: z.string(), name: label }),
    state: z.object({ name: z.string(), label }),
    phase: z.string(),
    flags: z.array(z.string()),
    place: named2,
    unit: named2.optional(),
    openedAt: moment,
    updatedAt: moment,
    requests: z.number().int(),
    next: z.object({ clock: z.string(), dueAt: moment, isPast: z.boolean() }).optional(),
    link: z.string(),
  }),
);

export const caseList = named(
  'CaseList',
  z.object({ cases: z.array(caseRow), next: z.string().optional(), nextLink: z.string().optional() }),
);

const clock = named(
  'Clock',
  z.object({
    clock: z.string(),
    startedAt: moment,
    stoppedAt: moment.optional(),
    dueAt: moment.optional(),
    term: z.string().optional(),
    profile: z.string().optional(),
    provisional: z.boolean().optional(),
    boundBy: z.string().optional(),
    isPast: z.boolean(),
    explain: z.string(),
  }),
);

export const wireFact = named(
  'Fact',
  z.object({
    district: z.string(),
    caseId: uuid,
    seq: z.number().int(),
    position: z.number().int(),
    type: z.string(),
    v: z.number().int(),
    occurredAt: moment,
    recordedAt: moment,
    by: z.object({ post: z.string(), person: z.string().optional() }),
    cause: z.string(),
    data: z.record(z.string(), z.unknown()),
  }),
);

const voice = named(
  'RequestInCase',
  z.object({
    number: z.string(),
    requestKind: z.string(),
    channel: z.string(),
    publicity: z.string(),
    saidAt: moment,
    words: z.string().optional(),
    promised: moment.optional(),
    callback: z.unknown().optional(),
    excluded: z.boolean(),
  }),
);

/** A case as staff see it. `actions` are those that the asking post may do now; guards are asked when they are done. */
export const caseView = named(
  'CaseView',
  z.object({
    caseId: uuid,
    seq: z.number().int(),
    scene: z.string(),
    state: z.object({ name: z.string(), label }),
    phase: z.string(),
    flags: z.array(z.string()),
    kind: z.object({ code: z.string(), name: label, because: z.string() }),
    place: z.object({
      code: z.string(),
      name: z.string(),
      layers: z.record(z.string(), z.array(z.string())),
      point: z.array(z.number()).optional(),
      /** The service outside that proposed the point, where one did. */
      pointFrom: z.enum(POINT_FROM).optional(),
    }),
    openedAt: moment,
    openedBy: z.object({ post: z.string(), person: z.string().optional() }),
    lead: z.object({ unit: named2, post: named2.optional() }).optional(),
    coUnits: z.array(named2),
    outcome: z.string().optional(),
    clocks: z.array(clock),
    requests: z.array(voice),
    tasks: z.array(
      z.object({
        task: z.string(),
        unit: named2,
        role: z.string(),
        dueAt: moment.optional(),
        doneAt: moment.optional(),
      }),
    ),
    externals: z.array(z.object({ system: z.string(), number: z.string(), dueAt: moment.optional() })),
    parent: uuid.optional(),
    children: z.array(uuid),
    mergedInto: uuid.optional(),
    facts: z.array(wireFact),
    /** What the references in facts stand for, by id; erased words are absent. */
    words: z.record(z.string(), z.string()),
    actions: z.array(z.object({ action: z.string(), act: z.string(), label })),
    explain: z.string(),
  }),
);

/** Why the case is where it is, and what made each deadline: sentences for people, codes for programs. */
export const explanation = named(
  'Explanation',
  z.object({
    caseId: uuid,
    reasons: z.array(
      z.object({
        at: moment,
        fact: z.number().int(),
        type: z.string(),
        because: z.array(z.object({ code: z.string(), say: label, data: z.record(z.string(), z.unknown()) })),
        reads: z.array(z.string()).optional(),
        basis: z.string().optional(),
        catalogue: z.string().optional(),
      }),
    ),
    deadlines: z.array(
      z.object({
        clock: z.string(),
        dueAt: moment.optional(),
        calendar: z.string(),
        provisional: z.boolean(),
        say: z.object({ zh: z.array(z.string()), en: z.array(z.string()) }),
        spans: z.array(
          z.object({
            from: moment,
            to: moment.optional(),
            counts: z.boolean(),
            ms: z.number().optional(),
            reason: z.string(),
          }),
        ),
      }),
    ),
  }),
);

/**
 * A command. `commandId` is chosen by the sender and makes sending twice harmless; `expectedSeq` is the last fact the sender had seen;
 * `occurredAt` when it really happened, up to two days back; `input` is what the action's act needs (`…Input` schemas).
 */
export const command = named(
  'Command',
  z.strictObject({
    commandId: short(128),
    action: short(60),
    input: z.record(z.string(), z.unknown()).optional(),
    expectedSeq: z.number().int().min(1).optional(),
    occurredAt: moment.optional(),
    bend: z.strictObject({ reason: z.string().trim().min(1).max(1000), approver: short(60) }).optional(),
  }),
);

export const done = named(
  'Done',
  z.object({
    caseId: uuid,
    seq: z.number().int(),
    state: z.string(),
    phase: z.string(),
    facts: z.array(z.object({ caseId: uuid, seq: z.number().int(), type: z.string() })),
    children: z.array(uuid).optional(),
  }),
);

export const factsPage = named(
  'FactsPage',
  z.object({
    facts: z.array(wireFact),
    next: z.number().int(),
    more: z.boolean(),
    /** How far the log reaches; whoever asks from there on is told what happens from now. */
    head: z.number().int(),
  }),
);

export type CaseQuery = z.infer<typeof caseQuery>;
export type CaseRow = z.infer<typeof caseRow>;
export type CaseView = z.infer<typeof caseView>;
export type Explanation = z.infer<typeof explanation>;
export type WireFact = z.infer<typeof wireFact>;
export type WireCommand = z.infer<typeof command>;
