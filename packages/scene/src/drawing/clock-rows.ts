import type { Act, Action, ClockRule, Process } from '@gezhi/cases';

/** Where a clock begins to run and where it stops, by the states that the facts lead to. */
export type ClockRow = {
  readonly clock: ClockRule;
  readonly starts: readonly string[];
  readonly stops: readonly string[];
};

/** The acts whose fact has a name that is not the act's own. */
const ACT_OF_FACT: Readonly<Record<string, Act>> = {
  triaged: 'triage',
  answered: 'answer',
  referred: 'refer',
  declined: 'decline',
  dispatched: 'dispatch',
  accepted: 'accept',
  contacted: 'contact',
  done: 'finish',
  checked: 'check',
  calledBack: 'callBack',
  unreachable: 'callBack',
  closed: 'close',
  reopened: 'reopen',
  escalated: 'escalate',
  suspended: 'rule',
  resumed: 'resume',
  applied: 'apply',
  ruled: 'rule',
};

export function clockRows(process: Process): readonly ClockRow[] {
  return process.clocks.map((clock) => ({
    clock,
    starts: statesOf(process, clock.starts),
    stops: statesOf(process, clock.stops),
  }));
}

/** The states that a case comes into by these facts; by a fact that moves nothing, those in which it can happen. */
function statesOf(process: Process, facts: readonly string[]): readonly string[] {
  const states = facts.flatMap((fact) => {
    if (fact === 'opened') return [process.initial];
    if (fact === 'merged') return process.merged === undefined ? [] : [process.merged];
    return Object.values(process.actions).flatMap((action) => {
      if (!writes(action, fact)) return [];
      const to = typeof action.to === 'string' ? [action.to] : Object.values(action.to ?? {});
      if (action.act === 'check')
        return [(action.to as Record<string, string> | undefined)?.passed ?? []].flat();
      if (to.length > 0) return to;
      return action.from instanceof Set ? [...(action.from as ReadonlySet<string>)] : [];
    });
  });
  return [...new Set(states)];
}

/** Whether an action writes that fact: by its act, by what it is about (`applied.objection`), or by its own name (`advanced.hearing`). */
function writes({ act, about, name }: Action, fact: string): boolean {
  const [type = '', of] = fact.split('.');
  if (type === 'advanced') return act === 'advance' && name === of;
  if (type === 'suspended') return act === 'rule' && about === 'suspension';
  return act === ACT_OF_FACT[type] && (of === undefined || about === of);
}
