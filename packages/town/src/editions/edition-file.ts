import { Fault } from '@gezhi/basis';
import { canonicalJson, draftEdition, type Edition } from '@gezhi/measures';
import type { KeptInput } from './read-editions.ts';
import { sha256 } from './sha256.ts';

/** An edition with what it was computed from, as a file that anybody who holds it can compute again. */
export type EditionFile = { readonly gezhi: 'edition'; readonly edition: Edition; readonly input: KeptInput };

export function editionFile(edition: Edition, input: KeptInput): string {
  return canonicalJson({ gezhi: 'edition', edition, input } satisfies EditionFile);
}

export function isEditionFile(read: unknown): read is EditionFile {
  return typeof read === 'object' && read !== null && (read as { gezhi?: unknown }).gezhi === 'edition';
}

/** The edition computed again from the file's input, as canonical JSON, and whether it is the same to the byte. */
export function recomputeEdition({ edition, input }: EditionFile): {
  readonly text: string;
  readonly isSame: boolean;
} {
  if (!edition || !Array.isArray(input?.cases)) {
    throw new Fault('bad-edition-file', 'The file holds no edition with its input.', {
      hint: 'Export it anew: gezhi edition show ID --file edition.json.',
    });
  }
  const text = canonicalJson(draftEdition(edition, input, edition.policy, sha256).edition);
  return { text, isSame: text === canonicalJson(edition) };
}
