import { type Refusal, refuse } from '@gezhi/basis';

/** Every way in which this room says no; `words.ts` has the sentence for each. */
export const REFUSALS = [
  'unknown-action',
  'not-now',
  'no-power',
  'stale',
  'guard',
  'runs-in-circles',
  'already-joined',
  'already-there',
  'already-called-back',
  'no-change',
  'no-such-request',
  'no-such-task',
  'no-basis',
  'unknown-reason',
  'unknown-receiver',
  'bad-identifier',
  'own-approval',
  'nothing-tried',
  'nothing-to-split',
  'two-cases',
  'same-case',
  'other-district',
  'target-merged',
  'target-ended',
  'not-merged',
  'concerned',
  'other-kind',
  'too-few-tries',
  'nobody-to-tell',
  'already-acknowledged',
  'missing-field',
  'already-applied',
  'nothing-applied',
  'not-later',
  'nobody-above',
  'already-urged',
  'bad-mark',
  'own-rating',
  'no-unit',
] as const;

export type RefusalCode = (typeof REFUSALS)[number];

/** `refuse` of the basis, held to the closed list. */
export function sayNo(code: RefusalCode, because: string, details?: Record<string, unknown>): Refusal {
  return refuse(code, because, details);
}
