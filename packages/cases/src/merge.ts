import type { Refusal } from '@gezhi/basis';
import type { Case } from './case.ts';
import type { Command } from './command.ts';
import { automatic, refuseStale } from './decide.ts';
import { promiseAll } from './dispatch.ts';
import { isOpenPhase } from './phase.ts';
import { findAction, refuseImpossible, refusePowerless } from './possible.ts';
import type { Act, Action, Process } from './process.ts';
import { sayNo } from './refusals.ts';
import { type Context, type Decision, Work } from './work.ts';

/** A decision that touches two cases: both histories get their facts in one transaction. */
export type TwoDecisions = { readonly source: Decision; readonly target: Decision };

/**
 * Joins one case to another: every voice of the source speaks in the target from now on, with its promise and its callback; none is
 * lost, and `decideUnmerge` brings them home with all that happened to them meanwhile. Where the target has a lead, a voice that was
 * promised nothing yet is promised a moment.
 *
 * Refuses: itself, another district (DESIGN “Growing”), a target that has ended or was merged itself, and what the action `merge`
 * of the process refuses (`stale` and guards speak of the source, powers of both).
 *
 * @param targetProcess the process of the target, where it was opened under another one
 */
export function decideMerge(
  process: Process,
  source: Case,
  target: Case,
  command: Command<'merge'>,
  context: Context,
  targetProcess: Process = process,
): TwoDecisions | Refusal {
  const from = new Work(source, command, context);
  const into = new Work(target, command, context);
  const action = actionOf(process, command, 'merge');
  const { merged } = process;
  if (!action || merged === undefined)
    return sayNo('unknown-action', `"${command.action}" is no merging action.`);
  const refusal =
    refuseStale(source, command) ??
    refusePair(source, target) ??
    refuseImpossible(process, action, from, command) ??
    refusePowerless(action, into);
  if (refusal) return refusal;
  const voices = Object.values(source.voices);
  from.add({
    type: 'merged',
    data: {
      into: target.caseId,
      numbers: voices.map((voice) => voice.number),
      to: merged,
      phase: process.states[merged]!.phase,
    },
  });
  into.add({ type: 'absorbed', data: { from: source.caseId, voices } });
  promiseAll(into);
  return automatic(targetProcess, into) ?? both(from, into);
}

function actionOf(process: Process, command: Command, act: Act): Action | undefined {
  const action = findAction(process, command.action);
  return action?.act === act ? action : undefined;
}

function refusePair(source: Case, target: Case): Refusal | undefined {
  if (source.caseId === target.caseId) return sayNo('same-case', 'A case cannot be merged into itself.');
  if (source.district !== target.district) {
    return sayNo(
      'other-district',
      'Cases merge inside one district only; hand the case over as a linked case.',
    );
  }
  if (target.mergedInto) {
    return sayNo('target-merged', 'The target was merged itself.', { mergedInto: target.mergedInto });
  }
  if (!isOpenPhase(target.phase)) return sayNo('target-ended', 'The target has ended; reopen it first.');
  return undefined;
}

/**
 * Takes a merged case out again: its voices come home with what happened to them, and it stands where it stood. Both cases then go on
 * as far as their processes go by themselves: the target may have waited for these voices only.
 *
 * Refuses: a case that is not merged into that one, a target that was merged on (its voices speak elsewhere: un-merge the target
 * first), and what the action `unmerge` of the process refuses.
 *
 * @param targetProcess the process of the target, where it was opened under another one
 */
export function decideUnmerge(
  process: Process,
  source: Case,
  target: Case,
  command: Command<'unmerge'>,
  context: Context,
  targetProcess: Process = process,
): TwoDecisions | Refusal {
  const from = new Work(source, command, context);
  const into = new Work(target, command, context);
  const action = actionOf(process, command, 'unmerge');
  if (!action) return sayNo('unknown-action', `"${command.action}" is no un-merging action.`);
  if (source.mergedInto !== target.caseId || !source.beforeMerge) {
    return sayNo('not-merged', 'The case is not merged into that one.', {
      mergedInto: source.mergedInto ?? null,
    });
  }
  if (target.mergedInto) {
    return sayNo('target-merged', 'The target was merged on: un-merge the target first.', {
      mergedInto: target.mergedInto,
    });
  }
  const refusal =
    refuseStale(source, command) ??
    refuseImpossible(process, action, from, command) ??
    refusePowerless(action, into);
  if (refusal) return refusal;
  const voices = (source.homeVoices ?? []).flatMap((number) => target.voices[number] ?? []);
  into.add({ type: 'released', data: { home: source.caseId, numbers: voices.map((voice) => voice.number) } });
  const { state, phase } = source.beforeMerge;
  from.add({ type: 'unmerged', data: { from: target.caseId, voices, to: state, phase } });
  return automatic(process, from) ?? automatic(targetProcess, into) ?? both(from, into);
}

function both(from: Work, into: Work): TwoDecisions {
  return {
    source: { facts: from.facts, after: from.state },
    target: { facts: into.facts, after: into.state },
  };
}
