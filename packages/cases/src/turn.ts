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
  'suspended',
  'resumed',
  'escalated',
] as const;

/** `advanced.hearing`, `applied.objection`, `ruled.extension`: a step of the process, and what was applied for or ruled on. */
export type SubTurn = `${'advanced' | 'applied' | 'ruled'}.${string}`;
export type TurnType = (typeof TURNS)[number] | SubTurn;

/**
 * A turn of a case, as it still holds; turns stand in the order of their facts, whatever times we were told. `until` is a moment that
 * the turn itself names (when a suspension is looked at again).
 */
export type Turn = { readonly type: TurnType; readonly at: Instant; readonly until?: Instant };

const KNOWN: ReadonlySet<string> = new Set(TURNS);

/**
 * The turns after one more fact. A check that fails is no turn: it takes `done` back, so that the handling clock runs on from where it
 * started and no check or callback is awaited. A callback turns the case when nobody is left to ask.
 */
export function turnsAfter(turns: readonly Turn[], fact: Fact, owed: number): readonly Turn[] {
  const sub = subTurn(fact);
  if (sub) return [...turns, { type: sub, at: fact.occurredAt }];
  if (!KNOWN.has(fact.type)) return turns;
  if (fact.type === 'suspended')
    return [...turns, { type: 'suspended', at: fact.occurredAt, until: fact.data.reviewAt }];
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

function subTurn(fact: Fact): SubTurn | undefined {
  switch (fact.type) {
    case 'advanced':
      return `advanced.${fact.data.step}`;
    case 'applied':
    case 'ruled':
      return `${fact.type}.${fact.data.about}`;
    default:
      return undefined;
  }
}

/** The stretches in which a case was suspended (挂账): clocks that pause stand still in them. The last may have no end. */
export function pausesOf(turns: readonly Turn[]): readonly Stretch[] {
  const pauses: Stretch[] = [];
  for (const { type, at } of turns) {
    const last = pauses.at(-1);
    if (type === 'suspended' && (!last || last.to !== undefined)) pauses.push({ from: at });
    else if (last && last.to === undefined && ENDS_A_PAUSE.has(type))
      pauses[pauses.length - 1] = { from: last.from, to: Math.max(last.from, at) };
  }
  return pauses;
}

export type Stretch = { readonly from: Instant; readonly to?: Instant };

const ENDS_A_PAUSE: ReadonlySet<string> = new Set(['resumed', 'dispatched', 'done', 'closed', 'merged']);
