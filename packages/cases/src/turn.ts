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

/** What stops clocks that pause, and what lets them go on: a suspension, a hearing, somebody else's opinion. */
export type PauseRule = { readonly starts: readonly TurnType[]; readonly stops: readonly TurnType[] };

const SUSPENSION: PauseRule = { starts: ['suspended'], stops: ['resumed'] };

/**
 * The stretches in which clocks that pause stood still, by the process's own rules beside the suspension (挂账). A new dispatch, the
 * work done or an end ends every pause; the last may have no end.
 */
export function pausesOf(turns: readonly Turn[], rules: readonly PauseRule[] = []): readonly Stretch[] {
  const pauses: Stretch[] = [];
  let waits: PauseRule | undefined;
  for (const { type, at } of turns) {
    if (!waits) {
      waits = [SUSPENSION, ...rules].find(({ starts }) => starts.includes(type));
      if (waits) pauses.push({ from: at });
    } else if (waits.stops.includes(type) || ENDS_A_PAUSE.has(type)) {
      const { from } = pauses.pop()!;
      pauses.push({ from, to: Math.max(from, at) });
      waits = undefined;
    }
  }
  return pauses;
}

export type Stretch = { readonly from: Instant; readonly to?: Instant };

const ENDS_A_PAUSE: ReadonlySet<string> = new Set(['dispatched', 'done', 'closed', 'merged', 'answered']);
