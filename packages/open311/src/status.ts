/** The only two statuses of GeoReport v2. */
export type Status = 'open' | 'closed';

/** The closed list of phases that every state of every process maps to. */
export type Phase =
  | 'received'
  | 'triage'
  | 'answered'
  | 'referred'
  | 'dispatched'
  | 'underway'
  | 'done'
  | 'check'
  | 'closed'
  | 'declined';

/** mySociety's extended statuses, as written in answers; callers POST them in upper case. */
export type ExtendedStatus = (typeof EXTENDED_STATUSES)[number];

export const EXTENDED_STATUSES = [
  'unchanged',
  'open',
  'closed',
  'fixed',
  'in_progress',
  'planned',
  'action_scheduled',
  'investigating',
  'duplicate',
  'not_councils_responsibility',
  'no_further_action',
  'internal_referral',
  'cancelled',
  'reopen',
  'for_triage',
] as const;

const STATUS_OF_PHASE: Readonly<Record<Phase, Status>> = {
  received: 'open',
  triage: 'open',
  dispatched: 'open',
  underway: 'open',
  done: 'open',
  check: 'open',
  answered: 'closed',
  referred: 'closed',
  closed: 'closed',
  declined: 'closed',
};

const EXTENDED_OF_PHASE: Readonly<Record<Phase, ExtendedStatus>> = {
  received: 'open',
  triage: 'for_triage',
  dispatched: 'investigating',
  underway: 'in_progress',
  done: 'in_progress',
  check: 'in_progress',
  answered: 'closed',
  referred: 'not_councils_responsibility',
  closed: 'closed',
  declined: 'no_further_action',
};

/** `open` until the case is answered, referred, closed or declined: `done` is the unit's word, and stays open until checked. */
export function statusOfPhase(phase: Phase): Status {
  return STATUS_OF_PHASE[phase];
}

/**
 * The extended status of a phase. `fixed` is said only of a closed case whose requester or checker found it solved, `duplicate`
 * of one merged into another; a phase alone says neither.
 */
export function extendedStatusOfPhase(
  phase: Phase,
  found: { readonly solved?: boolean; readonly merged?: boolean } = {},
): ExtendedStatus {
  if (found.merged) return 'duplicate';
  return phase === 'closed' && found.solved ? 'fixed' : EXTENDED_OF_PHASE[phase];
}

/** Reads a status in any case (`IN_PROGRESS`, `in_progress`); `undefined` for one that is not on the list. */
export function parseExtendedStatus(text: string): ExtendedStatus | undefined {
  const lower = text.toLowerCase();
  return EXTENDED_STATUSES.find((status) => status === lower);
}
