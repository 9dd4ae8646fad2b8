import type { Instant } from '@gezhi/basis';
import type { Case } from './case.ts';
import type { Context } from './decide.ts';
import type { Due } from './fact.ts';
import { isOpenPhase } from './phase.ts';
import type { Process } from './process.ts';

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
 * The clocks of a case, computed from its facts: each runs from the last fact that starts it to the next that stops it. The
 * earlier of our term and an upper system's binds the clock `handle`.
 */
export function clocksOf(process: Process, c: Case, due: Context['due']): readonly RunningClock[] {
  return process.clocks.flatMap((rule) => {
    const startedAt = c.lastAt[rule.starts];
    if (startedAt === undefined) return [];
    const stops = rule.stops.map((type) => c.lastAt[type] ?? -1).filter((at) => at >= startedAt);
    const ended = !isOpenPhase(c.phase) ? (c.lastAt.closed ?? c.lastAt.declined ?? startedAt) : undefined;
    const stoppedAt = stops.length ? Math.min(...stops) : ended;
    const own = due(rule.stage, c, startedAt);
    const upper = rule.name === 'handle' ? earliest(c) : undefined;
    const binds = upper && (!own || upper.dueAt! < own.dueAt);
    return [
      {
        clock: rule.name,
        startedAt,
        ...(stoppedAt === undefined ? {} : { stoppedAt }),
        ...(binds
          ? { due: { dueAt: upper.dueAt!, term: 'stated', profile: upper.system, calendar: 'stated' } }
          : own
            ? { due: own }
            : {}),
        ...(binds ? { boundBy: `${upper.system} ${upper.number}` } : {}),
      },
    ];
  });
}

function earliest(c: Case): Case['externals'][number] | undefined {
  return c.externals
    .filter((e) => e.dueAt !== undefined)
    .reduce<Case['externals'][number] | undefined>((a, b) => (!a || b.dueAt! < a.dueAt! ? b : a), undefined);
}

/** The next moment at which a clock of this case passes unnoticed so far; `undefined` where nothing is awaited. */
export function nextDue(
  process: Process,
  c: Case,
  due: Context['due'],
): { clock: string; dueAt: Instant } | undefined {
  if (!isOpenPhase(c.phase)) return undefined;
  let next: { clock: string; dueAt: Instant } | undefined;
  for (const { clock, stoppedAt, due: own } of clocksOf(process, c, due)) {
    if (!own || stoppedAt !== undefined || c.latePassed.includes(`${clock}@${own.dueAt}`)) continue;
    if (!next || own.dueAt < next.dueAt) next = { clock, dueAt: own.dueAt };
  }
  return next;
}
