import type { Instant } from '@gezhi/basis';
import type { Case, Task } from './case.ts';
import type { Due } from './fact.ts';
import { isOpenPhase } from './phase.ts';
import type { ClockRule, Label, Process } from './process.ts';
import { pausesOf, type Turn } from './turn.ts';
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
  const pauses = pausesOf(c.turns, process.pauses);
  const own = process.clocks.flatMap((rule) => {
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
        ...(rule.stated
          ? statedDue(c.turns[start]!)
          : bindingDue(rule, c, startedAt, due(rule.stage, c, startedAt, rule.pauses ? pauses : undefined))),
      },
    ];
  });
  return c.tasks.length === 0 || !process.taskClocks ? own : [...own, ...taskClocksOf(process, c, due)];
}

/** What people call a clock of a process, its own name where it has no label; of a task's clock (`sign/pipes-1`) the task is left out. */
export function clockLabel(process: Process, clock: string): Label {
  const [name = clock] = clock.split('/');
  const rule = [...process.clocks, ...(process.taskClocks ?? [])].find((one) => one.name === name);
  return rule?.label ?? { zh: name, en: name };
}

/** The clocks of each task, by the steps of its unit; `sign/pipes-1` is the clock `sign` of the task `pipes-1`. */
function taskClocksOf(process: Process, c: Case, due: Context['due']): readonly RunningClock[] {
  return c.tasks.flatMap((task) =>
    (process.taskClocks ?? []).flatMap(({ name, starts, stops, stage }) => {
      const startedAt = starts === 'asked' ? task.at : task.steps?.[starts];
      if (startedAt === undefined) return [];
      const ends = stops
        .map((stop) => (stop === 'delivered' ? task.doneAt : task.steps?.[stop]))
        .filter((at): at is Instant => at !== undefined);
      const stoppedAt = ends.length ? Math.max(startedAt, Math.min(...ends)) : (task.doneAt ?? c.endedAt);
      const own = stops.includes('delivered') && task.dueAt !== undefined ? taskDue(task) : undefined;
      const term = own ?? due(stage, c, startedAt);
      return [
        {
          clock: `${name}/${task.task}`,
          startedAt,
          ...(stoppedAt === undefined ? {} : { stoppedAt }),
          ...(term ? { due: term } : {}),
        },
      ];
    }),
  );
}

/** The term that whoever asked for the task gave it. */
function taskDue({ dueAt }: Task): Due {
  return { dueAt: dueAt!, term: 'stated', profile: 'task', calendar: 'stated' };
}

function statedDue({ until }: Turn): Pick<RunningClock, 'due'> {
  return until === undefined
    ? {}
    : { due: { dueAt: until, term: 'stated', profile: 'stated', calendar: 'stated' } };
}

/** The names of the clocks that have passed by now and run on; whether somebody noted it is nothing to them. */
export function lateClocks(process: Process, c: Case, context: Context): readonly string[] {
  return clocksOf(process, c, context.due).flatMap(({ clock, stoppedAt, due }) =>
    due && stoppedAt === undefined && due.dueAt <= context.now ? [clock] : [],
  );
}

function bindingDue(
  rule: ClockRule,
  c: Case,
  startedAt: Instant,
  term: Due | undefined,
): Pick<RunningClock, 'due' | 'boundBy'> {
  const handling = rule.name === 'handle';
  const own = handling && c.extension && term && c.extension.dueAt > term.dueAt ? c.extension : term;
  const upper = handling ? earliest(c, startedAt) : undefined;
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
  const windows = new Set(process.clocks.filter((rule) => rule.window).map((rule) => rule.name));
  return clocksOf(process, c, due)
    .flatMap(({ clock, stoppedAt, due: own }) => {
      if (!own || windows.has(clock) || (stoppedAt !== undefined && stoppedAt <= own.dueAt)) return [];
      return c.latePassed.includes(`${clock}@${own.dueAt}`) ? [] : [{ clock, dueAt: own.dueAt }];
    })
    .sort((a, b) => a.dueAt - b.dueAt);
}

/** The next moment at which a clock of this case passes unnoted so far; `undefined` where nothing is awaited. */
export function nextDue(process: Process, c: Case, due: Context['due']): Deadline | undefined {
  return awaitedDeadlines(process, c, due)[0];
}
