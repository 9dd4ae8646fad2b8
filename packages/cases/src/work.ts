import type { Instant } from '@gezhi/basis';
import type { Case } from './case.ts';
import { evolve } from './evolve.ts';
import type { Actor, Draft, Due, Fact, Lead, Reason } from './fact.ts';
import type { Flag } from './phase.ts';
import type { Stretch } from './turn.ts';

/** Whom the catalogue names for a matter, with its reasons and the inputs it read; or that nobody is clear, and why. */
export type Route = { readonly because: readonly Reason[]; readonly reads: readonly string[] } & (
  | {
      readonly unclear?: false;
      readonly lead: Lead;
      readonly coUnits: readonly string[];
      readonly cc?: readonly string[];
      readonly basis: string;
      readonly catalogue: string;
    }
  | { readonly unclear: true }
);

/**
 * The world as a decision may see it: plain values and pure functions that the shell has bound. `may` answers for the acting
 * person, `due` for the town's calendar and clock profile, `route` for its catalogue of duties.
 */
export type Context = {
  readonly now: Instant;
  readonly may: (
    power: string,
    c: Case,
    by: Actor,
  ) => { readonly allowed: boolean; readonly because: Reason };
  /** When a stage that began then is due; none while a pause without end stands before it. */
  readonly due: (stage: string, c: Case, startedAt: Instant, pauses?: readonly Stretch[]) => Due | undefined;
  readonly route: (c: Case) => Route;
  /** What the scene says of a kind: the words that its conditions ask for, and the flag that a child of it raises on its parent. */
  readonly kind: (code: string) => { readonly traits: readonly string[]; readonly raises?: Flag };
  /** The units above a unit, the nearest first. */
  readonly above: (unit: string) => readonly string[];
  /** The unit of a post; none for posts that are none of a unit's (`system`, `intake`). */
  readonly unitOf: (by: Actor) => string | undefined;
};

export const SYSTEM: Actor = { post: 'system' };

/** New facts in order (the log gives positions), and the case as it is after them. */
export type Decision = { readonly facts: readonly Fact[]; readonly after: Case };

/** One decision in the making: collects facts and folds them, so that each step sees the case as the step before left it. */
export class Work {
  readonly facts: Fact[] = [];
  state: Case;
  readonly context: Context;
  #by: Actor;
  readonly #cause: string;
  #occurredAt: Instant;

  constructor(state: Case, from: { by: Actor; commandId: string; occurredAt?: Instant }, context: Context) {
    this.state = state;
    this.context = context;
    this.#by = from.by;
    this.#cause = from.commandId;
    this.#occurredAt = from.occurredAt ?? context.now;
  }

  add(draft: Draft): void {
    const fact = factOf(draft, {
      district: this.state.district,
      caseId: this.state.caseId,
      seq: this.state.seq + 1,
      occurredAt: this.#occurredAt,
      recordedAt: this.context.now,
      by: this.#by,
      cause: this.#cause,
    });
    this.facts.push(fact);
    this.state = evolve(this.state, fact);
  }

  /** From here on the process acts by itself: now, whenever that happened which set it off. */
  actAsSystem(): void {
    this.#by = SYSTEM;
    this.#occurredAt = this.context.now;
  }

  get cause(): string {
    return this.#cause;
  }

  get by(): Actor {
    return this.#by;
  }
}

export function factOf(draft: Draft, envelope: Omit<Fact, 'type' | 'data' | 'v' | 'position'>): Fact {
  return { ...envelope, position: 0, v: 1, type: draft.type, data: draft.data } as Fact;
}
