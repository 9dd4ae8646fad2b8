import type { Refusal } from '@gezhi/basis';
import type { ActInput } from './command.ts';
import type { Draft, Move } from './fact.ts';
import type { Act, Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Work } from './work.ts';

export type Handler<A extends Act> = (
  work: Work,
  input: ActInput[A],
  process: Process,
  action: Action,
) => Refusal | undefined;

/** Adds one fact; so that a handler is one expression where it can be. */
export function add(work: Work, draft: Draft): undefined {
  work.add(draft);
}

/** Only those of the values that are there. */
export function some<T extends object>(values: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: NonNullable<T[K]>;
  };
}

/** Where the act leads; a fact that moves a case always says where to, even where it stays. */
export function moveOf(work: Work, process: Process, action: Action, result = ''): Move {
  return findMove(process, action, result) ?? { to: work.state.state, phase: work.state.phase };
}

export function findMove(process: Process, action: Action, result: string): Move | undefined {
  const to = typeof action.to === 'string' ? action.to : action.to?.[result];
  return to === undefined ? undefined : { to, phase: process.states[to]!.phase };
}

export function speaks(work: Work, number: string): boolean {
  return Object.hasOwn(work.state.voices, number);
}

/** Letters, digits and `. _ / # -`, beginning with a letter or digit, 64 at most: no room for a sentence. */
const IDENTIFIER = /^[\p{L}\p{N}][\p{L}\p{N}._/#-]{0,63}$/u;

/** A fact holds no words: what somebody typed enters it as an identifier, or not at all. */
export function refuseWordy(values: Readonly<Record<string, string>>): Refusal | undefined {
  for (const [field, value] of Object.entries(values)) {
    if (!IDENTIFIER.test(value))
      return sayNo('bad-identifier', `"${value}" is no identifier of a ${field}.`, { field });
  }
  return undefined;
}

export function refuseStranger(work: Work, number: string | undefined): Refusal | undefined {
  if (number === undefined || speaks(work, number)) return undefined;
  return sayNo('no-such-request', `Request ${number} does not speak in this case.`, { number });
}

/** A matter about a unit or its staff is never in the hands of that unit or one below it (条例 Art. 8; DESIGN, Limits). */
export function refuseConcerned(work: Work, units: readonly string[]): Refusal | undefined {
  const { against } = work.state;
  if (!against) return undefined;
  const unit = units.find(
    (u) => against.includes(u) || work.context.above(u).some((a) => against.includes(a)),
  );
  if (unit === undefined) return undefined;
  return sayNo('concerned', `The matter is about "${unit}" or a unit above it.`, { unit });
}
