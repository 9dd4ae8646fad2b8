import { z } from 'zod';
import { moment, named, short, uuid } from './named.ts';
import { REQUEST_KINDS } from './signals.ts';

const district = z.object({ district: short(24).optional() });

/**
 * Places, units, posts, who sits on them and when (roster), duties, assets, the catalogue of kinds, days of the calendar: what is changed by
 * hand. How long each class of kinds has is its scene's.
 */
export const REGISTRY_SORTS = [
  'place',
  'unit',
  'post',
  'staff',
  'roster',
  'duty',
  'kind',
  'day',
  'asset',
  'policy',
] as const;
const sort = z.enum(REGISTRY_SORTS);

/** Milliseconds since 1970: the first moment it is so, the first it no longer is. */
const times = { validFrom: z.number().int().optional(), validTo: z.number().int().optional() };
const code = short(60);
const words = z.strictObject({ zh: short(120), en: short(120) });
const position = z.tuple([z.number().min(-180).max(180), z.number().min(-90).max(90)]);
const ring = z.array(position).min(4).max(20_000);
const point = z.strictObject({ lon: z.number().min(-180).max(180), lat: z.number().min(-90).max(90) });

/** A record of each sort, as `docs/town-format.md` tells its columns. */
export const RECORDS = {
  place: z.strictObject({
    layer: code,
    level: code.optional(),
    code,
    name: short(120),
    parent: code.optional(),
    names: z
      .array(z.strictObject({ name: short(120), point: point.optional() }))
      .max(200)
      .default([]),
    point: point.optional(),
    outline: z
      .discriminatedUnion('type', [
        z.strictObject({ type: z.literal('Polygon'), coordinates: z.array(ring).min(1).max(200) }),
        z.strictObject({
          type: z.literal('MultiPolygon'),
          coordinates: z.array(z.array(ring).min(1).max(200)).min(1).max(200),
        }),
      ])
      .optional(),
    ...times,
  }),
  unit: z.strictObject({
    code,
    name: short(120),
    kind: code,
    level: code,
    parent: code.optional(),
    place: code.optional(),
    phone: short(40).optional(),
    servicePhone: short(40).optional(),
    ...times,
  }),
  post: z.strictObject({
    code,
    unit: code,
    kind: code,
    name: short(120),
    place: code.optional(),
    deputyOf: code.optional(),
    ...times,
  }),
  staff: z.strictObject({
    person: code,
    post: code,
    name: short(60).optional(),
    shift: short(300).optional(),
    ...times,
  }),
  roster: z.strictObject({
    unit: code,
    post: code,
    person: code,
    validFrom: z.number().int(),
    validTo: z.number().int(),
  }),
  kind: z.strictObject({
    code: short(60).regex(/^[a-z][\w.]*$/, {
      error: 'is no code of a kind: small letters, digits and dots, e.g. road.bridge',
    }),
    name: words,
    words: z.array(short(40)).max(60).default([]),
    requestKind: z.enum(REQUEST_KINDS).optional(),
    urgency: code,
    public: z.boolean().default(false),
  }),
  day: z.strictObject({
    day: z.iso.date(),
    kind: z.enum(['holiday', 'workday']),
    name: words,
    basis: short(300),
  }),
  duty: z.strictObject({
    unit: code,
    post: code.optional(),
    kind: code,
    layer: code,
    place: code,
    role: code,
    basis: short(300),
    ...times,
  }),
  asset: z.strictObject({
    code,
    kind: code,
    name: short(120),
    place: code.optional(),
    point: point.optional(),
    owner: code.optional(),
    keeper: code.optional(),
    supervisor: code.optional(),
    ...times,
  }),
  /** The power list of a scene, as `powers.yaml` writes it. */
  policy: z.strictObject({ code, list: z.string().min(1).max(200_000) }),
} as const satisfies Record<(typeof REGISTRY_SORTS)[number], z.ZodObject>;

/** `record` null: it is gone from now on. `code` is that of the record, or any of one's own for a new duty or seat. */
const change = z.discriminatedUnion(
  'sort',
  REGISTRY_SORTS.map((one) =>
    z.strictObject({ sort: z.literal(one), code: short(200), record: RECORDS[one].nullable() }),
  ) as unknown as readonly [
    z.ZodObject<{ sort: z.ZodLiteral<'place'>; code: z.ZodString; record: z.ZodUnknown }>,
    ...z.ZodObject<{ sort: z.ZodLiteral<'unit'>; code: z.ZodString; record: z.ZodUnknown }>[],
  ],
);
const changes = z.array(change).min(1).max(500);

const made = z.object({ sort: z.string(), code: z.string(), before: z.unknown(), after: z.unknown() });
const problems = z.array(
  z.object({
    file: z.string(),
    record: z.number().int().optional(),
    severity: z.enum(['error', 'warning', 'note']),
    problem: z.string(),
    zh: z.string().optional(),
  }),
);

const records = named(
  'RegistryRecords',
  z.object({
    sort,
    records: z.array(
      z.object({
        code: z.string(),
        record: z.record(z.string(), z.unknown()),
        /** Absent where the scene says it, and nobody here. */
        knownFrom: moment.optional(),
      }),
    ),
  }),
);

/** What changes would do: what would be wrong, and which cases of the last 30 days would have gone elsewhere. */
const preview = named(
  'RegistryPreview',
  z.object({
    changes: z.array(made),
    problems,
    looked: z.number().int(),
    rerouted: z.array(
      z.object({
        caseId: uuid,
        kind: z.string(),
        place: z.string(),
        was: z.string().optional(),
        would: z.string().optional(),
      }),
    ),
    /** Cases of the same days that would have had another term to be dealt with. */
    redated: z.array(z.object({ caseId: uuid, kind: z.string(), was: moment, would: moment })),
    /** Of power lists: kinds of posts that gain or lose a power, and that would see more or fewer open cases. */
    powers: z
      .object({
        changes: z.array(
          z.object({
            power: z.string(),
            change: z.enum(['gains', 'loses']),
            post: z.string(),
            cases: z.array(z.string()),
            before: z.string(),
            after: z.string(),
          }),
        ),
        sight: z.array(
          z.object({
            postKind: z.string(),
            unitKind: z.string(),
            unitLevel: z.string(),
            posts: z.number().int(),
            changed: z.number().int(),
            gains: z.number().int(),
            loses: z.number().int(),
          }),
        ),
      })
      .optional(),
  }),
);

const edit = named(
  'RegistryEdit',
  z.object({
    id: z.string(),
    at: moment,
    post: z.string(),
    reason: z.string(),
    changes: z.array(made),
    undoes: z.string().optional(),
  }),
);

const reason = z.string().trim().min(1).max(500);

/** Routes of the registry; part of `ROUTES`. */
export const REGISTRY_ROUTES = {
  listRecords: {
    summary: {
      zh: '登记的地点、单位、岗位、职责、设施',
      en: 'Places, units, posts, duties, assets as registered',
    },
    auth: 'staff',
    /** With `code` that record alone, a place with its outline; lists of places have none. */
    query: district.extend({ sort, code: short(200).optional() }),
    answers: { 200: records },
  },
  previewRecords: {
    summary: { zh: '改动会带来什么：问题，以及近 30 天会改派的案件', en: 'What changes would do' },
    auth: 'staff',
    query: district,
    body: z.strictObject({ changes }),
    answers: { 200: preview },
  },
  editRecords: {
    summary: { zh: '改动登记，自此刻起生效', en: 'Change the registry from now on' },
    auth: 'staff',
    query: district,
    body: z.strictObject({ id: short(64), reason, changes }),
    answers: { 200: edit },
  },
  undoRecords: {
    summary: { zh: '撤回一次改动', en: 'Take a change back' },
    auth: 'staff',
    params: z.object({ edit: short(64) }),
    query: district,
    body: z.strictObject({ id: short(64), reason }),
    answers: { 200: edit },
  },
  listEdits: {
    summary: { zh: '改动记录', en: 'What was changed, by which post, and why' },
    auth: 'staff',
    query: district,
    answers: { 200: z.object({ edits: z.array(edit) }) },
  },
} as const;
