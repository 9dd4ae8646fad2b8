import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import type { Finding } from './compile-process.ts';
import { label } from './pack-schema.ts';

const FILE = 'guide.yaml';

/** `guide.yaml`: what somebody can apply for, and what a kind asks beside the words. One text for telephone, computer and kiosk. */
const guideSchema = z.strictObject({
  /** A person to speak with: which number, by which name. */
  human: z.strictObject({ phone: z.string().regex(/^[\d-]{3,20}$/), name: label }).optional(),
  items: z.array(
    z.strictObject({
      id: z.string().regex(/^[a-z][A-Za-z0-9.]{0,39}$/, 'an id is letters, digits and dots, 40 at most'),
      name: label,
      what: label,
      /** Who may apply. */
      who: label,
      papers: z.array(label),
      /** How long it takes: by law, and as promised here where that is sooner. */
      term: label,
      promised: label.optional(),
      fee: label,
      basis: z.string().min(1),
      /** At units of these kinds; the nearest are found by the places of the town. */
      at: z.array(z.string().min(1)).min(1),
      hours: label,
      online: label.optional(),
    }),
  ),
  /** By kind: questions that are asked beside the words. */
  asks: z.record(z.string(), z.array(label).min(1).max(4)).default({}),
});

export type Guide = z.output<typeof guideSchema>;
export type GuideSource = Guide['items'][number];

export const NO_GUIDE: Guide = { items: [], asks: {} };

/** Reads `guide.yaml` of a pack; a scene without the file guides nobody. What is wrong is a finding with key and remedy. */
export async function readGuide(folder: string, findings: Finding[]): Promise<Guide> {
  let text: string;
  try {
    text = await readFile(join(folder, FILE), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return NO_GUIDE;
    throw error;
  }
  const document = parseDocument(text, { prettyErrors: true });
  const remedy = 'See docs/portal.md for this key.';
  for (const error of document.errors) findings.push({ file: FILE, key: '', problem: error.message, remedy });
  if (document.errors.length > 0) return NO_GUIDE;
  const read = guideSchema.safeParse(document.toJS());
  if (read.success) return read.data;
  for (const { path, message } of read.error.issues)
    findings.push({ file: FILE, key: path.join('.'), problem: message, remedy });
  return NO_GUIDE;
}
