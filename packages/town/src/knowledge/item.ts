import { type CaseId, type Instant, type Refusal, refuse } from '@gezhi/basis';

/** What is known: a question with its answer, by which law or rule, whose it is, until when it holds. */
export type KnowledgeItem = {
  readonly id: string;
  readonly question: string;
  readonly answer: string;
  readonly basis: string;
  /** The unit that answers for it: approves, edits, withdraws, reviews. */
  readonly owner: string;
  readonly validUntil: Instant;
  readonly kinds: readonly string[];
  readonly places: readonly string[];
  readonly language: 'zh' | 'en';
  readonly sourceCase?: CaseId;
};

const LENGTHS = { question: 300, answer: 8000, basis: 500 } as const;

/** Refuses an item that nobody could rely on (`bad-item`): without question, answer, basis or owner, too long, or past its end. */
export function refuseItem(item: KnowledgeItem, now: Instant): Refusal | undefined {
  for (const [field, most] of Object.entries(LENGTHS)) {
    const { length } = item[field as keyof typeof LENGTHS].trim();
    if (length === 0) return refuse('bad-item', `An item of knowledge has a ${field}.`, { field });
    if (length > most)
      return refuse('bad-item', `The ${field} is longer than ${most} characters.`, { field });
  }
  if (item.owner === '') return refuse('bad-item', 'An item of knowledge has an owner.', { field: 'owner' });
  if (item.validUntil <= now)
    return refuse('bad-item', 'An item of knowledge holds until a moment to come.', { field: 'validUntil' });
  return undefined;
}
