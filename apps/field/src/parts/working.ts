import type { FieldCase } from '@gezhi/contract';
import type { Ahead, FieldAction, FieldProcess } from '../outbox/ahead.ts';

/** A case with what its page needs to know of it: where it will stand, and what may be done there. */
export type Working = {
  readonly c: FieldCase;
  readonly process: FieldProcess | undefined;
  readonly now: Ahead;
  readonly actions: readonly FieldAction[];
};
