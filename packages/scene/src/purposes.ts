import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { assessmentSchema } from './assessment.ts';
import type { Finding } from './compile-process.ts';
import { DATED_STATES } from './known-holders.ts';
import { label } from './pack-schema.ts';

/** What the vault keeps of a person: their name, and the ways to reach them. */
export const CONTACT_FIELDS = ['name', 'reach'] as const;
export type ContactField = (typeof CONTACT_FIELDS)[number];

/** What is kept of what they said. Who may see the case reads it; a purpose says how long it is kept. */
export const SAID_FIELDS = ['words', 'photos'] as const;
export type SaidField = (typeof SAID_FIELDS)[number];

const years = z
  .string()
  .regex(/^\d{1,2}[ym]$/, 'a term is whole years or months, as 3y or 6m')
  .transform((text) => ({ months: Number.parseInt(text, 10) * (text.endsWith('y') ? 12 : 1) }));

const purposeSchema = z
  .strictObject({
    id: z.string().regex(/^[a-z][A-Za-z0-9]{0,39}$/, 'an id is letters and digits, 40 at most'),
    name: label,
    basis: z.string().min(1),
    fields: z.array(z.enum([...CONTACT_FIELDS, ...SAID_FIELDS])).min(1),
    /** Powers over the case that make it one's own matter; or roles that are no post: system, requester, operator. */
    powers: z.array(z.string().min(1)).default([]),
    roles: z.array(z.string().min(1)).default([]),
    /** A dated state that has to hold where the matter lies; else nobody reads anything for this purpose. */
    during: z.enum(DATED_STATES).optional(),
    /** Whether the case must still be open. */
    while: z.enum(['open', 'any']),
    /** Whether whoever looks says why in their own words. */
    asksReason: z.boolean().default(false),
    /** Only after a second person has allowed it. */
    breakGlass: z.boolean().default(false),
    /** Whether it finds somebody's open matters by their telephone number. */
    finds: z.boolean().default(false),
    /** Whether it reads what is kept for the law alone (PIPL Art. 47). */
    readsStored: z.boolean().default(false),
    /** How long after the end of a case it still may be needed; then it is no reason to keep anything. */
    keep: years,
    /** Other terms, by kind or by the beginning of one: petition.* */
    keepOfKinds: z.record(z.string().regex(/^[a-z][A-Za-z0-9.]*(\.\*)?$/), years).default({}),
    assessment: assessmentSchema,
  })
  .refine(({ powers, roles }) => powers.length + roles.length > 0, 'say who may use it: powers, or roles');

/** Why somebody may look at what identifies a resident: `purposes.yaml`. */
export type PurposeSource = z.output<typeof purposeSchema>;

/** The purposes of a scene; none where it has no `purposes.yaml`, and those of the town's main scene then hold. */
export async function readPurposes(folder: string, findings: Finding[]): Promise<readonly PurposeSource[]> {
  const file = 'purposes.yaml';
  let text: string;
  try {
    text = await readFile(join(folder, file), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const document = parseDocument(text);
  for (const error of document.errors)
    findings.push({ file, key: '', problem: error.message, remedy: 'Mend the YAML.' });
  if (document.errors.length > 0) return [];
  const read = purposeSchema.array().min(1).safeParse(document.toJS());
  if (!read.success) {
    for (const { path, message } of read.error.issues) {
      findings.push({
        file,
        key: path.join('.'),
        problem: message,
        remedy: 'See docs/privacy.md for this key.',
      });
    }
    return [];
  }
  findings.push(...crossChecks(file, read.data));
  return read.data;
}

function crossChecks(file: string, purposes: readonly PurposeSource[]): readonly Finding[] {
  const seen = new Set<string>();
  return purposes.flatMap(({ id }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ file, key: id, problem: 'the purpose stands twice', remedy: 'Ids are unique.' }];
  });
}

/** For how many months after its end the contacts of a case of this kind are kept: as long as any purpose still needs them. */
export function keepMonths(purposes: readonly PurposeSource[], kind: string): number {
  return Math.max(0, ...purposes.filter(readsContact).map((purpose) => monthsOf(purpose, kind)));
}

/** The same of words and photos; `undefined` where no purpose says it, and they are then kept. */
export function saidMonths(purposes: readonly PurposeSource[], kind: string): number | undefined {
  const naming = purposes.filter(({ fields }) => SAID_FIELDS.some((field) => fields.includes(field)));
  return naming.length === 0 ? undefined : Math.max(...naming.map((purpose) => monthsOf(purpose, kind)));
}

/** Whether a purpose reads who somebody is; others say how long their words are kept. */
export function readsContact({ fields }: Pick<PurposeSource, 'fields'>): boolean {
  return CONTACT_FIELDS.some((field) => fields.includes(field));
}

function monthsOf({ keep, keepOfKinds }: PurposeSource, kind: string): number {
  const exact = keepOfKinds[kind];
  if (exact) return exact.months;
  const [longest] = Object.keys(keepOfKinds)
    .filter((key) => key.endsWith('.*') && kind.startsWith(key.slice(0, -1)))
    .sort((a, b) => b.length - a.length);
  return longest === undefined ? keep.months : keepOfKinds[longest]!.months;
}
