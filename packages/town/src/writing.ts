import type { CaseId } from '@gezhi/basis';
import type { Case, Fact } from '@gezhi/cases';
import type { WordsRow } from '@gezhi/storage';

/** Everything one command writes. */
export type Writing = {
  readonly words: WordsRow[];
  readonly changed: Case[];
  readonly opened: Case[];
  readonly facts: Fact[];
  readonly moves: { readonly numbers: readonly string[]; readonly to: CaseId }[];
};
