import type { Instant } from '@gezhi/basis';
import type { Fact } from './fact.ts';

/** The facts at which a case turns, and so the only ones that start and stop clocks. */
export const TURNS = [
  'opened',
  'triaged',
  'answered',
  'referred',
  'declined',
  'dispatched',
  'accepted',
  'contacted',
  'done',
  'checked',
  'calledBack',
  'unreachable',
  'closed',
  'reopened',
  'merged',
  'unmerged',
] as const;

export type TurnType = (typeof TURNS)[number];

/** A turn of a case, as it still holds; turns stand in the order of their facts, whatever times we were told. */
export type Turn = { readonly type: TurnType; readonly at: Instant };

const KNOWN: ReadonlySet<string> = new Set(TURNS);

/**
 * The turns after one more fact. A check that fails is no turn: it takes `done` back, so that the handling clock runs on from where it
 * started and no check or callback is awaited. A callback turns the case when nobody is left to ask.
 */
export function turnsAfter(turns: readonly Turn[], fact: Fact, owed: number): readonly Turn[] {
  if (!KNOWN.has(fact.type)) return turns;
  if (fact.type === 'checked' && !fact.data.passed) return turns.filter((turn) => turn.type !== 'done');
  if ((fact.type === 'calledBack' || fact.type === 'unreachable') && owed > 0) return turns;
  return [...turns, { type: fact.type as TurnType, at: fact.occurredAt }];
}

/** When the last of these turns happened; `undefined` where none did, or a reopening came after it. */
export function sinceReopened(turns: readonly Turn[], ...types: readonly TurnType[]): Instant | undefined {
  for (let i = turns.length - 1; i >= 0; i -= 1) {
    const { type, at } = turns[i]!;
    if (types.includes(type)) return at;
    if (type === 'reopened') return undefined;
  }
  return undefined;
}
