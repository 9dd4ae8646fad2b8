import type { Label } from '@gezhi/cases';

/** What the model check can say; each has a sentence of its own in `rules.ts` and a row in docs/scenes.md. */
export const MODEL_CODES = [
  'label',
  'initial-ended',
  'merged-open',
  'unreachable-state',
  'no-way-out',
  'no-holder',
  'action-never',
  'guard-never-holds',
  'automatic-never',
  'automatic-loop',
  'leaves-end',
  'never-asked',
  'never-told',
  'not-solved-dead-end',
  'closed-unsolved',
  'clock-without-owner',
  'clock-without-stop',
  'clock-without-term',
  'clock-never-starts',
  'too-large',
] as const;
export type ModelCode = (typeof MODEL_CODES)[number];

/** Where in the process it is: the names as the pack writes them. */
export type Spot = {
  readonly state?: string;
  readonly action?: string;
  readonly clock?: string;
  readonly guard?: string;
};

/**
 * One thing that a process can do and should not, or cannot do and should. `path` is one way to get there, actions by name from
 * the opening on, as short as any. An error keeps the pack from going live; a warning is for its owner to think about.
 */
export type ModelFinding = {
  readonly code: ModelCode;
  readonly severity: 'error' | 'warning';
  readonly spot: Spot;
  readonly problem: Label;
  readonly remedy: Label;
  readonly path?: readonly string[];
};
