import type { CaseId, Instant, Refusal } from '@gezhi/basis';
import { HANDLERS } from './acts.ts';
import type { Case } from './case.ts';
import type { Command } from './command.ts';
import { evolve } from './evolve.ts';
import type { Actor, CasePlace, Draft } from './fact.ts';
import { findAction, refuseImpossible, viewOf } from './possible.ts';
import type { Process } from './process.ts';
import { sayNo } from './refusals.ts';
import { type Context, type Decision, factOf, SYSTEM, Work } from './work.ts';

/**
 * What a command does to a case: facts, or a refusal with its reasons. Pure: the same arguments give the same answer. Then what the
 * process does by itself is done too.
 *
 * Refuses: `unknown-action`, `not-now`, `no-power`, `stale`, `guard`, and what each act refuses in its own words.
 * Merging and un-merging touch two cases: see `merge.ts`.
 */
export function decide(
  process: Process,
  before: Case,
  command: Command,
  context: Context,
): Decision | Refusal {
  const stale = refuseStale(before, command);
  if (stale) return stale;
  const work = new Work(before, command, context);
  const refusal = act(process, work, command);
  if (refusal) return refusal;
  return automatic(process, work) ?? { facts: work.facts, after: work.state };
}

/** Refuses what was asked of an older case than this. */
export function refuseStale(before: Case, command: Command): Refusal | undefined {
  if (command.expectedSeq === undefined || command.expectedSeq === before.seq) return undefined;
  return sayNo('stale', `The case has moved on since fact ${command.expectedSeq}.`, { seq: before.seq });
}

function act(process: Process, work: Work, command: Command): Refusal | undefined {
  const action = findAction(process, command.action);
  if (!action) {
    return sayNo('unknown-action', `The process ${process.id} has no action "${command.action}".`, {
      actions: Object.keys(process.actions),
    });
  }
  const refusal = refuseImpossible(process, action, work, command);
  if (refusal) return refusal;
  return HANDLERS[action.act](work, command.input as never, process, action);
}

const STEPS_MAX = 8;

/**
 * What the process does by itself from here: at most eight steps, so that a process that runs in a circle is refused, not hung. Where
 * a guard holds the next step back, the case rests: what a person has done is not undone by what would have followed.
 */
export function automatic(process: Process, work: Work): Refusal | undefined {
  for (let step = 0; step < STEPS_MAX; step += 1) {
    const { seq, state } = work.state;
    const here = process.automatics.filter((a) => a.state === state);
    if (here.length === 0) return undefined;
    const view = viewOf(process, work, {});
    const next = here.find((a) => a.when(view));
    if (!next) return undefined;
    work.actAsSystem();
    const refusal = act(process, work, {
      commandId: work.cause,
      action: next.action,
      by: SYSTEM,
      input: { because: [{ code: 'automatic', state }] },
    });
    if (refusal) return refusal.code === 'guard' ? undefined : refusal;
    if (work.state.seq === seq || work.state.state === state) return undefined;
  }
  return sayNo('runs-in-circles', `The process ${process.id} does not come to rest.`, {
    state: work.state.state,
  });
}

/** What opens a case: everything intake found out, with its references. */
export type Opening = {
  readonly district: string;
  readonly caseId: CaseId;
  readonly by: Actor;
  readonly cause: string;
  readonly openedAt: Instant;
  readonly kind: string;
  readonly kindBecause: 'stated' | 'proposed' | 'none';
  readonly place: CasePlace;
} & Partial<Omit<Draft<'opened'>['data'], 'kind' | 'kindBecause' | 'place'>>;

/** Opens a case in the first state of its process, and goes on as far as the process goes by itself. */
export function open(process: Process, opening: Opening, context: Context): Decision | Refusal {
  const { district, caseId, by, cause, openedAt, ...rest } = opening;
  const fact = factOf(
    {
      type: 'opened',
      data: {
        scene: process.scene,
        pack: process.pack,
        process: process.id,
        ...rest,
        to: process.initial,
        phase: process.states[process.initial]!.phase,
      },
    },
    { district, caseId, seq: 1, occurredAt: openedAt, recordedAt: context.now, by, cause },
  );
  const work = new Work(evolve(undefined, fact), { by, commandId: cause, occurredAt: openedAt }, context);
  work.facts.push(fact);
  return automatic(process, work) ?? { facts: work.facts, after: work.state };
}
