import type { Instant } from '@gezhi/basis';

/**
 * What a requester said when called back: one answer per question of the three rates (有人联系您吗 · 问题解决了吗 · 满意吗).
 * `noAnswer` is a question that was asked and left open; a call that reached nobody is `unreachable`, not an
 * answer.
 */
export type CallbackAnswer = {
  readonly contacted: 'yes' | 'no' | 'noAnswer';
  readonly solved: 'yes' | 'partly' | 'no' | 'noAnswer';
  readonly satisfied: 'satisfied' | 'basically' | 'dissatisfied' | 'noAnswer';
};

/**
 * The reason codes under which a request may leave the rates: the six kinds that art. 11 of the Beijing
 * ordinance does not dispatch (`NOT_DISPATCHED` of the cases, by the same names), a duplicate of the
 * requester's own, and `other`. The list is closed: `exclude` refuses any other.
 */
export const EXCLUSION_REASONS = [
  'emergency',
  'inLegalProcedure',
  'alreadyInProcess',
  'secretOrPrivacy',
  'beyondDuty',
  'unlawful',
  'duplicate',
  'other',
] as const;

export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

export function isExclusionReason(reason: string): reason is ExclusionReason {
  return (EXCLUSION_REASONS as readonly string[]).includes(reason);
}

/** A reviewed, published removal from the rates (剔除): why, and where the evidence lies. */
export type Exclusion = { readonly reason: ExclusionReason; readonly evidence: string };

/** One requester's voice, as the measures see it. No name, no words, no phone: codes, moments and answers. */
export type MeasuredRequest = {
  readonly number: string;
  /** Finest division code, or `unknown`. */
  readonly place: string;
  readonly kind: string;
  /** Lead unit of its case, or `none`. */
  readonly unit: string;
  readonly channel: string;
  readonly requestKind: string;
  readonly createdAt: Instant;
  readonly termEndAt?: Instant;
  readonly calledBackAt?: Instant;
  /** Absent: not called back yet. */
  readonly callback?: 'unreachable' | CallbackAnswer;
  readonly excluded?: Exclusion;
};

export type CaseOutcome =
  | 'solved'
  | 'partly'
  | 'explainedUnsolvable'
  | 'withdrawn'
  | 'answered'
  | 'referred'
  | 'declined'
  | 'stated';

/**
 * A case as the measures see it, projected from its facts. Each request stands in exactly one case: on
 * merging it moves to the case that goes on (or stays, but is never listed twice), so that no voice counts
 * double.
 */
export type MeasuredCase = {
  readonly caseId: string;
  readonly place: string;
  readonly kind: string;
  readonly unit: string;
  readonly openedAt: Instant;
  /** The first dispatch. */
  readonly dispatchedAt?: Instant;
  /** The deadline that holds now, extensions included. */
  readonly dueAt?: Instant;
  /** When the unit said done, for the last time; absent again after a reopening or a rework. */
  readonly doneAt?: Instant;
  readonly closedAt?: Instant;
  readonly outcome?: CaseOutcome;
  readonly reworks: number;
  readonly extensions: number;
  readonly dispatches: number;
  readonly wrongDispatches: number;
  readonly checkedAt?: Instant;
  /** Merged into another case: its handling is counted there, its requests wherever they are listed. */
  readonly merged: boolean;
  readonly requests: readonly MeasuredRequest[];
};
