import type { FieldCase, FieldDay } from '@gezhi/contract';
import type { Label } from '@gezhi/ui';
import type { Entry } from './entry.ts';
import { isSettled } from './outbox.ts';

export type FieldProcess = FieldDay['processes'][number];
export type FieldAction = FieldProcess['actions'][number];

/** A case as it will stand when the outbox is empty, as far as can be told here. */
export type Ahead = {
  readonly state: string;
  readonly label: Label;
  readonly isOpen: boolean;
  readonly phase: string;
  /** Numbers of requesters who were contacted. */
  readonly contacted: ReadonlySet<string>;
  /** Steps of tasks, as `task/step`, with those that wait to be sent. */
  readonly steps: ReadonlySet<string>;
  readonly pending: number;
  readonly inConflict: boolean;
};

/** The case with what its worker has done to it since, sent or not. Guards and what follows by itself are known to the service alone. */
export function ahead(c: FieldCase, process: FieldProcess | undefined, entries: readonly Entry[]): Ahead {
  const own = entries.filter(
    ({ deed, state }) =>
      (deed.do === 'command' || deed.do === 'photo') && deed.caseId === c.caseId && state !== 'dropped',
  );
  const open = own.filter((entry) => !isSettled(entry) || (entry.left ?? 0) > c.seq);
  let state = c.state;
  const contacted = new Set(c.requests.filter((r) => r.contacted).map(({ number }) => number));
  const steps = new Set(c.tasks.flatMap(({ task, steps }) => steps.map((step) => `${task}/${step}`)));
  for (const { deed, asNote } of open) {
    if (deed.do !== 'command' || asNote) continue;
    const { number, task, step } = deed.input as Readonly<Record<string, string>>;
    if (deed.act === 'contact')
      for (const { number: each } of c.requests) if ((number ?? each) === each) contacted.add(each);
    if (deed.act === 'stepTask') steps.add(`${task}/${step}`);
    if (deed.act === 'finishTask') steps.add(`${task}/delivered`);
    state = stateAfter(process, deed.action, deed.input) ?? state;
  }
  const known = process?.states[state];
  return {
    state,
    label: known?.label ?? c.stateLabel,
    isOpen: known?.isOpen ?? true,
    phase: known?.phase ?? c.phase,
    contacted,
    steps,
    pending: open.filter((entry) => !isSettled(entry)).length,
    inConflict: open.some((entry) => entry.state === 'conflict'),
  };
}

/** What the post may do in that state. */
export function actionsIn(
  process: FieldProcess | undefined,
  { state, isOpen }: Pick<Ahead, 'state' | 'isOpen'>,
  may: readonly string[],
): readonly FieldAction[] {
  return (process?.actions ?? []).filter(
    ({ action, from }) =>
      may.includes(action) && (from === 'any' || (from === 'open' ? isOpen : from.includes(state))),
  );
}

/**
 * The actions that lead through these acts, one after the other, from that state; nothing where one of them is not possible. What each
 * is done with decides where it leads.
 */
export function wayThrough(
  process: FieldProcess | undefined,
  from: Pick<Ahead, 'state' | 'isOpen'>,
  may: readonly string[],
  acts: readonly { readonly act: string; readonly input: Readonly<Record<string, unknown>> }[],
):
  | readonly { readonly action: FieldAction; readonly input: Readonly<Record<string, unknown>> }[]
  | undefined {
  let at = from;
  const way: { action: FieldAction; input: Readonly<Record<string, unknown>> }[] = [];
  for (const { act, input } of acts) {
    const action = actionsIn(process, at, may).find((one) => one.act === act);
    if (!action) return undefined;
    way.push({ action, input });
    const state = stateAfter(process, action.action, input) ?? at.state;
    at = { state, isOpen: process?.states[state]?.isOpen ?? true };
  }
  return way;
}

/** The state that an action leads to with that input; nothing where the state stays. */
export function stateAfter(
  process: FieldProcess | undefined,
  name: string,
  input: Readonly<Record<string, unknown>>,
): string | undefined {
  const to = process?.actions.find(({ action }) => action === name)?.to;
  if (to === undefined || typeof to === 'string') return to;
  return typeof input.outcome === 'string' ? to[input.outcome] : undefined;
}
