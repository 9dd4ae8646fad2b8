import { type CaseId, type Instant, type Refusal, refuse } from '@gezhi/basis';
import type { KnowledgeStatus } from '@gezhi/storage';

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
  /** Codes of the places it is for; none: for the whole town. */
  readonly places: readonly string[];
  readonly language: 'zh' | 'en';
  readonly sourceCase?: CaseId;
};

/** What stands for the basis of a proposal until its owner names one. */
export const NO_BASIS = '—';

const LENGTHS = { question: 300, answer: 8000, basis: 500 } as const;

/** Words that say that there is no basis, and marks alone. */
const NOT_A_BASIS = /^(?:无|没有|暂无|不详|待补|待定|none|no|unknown|n\/?a|tbd|[^\p{L}\p{N}]*)$/iu;

/**
 * Refuses an item that nobody could rely on (`bad-item`, with its `field`): without question, answer, basis or owner, too long, past its end, and live without a basis that is
 * one. What is withdrawn may be past its end.
 */
export function refuseItem(
  item: KnowledgeItem,
  now: Instant,
  status: KnowledgeStatus = 'live',
): Refusal | undefined {
  for (const [field, most] of Object.entries(LENGTHS)) {
    const { length } = item[field as keyof typeof LENGTHS].trim();
    if (length === 0) return bad(field, `An item of knowledge has a ${field}.`);
    if (length > most) return bad(field, `The ${field} is longer than ${most} characters.`);
  }
  if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(item.id))
    return bad('id', 'An id has letters, digits and . _ -, 64 at most.');
  if (item.owner === '') return bad('owner', 'An item of knowledge has an owner.');
  if (status === 'live' && NOT_A_BASIS.test(item.basis.trim()))
    return bad('basis', 'A live item names the law, rule or document that it rests on.');
  if (status !== 'withdrawn' && !(item.validUntil > now))
    return bad('validUntil', 'An item of knowledge holds until a moment to come.');
  return undefined;
}

function bad(field: string, detail: string): Refusal {
  return refuse('bad-item', detail, { field });
}
