import { type Action, APPLICATIONS, type Process, RESULTS, type State, WORDLESS_ACTS } from '@gezhi/cases';
import { BadCondition, compileCondition } from './cel.ts';
import type { ProcessSource } from './pack-schema.ts';

/** One thing wrong with a pack: where, what, and how to mend it. */
export type Finding = {
  readonly file: string;
  readonly key: string;
  readonly problem: string;
  readonly remedy: string;
};

/**
 * Makes a runnable process of its data: conditions compiled, every name that is used declared, every state reachable.
 * Answers the process, which is safe to run only where `findings` is empty.
 */
export function compileProcess(
  scene: { id: string; version: string },
  source: ProcessSource,
): { process: Process; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const find = (key: string, problem: string, remedy: string): void => {
    findings.push({ file: 'process.yaml', key, problem, remedy });
  };
  const condition = (key: string, text: string): ((view: object) => boolean) => {
    try {
      return compileCondition(text);
    } catch (error) {
      if (!(error instanceof BadCondition)) throw error;
      find(key, error.message, 'Conditions speak of `case` and `input` only; see docs/scenes.md.');
      return () => false;
    }
  };
  const known = (key: string, state: string): void => {
    if (!source.states[state])
      find(key, `the state "${state}" does not exist`, 'Add it under `states`, or mend the name.');
  };
  known('initial', source.initial);
  if (source.merged !== undefined) known('merged', source.merged);
  else if (Object.values(source.actions).some(({ act }) => act === 'merge'))
    find('merged', 'the process merges, and does not say where a merged case stands', 'Name a state.');
  const process: Process = {
    id: source.id,
    scene: scene.id,
    pack: scene.version,
    initial: source.initial,
    ...(source.merged === undefined ? {} : { merged: source.merged }),
    states: Object.fromEntries(
      Object.entries(source.states).map(([name, s]): [string, State] => [name, { name, ...s }]),
    ),
    actions: Object.fromEntries(
      Object.entries(source.actions).map(([name, a]) => [
        name,
        compileAction(name, a, condition, known, find),
      ]),
    ),
    automatics: source.automatic.map((a, i) => {
      known(`automatic[${i}].state`, a.state);
      const action = source.actions[a.action];
      if (!action) {
        find(`automatic[${i}].action`, `there is no action "${a.action}"`, 'Name one of `actions`.');
      } else if (!WORDLESS_ACTS.includes(action.act)) {
        find(
          `automatic[${i}].action`,
          `the act "${action.act}" needs somebody to say something, and cannot happen by itself`,
          `Only these can: ${WORDLESS_ACTS.join(', ')}.`,
        );
      }
      return { state: a.state, action: a.action, when: condition(`automatic[${i}].when`, a.when) };
    }),
    clocks: source.clocks,
    pauses: source.pauses,
    taskClocks: source.taskClocks,
    ...(source.callback ? { callback: source.callback } : {}),
  };
  for (const state of unreachable(process)) {
    find(`states.${state}`, 'no action leads here', 'Remove the state, or let an action lead to it.');
  }
  return { process, findings };
}

function compileAction(
  name: string,
  source: ProcessSource['actions'][string],
  condition: (key: string, text: string) => (view: object) => boolean,
  known: (key: string, state: string) => void,
  find: (key: string, problem: string, remedy: string) => void,
): Action {
  const key = `actions.${name}`;
  if (Array.isArray(source.from)) for (const state of source.from) known(`${key}.from`, state);
  for (const state of typeof source.to === 'string' ? [source.to] : Object.values(source.to ?? {})) {
    known(`${key}.to`, state);
  }
  for (const result of strayResults(source)) {
    find(
      `${key}.to.${result}`,
      `the act "${source.act}" has no result "${result}"`,
      `Name its results: ${RESULTS[source.act]?.join(', ') ?? 'none, give one state'}.`,
    );
  }
  if (source.act === 'apply' || source.act === 'rule' ? !source.about : source.about) {
    find(
      `${key}.about`,
      'only `apply` and `rule` are about something, and both say what',
      `Name one of ${APPLICATIONS.join(', ')}.`,
    );
  }
  return {
    name,
    act: source.act,
    label: source.label,
    from: Array.isArray(source.from) ? new Set(source.from) : source.from,
    ...(source.to ? { to: source.to } : {}),
    power: source.power,
    ...(source.about ? { about: source.about } : {}),
    ...(source.kinds ? { kinds: source.kinds } : {}),
    guards: source.guards.map((g) => ({
      id: g.id,
      hardness: g.hardness,
      because: g.because,
      test: condition(`${key}.guards.${g.id}`, g.when),
    })),
  };
}

function strayResults({ act, to }: ProcessSource['actions'][string]): readonly string[] {
  if (to === undefined || typeof to === 'string') return [];
  return Object.keys(to).filter((result) => !RESULTS[act]?.includes(result));
}

/** States that no way of actions leads to from the initial one. */
export function unreachable(process: Process): readonly string[] {
  const seen = new Set([process.initial]);
  const open = [process.initial];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const action of Object.values(process.actions)) {
      if (action.from instanceof Set && !action.from.has(state)) continue;
      const targets = typeof action.to === 'string' ? [action.to] : Object.values(action.to ?? {});
      if (action.act === 'merge' && process.merged !== undefined) targets.push(process.merged);
      for (const target of targets) {
        if (seen.has(target)) continue;
        seen.add(target);
        open.push(target);
      }
    }
  }
  return Object.keys(process.states).filter((state) => !seen.has(state));
}
