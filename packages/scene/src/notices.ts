import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FACT_TYPES, type FactType, type Label } from '@gezhi/cases';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { BadCondition, compileCondition } from './cel.ts';
import type { Finding } from './compile-process.ts';
import { placeholdersIn, strayBraces } from './fill-template.ts';
import { label } from './pack-schema.ts';

export const WAYS = ['sms', 'voice', 'wecom', 'zzd', 'mail'] as const;
/** 短信、语音、政务微信、浙政钉、邮件. */
export type Way = (typeof WAYS)[number];

/**
 * What a template may name. `words` (what the fact says to the requester) and `link` (to the questions of their callback) only in what goes to
 * the requester alone.
 */
export const PLACEHOLDERS = ['number', 'kind', 'place', 'due', 'unit', 'count', 'words', 'link'] as const;
const FOR_REQUESTER: readonly string[] = ['words', 'link'];
export type Placeholder = (typeof PLACEHOLDERS)[number];

/**
 * Whose message it is: the requester's (each requester of the case, or the one that the fact names), or that of a post of a unit. `of` says
 * which unit: `lead`, `coUnits`, `above` (the lead), `district`, `fact.<field>` (the unit, or units, that a field of the fact names, or whose
 * task it names), `unitKind.<kind>`. `post` is `dutyPost` where nothing else is said.
 */
export type Target = 'requester' | { readonly of: string; readonly post: string };

type Test = (view: object) => boolean;

/** Tells somebody something when a fact happens. `once: day` makes several of one local day one notice for each case and target. */
export type NoticeRule = {
  readonly id: string;
  readonly on: readonly FactType[];
  readonly when: Test;
  readonly to: Target;
  readonly ways: readonly Way[];
  /** Heeds no quiet hours, and waits for no message that does. */
  readonly urgent: boolean;
  readonly once?: 'day';
  readonly say: Label;
};

/** Rings up a ladder from one fact until another: a unit's task that nobody signs. */
export type RingRule = {
  readonly id: string;
  readonly starts: readonly FactType[];
  readonly startsWhen: Test;
  readonly stops: readonly FactType[];
  readonly stopsWhen: Test;
  /** The unit: the lead's, or that of the task the fact names; a task rings for itself and stops for itself. */
  readonly of: 'lead' | 'task';
  readonly ladder: readonly { readonly after: number; readonly who: 'dutyPost' | 'deputy' | 'unitAbove' }[];
  readonly ways: readonly Way[];
  readonly say: Label;
};

/** Who is told what, when, by which way: `notices.yaml`. Minutes of quiet hours count from local midnight. */
export type Notices = {
  /** Facts that happened longer ago than this are history, and nobody is told of them (an import, a long standstill). */
  readonly tellWithinHours: number;
  readonly quiet?: { readonly fromMinute: number; readonly toMinute: number };
  readonly rules: readonly NoticeRule[];
  readonly rings: readonly RingRule[];
};

export const NO_NOTICES: Notices = { tellWithinHours: 72, rules: [], rings: [] };

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a time of day as 21:00');
const id = z.string().regex(/^[a-z][A-Za-z0-9-]{0,39}$/, 'an id is letters, digits and hyphens, 40 at most');
const ways = z.array(z.enum(WAYS)).min(1);
const types = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);
const of = z
  .string()
  .regex(
    /^(lead|coUnits|above|district|fact\.[A-Za-z]+|unitKind\.[A-Za-z]+)$/,
    'it is lead, coUnits, above, district, fact.<field> or unitKind.<kind>',
  );
const target = z.union([
  z.literal('requester'),
  of.transform((unit) => ({ of: unit, post: 'dutyPost' })),
  z.strictObject({ of, post: z.string().default('dutyPost') }),
]);

const noticesSchema = z.strictObject({
  tellWithinHours: z.number().int().min(1).max(8760).default(72),
  quiet: z.strictObject({ from: time, to: time }).optional(),
  rules: z
    .array(
      z.strictObject({
        id,
        on: types,
        when: z.string().optional(),
        to: target,
        ways,
        urgent: z.boolean().default(false),
        once: z.literal('day').optional(),
        say: label,
      }),
    )
    .default([]),
  ring: z
    .array(
      z.strictObject({
        id,
        starts: types,
        startsWhen: z.string().optional(),
        stops: types,
        stopsWhen: z.string().optional(),
        of: z.enum(['lead', 'task']),
        ladder: z
          .array(
            z.strictObject({
              after: z.number().int().min(0).max(10_080),
              who: z.enum(['dutyPost', 'deputy', 'unitAbove']),
            }),
          )
          .min(1)
          .max(12),
        ways,
        say: label,
      }),
    )
    .default([]),
});

const FILE = 'notices.yaml';

/** Reads a pack's `notices.yaml`; a pack without one tells nobody. Everything wrong is added to `findings` with key and remedy. */
export async function readNotices(folder: string, findings: Finding[]): Promise<Notices> {
  const find = (key: string, problem: string, remedy = 'See docs/notices.md for this key.'): void => {
    findings.push({ file: FILE, key, problem, remedy });
  };
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_NOTICES;
    find('', `it cannot be read: ${(error as Error).message}`, 'Let the service read it.');
    return NO_NOTICES;
  }
  const document = parseDocument(text);
  for (const error of document.errors) find('', error.message, 'Mend the YAML.');
  if (document.errors.length) return NO_NOTICES;
  const read = noticesSchema.safeParse(document.toJS());
  if (read.success) return compileNotices(read.data, find);
  for (const issue of read.error.issues) find(issue.path.join('.'), issue.message);
  return NO_NOTICES;
}

type Find = (key: string, problem: string, remedy?: string) => void;

function compileNotices(source: z.infer<typeof noticesSchema>, find: Find): Notices {
  const seen = new Set<string>();
  const once = (key: string, name: string): void => {
    if (seen.has(name)) find(key, `the id "${name}" stands twice`, 'Give each rule an id of its own.');
    seen.add(name);
  };
  const { quiet } = source;
  return {
    tellWithinHours: source.tellWithinHours,
    ...(quiet ? { quiet: { fromMinute: minutes(quiet.from), toMinute: minutes(quiet.to) } } : {}),
    rules: source.rules.map(({ id, on, when, to, ways, urgent, once: onceA, say }) => {
      const key = `rules.${id}`;
      once(key, id);
      checkWords(`${key}.say`, say, to === 'requester', find);
      return {
        id,
        on: factTypes(`${key}.on`, on, find),
        when: condition(`${key}.when`, when, find),
        to,
        ways,
        urgent,
        ...(onceA ? { once: onceA } : {}),
        say,
      };
    }),
    rings: source.ring.map(({ id, starts, startsWhen, stops, stopsWhen, of: unit, ladder, ways, say }) => {
      const key = `ring.${id}`;
      once(key, id);
      checkWords(`${key}.say`, say, false, find);
      if (ladder.some((step, i) => i > 0 && step.after <= ladder[i - 1]!.after))
        find(`${key}.ladder`, 'a step is not later than the one before it', 'Let the minutes rise.');
      return {
        id,
        starts: factTypes(`${key}.starts`, starts, find),
        startsWhen: condition(`${key}.startsWhen`, startsWhen, find),
        stops: factTypes(`${key}.stops`, stops, find),
        stopsWhen: condition(`${key}.stopsWhen`, stopsWhen, find),
        of: unit,
        ladder,
        ways,
        say,
      };
    }),
  };
}

function minutes(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

function factTypes(key: string, names: readonly string[], find: Find): readonly FactType[] {
  const known = new Set<string>(FACT_TYPES);
  return names.flatMap((name) => {
    if (known.has(name)) return [name as FactType];
    find(key, `there is no fact "${name}"`, `Facts are: ${FACT_TYPES.join(', ')}.`);
    return [];
  });
}

function condition(key: string, text: string | undefined, find: Find): Test {
  if (text === undefined) return () => true;
  try {
    return compileCondition(text);
  } catch (error) {
    if (!(error instanceof BadCondition)) throw error;
    find(key, error.message, 'Conditions speak of `case`, and of the fact as `input`; see docs/notices.md.');
    return () => false;
  }
}

const TEXT_CHARS_MAX = 300;

/** Both languages name the same things, nothing that is not known, and no words but in the requester's own message. */
function checkWords(key: string, say: Label, toRequester: boolean, find: Find): void {
  const known: readonly string[] = PLACEHOLDERS;
  for (const language of ['zh', 'en'] as const) {
    const where = `${key}.${language}`;
    const text = say[language];
    for (const name of placeholdersIn(text)) {
      if (!known.includes(name)) find(where, `"{${name}}" is not known`, `Name one of: ${known.join(', ')}.`);
      else if (FOR_REQUESTER.includes(name) && !toRequester)
        find(where, `"{${name}}" may stand only in what goes to the requester`, 'Let staff open the case.');
    }
    if (strayBraces(text)) find(where, 'a brace stands alone', 'Write placeholders as {number}.');
    if (text.length > TEXT_CHARS_MAX)
      find(where, `it has ${text.length} characters`, `Write ${TEXT_CHARS_MAX} at most.`);
  }
  const [zh, en] = [placeholdersIn(say.zh), placeholdersIn(say.en)].map((list) =>
    [...list].sort().join(', '),
  );
  if (zh !== en) find(key, `zh names {${zh}}, en names {${en}}`, 'Let both languages say the same things.');
}
