import type { Refusal } from '@gezhi/basis';
import type { Case } from './case.ts';
import { lateClocks } from './clocks.ts';
import type { Command } from './command.ts';
import { isOpenPhase } from './phase.ts';
import { type Action, type GuardView, guardView, type Process } from './process.ts';
import { sayNo } from './refusals.ts';
import type { Work } from './work.ts';

/** Whether an action is open in the state the case is in; powers and guards are asked apart. A merged case is open to un-merging only. */
export function isFrom(action: Action, c: Case): boolean {
  if ((c.mergedInto !== undefined) !== (action.act === 'unmerge')) return false;
  if (action.from === 'any' || action.act === 'unmerge') return true;
  return action.from === 'open' ? isOpenPhase(c.phase) : action.from.has(c.state);
}

/** The action of that name, which may be any text at all. */
export function findAction(process: Process, name: string): Action | undefined {
  return Object.hasOwn(process.actions, name) ? process.actions[name] : undefined;
}

/** Refuses as state, power and guards do; a guard that is bent leaves its fact. */
export function refuseImpossible(
  process: Process,
  action: Action,
  work: Work,
  command: Command,
): Refusal | undefined {
  const { state } = work;
  if (!isFrom(action, state)) {
    return sayNo('not-now', `"${action.name}" is not possible while the case is "${state.state}".`, {
      state: state.state,
      phase: state.phase,
      ...(state.mergedInto ? { mergedInto: state.mergedInto } : {}),
    });
  }
  return refusePowerless(action, work) ?? refuseGuarded(process, action, work, command);
}

/** Refuses where whoever acts does not hold the power over this case. */
export function refusePowerless(action: Action, { state, context, by }: Work): Refusal | undefined {
  const power = context.may(action.power, state, by);
  if (power.allowed) return undefined;
  return sayNo('no-power', `The post "${by.post}" may not do "${action.name}".`, { because: power.because });
}

/** All guards see the case as it was before any of them was bent. */
function refuseGuarded(process: Process, action: Action, work: Work, command: Command): Refusal | undefined {
  if (action.guards.length === 0) return undefined;
  const view = viewOf(process, work, command.input as GuardView['input']);
  for (const guard of action.guards) {
    if (guard.test(view)) continue;
    if (guard.hardness === 'hard' || !command.bend) {
      return sayNo('guard', guard.because.en, {
        guard: guard.id,
        hardness: guard.hardness,
        words: guard.because,
      });
    }
    const own = refuseOwnApproval(command);
    if (own) return own;
    const { reason, approver } = command.bend;
    work.add({ type: 'bent', data: { action: action.name, guard: guard.id, reason, approver } });
  }
  return undefined;
}

/** Nobody approves for themselves, neither on their own post nor on another on which they sit too. */
export function refuseOwnApproval({ bend, by }: Command): Refusal | undefined {
  if (!bend) return undefined;
  const isOwn =
    bend.approver === by.post ||
    (by.person !== undefined && (bend.approver === by.person || bend.persons?.includes(by.person)));
  if (!isOwn) return undefined;
  return sayNo('own-approval', `The post "${bend.approver}" is held by whoever asks.`, {
    approver: bend.approver,
  });
}

/** What conditions see; the catalogue is asked only where a condition asks for it. */
export function viewOf(process: Process, work: Work, input: GuardView['input']): GuardView {
  const known = VIEWS.get(work);
  if (known && known.state === work.state && known.process === process) return { case: known.case, input };
  const seen = caseViewOf(process, work);
  VIEWS.set(work, { state: work.state, process, case: seen });
  return { case: seen, input };
}

/** What was last shown of a work: a step's own condition and the guards of its action see the same case. */
const VIEWS = new WeakMap<Work, { state: Case; process: Process; case: GuardView['case'] }>();

/** What costs something is found out when a condition asks for it, once. */
function caseViewOf(process: Process, { state, context }: Work): GuardView['case'] {
  let routeClear: boolean | undefined;
  let late: readonly string[] | undefined;
  return guardView(state, {
    now: context.now,
    traits: context.kind(state.kind).traits,
    get routeClear() {
      routeClear ??= !context.route(state).unclear;
      return routeClear;
    },
    get late() {
      late ??= lateClocks(process, state, context);
      return late;
    },
  }).case;
}
