/**
 * The closed list that every state of every process maps to, so that statistics, search and Open311 never break when a scene
 * adds a state. The first six are open, the last four are ends.
 */
export const PHASES = [
  'received',
  'triage',
  'dispatched',
  'underway',
  'done',
  'check',
  'answered',
  'referred',
  'declined',
  'closed',
] as const;

export type Phase = (typeof PHASES)[number];

const ENDS: ReadonlySet<Phase> = new Set(['answered', 'referred', 'declined', 'closed']);

export function isOpenPhase(phase: Phase): boolean {
  return !ENDS.has(phase);
}

/** What stands beside the state: a case can be late and reopened at once. Kept in this order. */
export const FLAGS = [
  'danger',
  'late',
  'objected',
  'escalated',
  'whistled',
  'supervised',
  'led',
  'suspended',
  'extended',
  'reopened',
  'merged',
  'unclear',
  'linked',
  'stated',
] as const;

export type Flag = (typeof FLAGS)[number];
