import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  CONTEXTS,
  compileUrgent,
  foldForUrgent,
  NO_URGENT_RULES,
  readUrgent,
  type UrgentRules,
} from '@gezhi/text';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from './compile-process.ts';
import { label } from './pack-schema.ts';

const FILE = 'urgent.yaml';
const word = z.string().min(1).max(80);
const words = z.array(word);
const sort = z.enum(CONTEXTS);

/** `urgent.yaml`: which words tell of danger now, whom to hand it to, what turns them down, and the sentences that prove it. */
export const urgentSchema = z.strictObject({
  contexts: z.strictObject({
    negated: words.min(1),
    fillers: words.min(1),
    otherwise: words,
    drill: words,
    about: words,
    joins: words,
    past: words,
    fear: words,
    stillSo: words,
    now: words,
  }),
  rules: z
    .array(
      z.strictObject({
        id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'an id is letters and digits, 40 at most'),
        name: label,
        level: z.enum(['handOff', 'urgent']),
        to: z.array(z.string().min(1)).min(1),
        words: words.min(1),
        except: words.default([]),
        givesWayTo: z.array(sort).default(['negated', 'drill', 'about']),
        tests: z.strictObject({ yes: words.min(1), no: words.min(1) }),
      }),
    )
    .min(1),
});

export type UrgentFile = z.infer<typeof urgentSchema>;

/** Rules of a scene, compiled, with the names and test sentences that the file gives them. */
export type Urgent = { readonly rules: UrgentRules; readonly file?: UrgentFile };

export const NO_URGENT: Urgent = { rules: NO_URGENT_RULES };

/**
 * Reads `urgent.yaml` of a pack, compiles it and tries every test sentence; a scene without the file knows no danger. Whatever is wrong,
 * a sentence that reads otherwise too, is a finding with key and remedy.
 */
export async function readUrgentFile(folder: string, findings: Finding[]): Promise<Urgent> {
  const text = await textOf(join(folder, FILE), findings);
  if (text === undefined) return NO_URGENT;
  const document = parseDocument(text, { prettyErrors: true });
  for (const error of document.errors)
    findings.push({ file: FILE, key: '', problem: error.message, remedy: 'Mend the YAML.' });
  if (document.errors.length > 0) return NO_URGENT;
  const result = urgentSchema.safeParse(document.toJS());
  if (!result.success) {
    for (const issue of result.error.issues)
      findings.push({
        file: FILE,
        key: issue.path.join('.'),
        problem: issue.message,
        remedy: 'See docs/reading.md, Urgent.',
      });
    return NO_URGENT;
  }
  const rules = compileUrgent(result.data);
  findings.push(...twiceNamed(result.data), ...failedSentences(rules, result.data));
  return { rules, file: result.data };
}

async function textOf(path: string, findings: Finding[]): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      findings.push({
        file: FILE,
        key: '',
        problem: `it cannot be read: ${(error as Error).message}`,
        remedy: 'Make it readable, or take it away.',
      });
    return undefined;
  }
}

function twiceNamed({ rules }: UrgentFile): readonly Finding[] {
  const ids = rules.map(({ id }) => id);
  return ids
    .filter((id, i) => ids.indexOf(id) !== i)
    .map((id) => ({ file: FILE, key: id, problem: 'the id stands twice', remedy: 'Ids are unique.' }));
}

/** `yes`: this rule speaks. `no`: no rule speaks. */
function failedSentences(rules: UrgentRules, file: UrgentFile): readonly Finding[] {
  return file.rules.flatMap(({ id, tests }) => {
    const missed = tests.yes.filter(
      (said) => !readUrgent(rules, said).because.some(({ rule }) => rule === id),
    );
    const alarmed = tests.no.filter((said) => readUrgent(rules, said).level !== 'none');
    return [
      ...missed.map((said) => ({
        file: FILE,
        key: `${id}.tests.yes`,
        problem: `“${said}” does not make the rule speak (read as “${foldForUrgent(said)}”)`,
        remedy: 'Add the words that tell of it, or take away what turns them down.',
      })),
      ...alarmed.map((said) => ({
        file: FILE,
        key: `${id}.tests.no`,
        problem: `“${said}” makes ${spoken(rules, said)} speak`,
        remedy: 'Add what it is to `except`, or a context to `givesWayTo`.',
      })),
    ];
  });
}

function spoken(rules: UrgentRules, said: string): string {
  return readUrgent(rules, said)
    .because.map(({ rule, words: found }) => `${rule} (${found})`)
    .join(', ');
}
