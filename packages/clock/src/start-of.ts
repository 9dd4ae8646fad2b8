import type { Instant } from '@gezhi/basis';

/** When something is said to have happened, and what is known about it. */
export type StartQuestion = {
  /** What a device or a person says; may be wrong. */
  readonly occurredAt?: Instant;
  /** What our own clock says. */
  readonly recordedAt: Instant;
  /** The fact before it in the same case; nothing that follows from it can have happened earlier. */
  readonly notBefore?: Instant;
  /** How far back a saying is believed, in ms. */
  readonly maxBackdateMs: number;
};

export type StartReason =
  | 'occurred-within-bounds'
  | 'no-occurrence-told'
  | 'occurred-after-recording'
  | 'occurred-before-previous-fact'
  | 'backdated-too-far';

export type Start = {
  readonly at: Instant;
  readonly from: 'occurredAt' | 'recordedAt';
  readonly because: StartReason;
};

/**
 * The moment from which a clock runs. `occurredAt` counts only where it is bounded on both sides: not after the recording, not
 * before the fact before it, and not further back than is believed. Otherwise our own clock counts, and the reason is told.
 */
export function startOf(question: StartQuestion): Start {
  const because = judge(question);
  return because === 'occurred-within-bounds'
    ? { at: question.occurredAt!, from: 'occurredAt', because }
    : { at: question.recordedAt, from: 'recordedAt', because };
}

function judge({ occurredAt, recordedAt, notBefore, maxBackdateMs }: StartQuestion): StartReason {
  if (occurredAt === undefined) return 'no-occurrence-told';
  if (occurredAt > recordedAt) return 'occurred-after-recording';
  if (notBefore !== undefined && occurredAt < notBefore) return 'occurred-before-previous-fact';
  if (!(recordedAt - occurredAt <= maxBackdateMs)) return 'backdated-too-far';
  return 'occurred-within-bounds';
}
