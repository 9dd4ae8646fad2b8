import type { Instant } from '@gezhi/basis';
import type { Case } from './case.ts';
import type { Due } from './fact.ts';
import { isOpenPhase } from './phase.ts';
import type { ClockRule, Process } from './process.ts';
import type { Context } from './work.ts';

/** A clock of a case: running while `stoppedAt` is absent. `due` is absent where the profile gives that stage no term. */
export type RunningClock = {
  readonly clock: string;
  readonly startedAt: Instant;
  readonly stoppedAt?: Instant;
  readonly due?: Due;
  /** An upper system's own term where it comes first, and so binds. */
  readonly boundBy?: string;
};

/**
 * The clocks of a case, computed from its turns: each runs from the last turn that starts it to the next that stops it, or to the end of
 * the case. Turns count in the order of their facts; a stop that was told to be before its start stops at once.
 *
 * The earlier of our term and an upper system's binds the clock `handle`; after a reopening an upper system's term binds only where it
 * ends later than the reopening, for it was said about the work before.
 */
export function clocksOf(process: Process, c: Case, due: Context['due']): readonly RunningClock[] {
  return process.clocks.flatMap((rule) => {
    if (rule.needsRequests && Object.keys(c.voices).length === 0) return [];
    const start = c.turns.findLastIndex((turn) => rule.starts.includes(turn.type));
    if (start === -1) return [];
    const startedAt = c.turns[start]!.at;
    const stop = c.turns.find((turn, i) => i > start && rule.stops.includes(turn.type));
    const stoppedAt = stop?.at ?? c.endedAt;
    return [
      {
        clock: rule.name,
        startedAt,
        ...(stoppedAt === undefined ? {} : { stoppedAt: Math.max(startedAt, stoppedAt) }),
        ...bindingDue(rule, c, startedAt, due(rule.stage, c, startedAt)),
      },
    ];
  });
}

function bindingDue(
  rule: ClockRule,
  c: Case,
  startedAt: Instant,
  own: Due | undefined,
): Pick<RunningClock, 'due' | 'boundBy'> {
  const upper = rule.name === 'handle' ? earliest(c, startedAt) : undefined;
  if (!upper || (own && own.dueAt <= upper.dueAt)) return own ? { due: own } : {};
  const { system, number, dueAt } = upper;
  return {
    due: { dueAt, term: 'stated', profile: system, calendar: 'stated' },
    boundBy: `${system} ${number}`,
  };
}

type UpperTerm = { readonly system: string; readonly number: string; readonly dueAt: Instant };

function earliest(c: Case, startedAt: Instant): UpperTerm | undefined {
  let first: UpperTerm | undefined;
  for (const { system, number, dueAt } of c.externals) {
    if (dueAt === undefined || (c.counts.reopenings > 0 && dueAt <= startedAt)) continue;
    if (!first || dueAt < first.dueAt) first = { system, number, dueAt };
  }
  return first;
}

export type Deadline = { readonly clock: string; readonly dueAt: Instant };

/**
 * The deadlines of an open case that nobody noted yet, past and to come, the earliest first. A clock that was stopped too late, before
 * anybody noted it, passed all the same.
 */
export function awaitedDeadlines(process: Process, c: Case, due: Context['due']): readonly Deadline[] {
  if (!isOpenPhase(c.phase)) return [];
  return clocksOf(process, c, due)
    .flatMap(({ clock, stoppedAt, due: own }) => {
      if (!own || (stoppedAt !== undefined && stoppedAt <= own.dueAt)) return [];
      return c.latePassed.includes(`${clock}@${own.dueAt}`) ? [] : [{ clock, dueAt: own.dueAt }];
    })
    .sort((a, b) => a.dueAt - b.dueAt);
}

/** The next moment at which a clock of this case passes unnoted so far; `undefined` where nothing is awaited. */
export function nextDue(process: Process, c: Case, due: Context['due']): Deadline | undefined {
  return awaitedDeadlines(process, c, due)[0];
}
