import type { Action, Guard, GuardView, Label, Phase, Process } from '@gezhi/cases';
import { makePowerTable, type PowerTable } from '@gezhi/powers';

/** A process, its powers and its terms, made up for a test of the model check. */
export type MadeUp = {
  readonly process: Process;
  readonly powers: PowerTable;
  readonly clocks: { readonly stages: Readonly<Record<string, string>> };
};

/** How a sound process is drawn: how many steps its work has, and ways between them that are not the plain one on. */
export type Shape = {
  readonly steps: number;
  readonly jumps: readonly (readonly [number, number])[];
  readonly answers: boolean;
};

/** Some words in both languages. */
export const WORDS_OF_BOTH: Label = { zh: '一步', en: 'a step' };

/** A sound process: steps of work, reported done, checked, called back, closed; reopened where it was not solved. */
export function soundProcess({ steps, jumps, answers }: Shape): MadeUp {
  const step = (i: number): string => `step${i % steps}`;
  const phases: [string, Phase][] = [
    ...Array.from({ length: steps }, (_, i): [string, Phase] => [step(i), i === 0 ? 'received' : 'underway']),
    ['reported', 'done'],
    ['asked', 'check'],
    ['over', 'closed'],
    ['merged', 'closed'],
    ...(answers ? ([['told', 'answered']] as [string, Phase][]) : []),
  ];
  const on = Array.from({ length: steps - 1 }, (_, i) => action(`go${i}`, 'contact', [step(i)], step(i + 1)));
  const across = jumps.map(([from, to], i) => action(`jump${i}`, 'contact', [step(from)], step(to)));
  const back = { led: step(0), unled: step(0) };
  const actions = [
    ...on,
    ...across,
    action('note', 'note', 'open'),
    action('merge', 'merge', 'open'),
    action('finish', 'finish', [step(steps - 1)], 'reported'),
    action('check', 'check', ['reported'], { passed: 'asked', failed: step(0) }),
    action('callBack', 'callBack', ['asked'], { complete: 'asked' }),
    action('close', 'close', ['asked'], 'over', [
      guard('asked', 'hard', (view) => view.case.owed === 0n),
      guard('solved', 'bendable', (view) => view.case.unsolved === 0n),
    ]),
    action('reopen', 'reopen', ['asked', 'over'], back),
    ...(answers ? [action('answer', 'answer', [step(0)], 'told')] : []),
  ];
  return {
    process: {
      id: 'made.up',
      scene: 'made.up',
      pack: '1.0.0',
      initial: step(0),
      merged: 'merged',
      states: Object.fromEntries(
        phases.map(([name, phase]) => [name, { name, phase, label: WORDS_OF_BOTH }]),
      ),
      actions: Object.fromEntries(actions.map((a) => [a.name, a])),
      automatics: [],
      clocks: [{ name: 'work', starts: ['opened', 'reopened'], stops: ['done', 'answered'], stage: 'work' }],
    },
    powers: powersFor([...actions.map((a) => a.power), 'more']),
    clocks: { stages: { work: '7d' } },
  };
}

/** An action of that name; its power bears the same name. */
export function action(
  name: string,
  act: Action['act'],
  from: readonly string[] | 'open' | 'any',
  to?: Action['to'],
  guards: readonly Guard[] = [],
): Action {
  const states = typeof from === 'string' ? from : new Set(from);
  return { name, act, label: WORDS_OF_BOTH, from: states, ...(to ? { to } : {}), power: name, guards };
}

export function guard(id: string, hardness: Guard['hardness'], test: (view: GuardView) => boolean): Guard {
  return { id, hardness, because: WORDS_OF_BOTH, test };
}

/** A list that gives each power to one kind of post, and all of them to the post `system`. */
export function powersFor(powers: readonly string[]): PowerTable {
  const rest = { effect: 'permit', relation: 'any', basis: 'a made-up law', text: WORDS_OF_BOTH } as const;
  return makePowerTable([
    ...powers.map((power) => ({
      ...rest,
      id: `row-${power}`,
      powers: [power],
      postKinds: [`kind-${power}`],
    })),
    { ...rest, id: 'system', powers: ['*'], roles: ['system'] },
  ]);
}
