import { type Refusal, refuse } from '@gezhi/basis';
import type { Case } from './case.ts';
import type { Command } from './command.ts';
import { type Context, type Decision, isFrom, Work } from './decide.ts';
import { isOpenPhase } from './phase.ts';
import type { Process } from './process.ts';

/** A decision that touches two cases: both histories get their facts in one transaction. */
export type TwoDecisions = { readonly source: Decision; readonly target: Decision };

/**
 * Joins one case to another: every voice of the source speaks in the target from now on, with its promise and its callback; none is
 * lost, and `decideUnmerge` brings them home with all that happened to them meanwhile.
 *
 * Refuses: itself, another district (DESIGN “Growing”), a target that has ended or was merged itself, and what the action `merge`
 * of the process refuses.
 */
export function decideMerge(
  process: Process,
  source: Case,
  target: Case,
  command: Command<'merge'>,
  context: Context,
): TwoDecisions | Refusal {
  const refusal = mayMerge(process, source, target, command, context);
  if (refusal) return refusal;
  const from = new Work(source, command, context);
  const into = new Work(target, command, context);
  const voices = Object.values(source.voices);
  from.add({
    type: 'merged',
    data: {
      to: process.merged,
      phase: process.states[process.merged]!.phase,
      into: target.caseId,
      numbers: voices.map((voice) => voice.number),
    },
  });
  into.add({ type: 'absorbed', data: { from: source.caseId, voices } });
  return both(from, into);
}

function mayMerge(
  process: Process,
  source: Case,
  target: Case,
  command: Command<'merge'>,
  context: Context,
): Refusal | undefined {
  const action = process.actions[command.action];
  if (action?.act !== 'merge') return refuse('unknown-action', `"${command.action}" is no merging action.`);
  if (source.caseId === target.caseId) return refuse('same-case', 'A case cannot be merged into itself.');
  if (source.district !== target.district) {
    return refuse(
      'other-district',
      'Cases merge inside one district only; hand the case over as a linked case.',
    );
  }
  if (target.mergedInto) {
    return refuse('target-merged', 'The target was merged itself.', { mergedInto: target.mergedInto });
  }
  if (!isOpenPhase(target.phase)) return refuse('target-ended', 'The target has ended; reopen it first.');
  if (!isFrom(action, source))
    return refuse('not-now', 'The case cannot be merged now.', { state: source.state });
  for (const c of [source, target]) {
    const power = context.may(action.power, c, command.by);
    if (!power.allowed)
      return refuse('no-power', 'This post may not merge here.', { because: power.because });
  }
  return undefined;
}

/** Takes a merged case out again: its voices come home with what happened to them, and it stands where it stood. */
export function decideUnmerge(
  process: Process,
  source: Case,
  target: Case,
  command: Command<'unmerge'>,
  context: Context,
): TwoDecisions | Refusal {
  const action = process.actions[command.action];
  if (action?.act !== 'unmerge')
    return refuse('unknown-action', `"${command.action}" is no un-merging action.`);
  if (source.mergedInto !== target.caseId || !source.beforeMerge) {
    return refuse('not-merged', 'The case is not merged into that one.', {
      mergedInto: source.mergedInto ?? null,
    });
  }
  const power = context.may(action.power, source, command.by);
  if (!power.allowed)
    return refuse('no-power', 'This post may not un-merge here.', { because: power.because });
  const home = source.homeVoices ?? [];
  const voices = home.flatMap((number) => target.voices[number] ?? []);
  const from = new Work(source, command, context);
  const into = new Work(target, command, context);
  into.add({ type: 'released', data: { home: source.caseId, numbers: voices.map((voice) => voice.number) } });
  const { state, phase } = source.beforeMerge;
  from.add({ type: 'unmerged', data: { to: state, phase, from: target.caseId, voices } });
  return both(from, into);
}

function both(from: Work, into: Work): TwoDecisions {
  return {
    source: { facts: from.facts, after: from.state },
    target: { facts: into.facts, after: into.state },
  };
}
