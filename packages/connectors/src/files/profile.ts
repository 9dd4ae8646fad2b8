import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Fault } from '@gezhi/basis';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { compileDates } from './date-format.ts';
import {
  CONTACTED,
  PUBLICITIES,
  REQUEST_KINDS,
  SATISFIED,
  SOLVED,
  STATED_STATUSES,
  VALID,
} from './imported.ts';
import { openZone } from './zone.ts';

/**
 * A profile says, as data, how the rows of somebody else's file become ours: which format, which zone, which column means what, what a row must
 * have. Columns are named as the file names them; a list of names means "the first of these that the file has and that is not
 * empty". Written in YAML; the shipped ones (`shippedProfiles`) are its examples.
 */
export type Profile = z.infer<typeof Profile>;
export type ColumnRef = z.infer<typeof ColumnRef>;
export type TextField = z.infer<typeof TextField>;
export type MapField = z.infer<typeof LabelField>;

const ColumnRef = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);

/** One column; several columns joined (`all`, `with`); or the same words for every row (`value`). */
const TextField = z.union([
  ColumnRef,
  z.strictObject({ all: z.array(ColumnRef).min(2), with: z.string().default('\n') }),
  z.strictObject({ value: z.string().min(1) }),
]);

/** A column whose words are mapped to words of any kind; what the map lacks is taken as stated unless `otherwise` says else. */
const LabelField = z.union([
  ColumnRef,
  z.strictObject({
    column: ColumnRef,
    map: z.record(z.string(), z.string()).default({}),
    otherwise: z.enum(['asStated', 'refuse', 'drop']).default('asStated'),
  }),
  z.strictObject({ value: z.string().min(1) }),
]);

/** A column whose words are mapped to a closed list. What the map lacks refuses the row, or leaves the field out (`drop`). */
function choice<const T extends readonly [string, ...string[]]>(values: T) {
  return z.strictObject({
    column: ColumnRef,
    map: z.record(z.string(), z.enum(values)),
    otherwise: z.enum(['refuse', 'drop']).default('refuse'),
  });
}

const IdField = z.union([
  ColumnRef,
  z.strictObject({ column: ColumnRef.optional(), orElse: z.enum(['hash', 'refuse']).default('hash') }),
]);

const STANDS_FOR = ['dispatchedAt', 'closedAt', 'importedAt'] as const;
const OccurredAtField = z.union([
  ColumnRef,
  z.strictObject({ column: ColumnRef, orElse: z.array(z.enum(STANDS_FOR)).default([]) }),
]);

const Fields = z.strictObject({
  id: IdField.optional(),
  occurredAt: OccurredAtField,
  dispatchedAt: ColumnRef.optional(),
  updatedAt: ColumnRef.optional(),
  dueAt: ColumnRef.optional(),
  closedAt: ColumnRef.optional(),
  words: TextField.optional(),
  title: TextField.optional(),
  kind: LabelField.optional(),
  requestKind: choice(REQUEST_KINDS).optional(),
  unit: TextField.optional(),
  subUnit: TextField.optional(),
  channel: LabelField.optional(),
  lat: ColumnRef.optional(),
  lon: ColumnRef.optional(),
  placeText: TextField.optional(),
  places: z.record(z.string(), ColumnRef).default({}),
  status: choice(STATED_STATUSES).optional(),
  reply: TextField.optional(),
  replyAt: ColumnRef.optional(),
  requester: z
    .strictObject({
      name: ColumnRef.optional(),
      phone: ColumnRef.optional(),
      account: ColumnRef.optional(),
      confidentialWhen: z.array(z.string()).default([]),
    })
    .optional(),
  publicity: choice(PUBLICITIES).optional(),
  likes: ColumnRef.optional(),
  opposes: ColumnRef.optional(),
  valid: choice(VALID).optional(),
  contacted: choice(CONTACTED).optional(),
  solved: choice(SOLVED).optional(),
  satisfied: choice(SATISFIED).optional(),
  external: z
    .strictObject({ system: z.string().min(1), number: ColumnRef, dueAt: ColumnRef.optional() })
    .optional(),
  extra: z.record(z.string(), ColumnRef).default({}),
});

export const TIME_FIELDS = [
  'occurredAt',
  'dispatchedAt',
  'updatedAt',
  'dueAt',
  'closedAt',
  'replyAt',
] as const;
export type TimeField = (typeof TIME_FIELDS)[number];
const CHECK = new RegExp(`^(${TIME_FIELDS.join('|')}) >= (${TIME_FIELDS.join('|')})$`);
const REQUIRABLE = [
  'id',
  ...TIME_FIELDS,
  'words',
  'title',
  'kind',
  'unit',
  'channel',
  'placeText',
  'status',
  'point',
  'reply',
] as const;

export const Profile = z.strictObject({
  name: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'a name is of a–z, 0–9 and hyphens'),
  about: z.string().optional(),
  /** `auto` looks at the bytes: a zip is a sheet, a line that begins with { is NDJSON, else CSV. */
  format: z.enum(['auto', 'csv', 'tsv', 'xlsx', 'ndjson']).default('auto'),
  /** `true`: the first row names the columns. A list: the file has no such row, and these are its columns. */
  header: z.union([z.literal(true), z.array(z.string().min(1)).min(1)]).default(true),
  delimiter: z
    .string()
    .length(1)
    .refine((d) => !'"\r\n'.includes(d), 'a delimiter is neither a quote nor a line end')
    .optional(),
  /** `line`: every line is a row, whatever its quotes do. `record`: a cell in quotes may run over lines (RFC 4180). */
  rowIs: z.enum(['record', 'line']).default('record'),
  /** Tried in order on the file's beginning; a byte order mark goes before them. */
  encoding: z
    .array(z.enum(['utf-8', 'gb18030', 'utf-16le', 'utf-16be', 'windows-1252']))
    .min(1)
    .default(['utf-8']),
  sheet: z.union([z.string().min(1), z.int().positive()]).optional(),
  zone: z.string(),
  dates: z.array(z.string()).default([]),
  datum: z.enum(['WGS-84', 'GCJ-02', 'EPSG:3857']).default('WGS-84'),
  source: z.string().min(1),
  fields: Fields,
  required: z.array(z.enum(REQUIRABLE)).default([]),
  /** Columns that hold one of a closed list; anything else refuses the row (mostly a row shifted by a stray comma). */
  values: z.record(z.string(), z.array(z.string()).min(1)).default({}),
  /** `closedAt >= occurredAt: refuse` the row, or `drop` the first time and tell. */
  checks: z
    .record(z.string().regex(CHECK, `a check reads "closedAt >= occurredAt"`), z.enum(['refuse', 'drop']))
    .default({}),
  /** Cell values that say nothing and are taken as empty. */
  skip: z.array(z.string()).default([]),
  joinWhen: z.enum(['identicalWords', 'never']).default('never'),
  /** For places by code: the outline file that the user may pass, and the property of a feature that holds the code. */
  layers: z.record(z.string(), z.strictObject({ file: z.string().optional(), code: z.string() })).default({}),
  /** The columns in which files are written, in order; only needed for writing. */
  write: z.strictObject({ columns: z.array(z.string().min(1)).min(1) }).optional(),
});

/**
 * Reads a profile from YAML.
 * @param file its name, for what an error says
 * @throws Fault `bad-profile`, which names file, key and remedy for every mistake
 */
export function parseProfile(yaml: string, file: string): Profile {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  const mistake = document.errors[0];
  if (mistake) {
    const where = `${file}:${lines.linePos(mistake.pos[0]).line}`;
    const why = mistake.message.split('\n')[0];
    throw new Fault('bad-profile', `${where}: ${why}`, { hint: 'Mend the YAML.', cause: mistake });
  }
  const read = Profile.safeParse(document.toJS());
  if (!read.success) {
    const told = read.error.issues.map((issue) => sayIssue(issue, file)).join('\n');
    throw new Fault('bad-profile', told, { hint: HINT, cause: read.error });
  }
  return checkTimes(read.data, file);
}

/**
 * A profile by the name of a shipped one, or by the path of a YAML file.
 * @throws Fault `unknown-profile`, `bad-profile`
 */
export function loadProfile(nameOrPath: string): Profile {
  const path = /\.ya?ml$/.test(nameOrPath) ? nameOrPath : join(SHIPPED, `${nameOrPath}.yaml`);
  let yaml: string;
  try {
    yaml = readFileSync(path, 'utf8');
  } catch (cause) {
    const hint = `Give the path of a .yaml file, or one of: ${shippedProfiles().join(', ')}.`;
    throw new Fault('unknown-profile', `There is no profile "${nameOrPath}".`, { hint, cause });
  }
  return parseProfile(yaml, basename(path));
}

/** The names of the profiles that come with Gezhi. */
export function shippedProfiles(): string[] {
  return readdirSync(SHIPPED)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

const SHIPPED = join(import.meta.dirname, '../../profiles');
const HINT = 'The shipped profiles in packages/connectors/profiles show every key.';

function sayIssue(issue: z.core.$ZodIssue, file: string): string {
  const key = issue.path.join('.') || '(whole file)';
  if (issue.code === 'unrecognized_keys') {
    return `${file}: ${key}: unknown ${issue.keys.join(', ')}; remove it or mend its spelling.`;
  }
  if (issue.code === 'invalid_value') {
    return `${file}: ${key}: must be one of ${issue.values.map(String).join(', ')}.`;
  }
  if (issue.code === 'invalid_key') {
    return `${file}: ${key}: ${issue.issues.map((inner) => inner.message).join('; ')}.`;
  }
  if (issue.code === 'invalid_union') {
    return `${file}: ${key}: fits none of its forms; write a column's name, a list of names, or the keys of this field.`;
  }
  return `${file}: ${key}: ${issue.message}.`;
}

function checkTimes(profile: Profile, file: string): Profile {
  const key = ['zone', 'dates'];
  try {
    const zone = openZone(profile.zone);
    key.shift();
    compileDates(profile.dates, zone);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Fault('bad-profile', `${file}: ${key[0]}: ${why}`, { cause });
  }
  for (const check of Object.keys(profile.checks)) {
    for (const field of check.split(' >= ')) {
      if (profile.fields[field as TimeField] !== undefined) continue;
      const hint = `Name its column under fields.${field}, or remove the check.`;
      throw new Fault('bad-profile', `${file}: checks: "${check}" needs ${field}.`, { hint });
    }
  }
  return profile;
}
