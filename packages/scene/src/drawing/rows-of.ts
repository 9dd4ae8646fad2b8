import { type Action, isOpenPhase, PHASES, type Process, type State } from '@gezhi/cases';

/** One arrow of the drawing: from these states to that one. `result` is the way the act went, where it can go several ways. */
export type Row = {
  readonly action: Action;
  readonly from: readonly string[];
  readonly to: string;
  readonly results: readonly string[];
  readonly byItself: boolean;
};

/** The states in the order of their phases, and within one as the pack lists them. */
export function statesInOrder(process: Process): readonly State[] {
  return Object.values(process.states).sort((a, b) => PHASES.indexOf(a.phase) - PHASES.indexOf(b.phase));
}

/** Every arrow, what happens by itself after what somebody does, in the order in which a case meets them. */
export function rowsOf(process: Process): readonly Row[] {
  const column = new Map(statesInOrder(process).map((state, i) => [state.name, i]));
  const rows = [
    ...Object.values(process.actions).flatMap((action) =>
      arrows(process, action, fromOf(process, action), false),
    ),
    ...process.automatics.flatMap(({ state, action }) =>
      arrows(process, process.actions[action]!, [state], true),
    ),
  ];
  const place = (row: Row): readonly number[] => [
    Math.min(...row.from.map((state) => column.get(state)!)),
    Number(row.byItself),
    column.get(row.to)!,
  ];
  return merged(rows).sort((a, b) => compare(place(a), place(b)));
}

/** What leaves the state as it is: in these states, or wherever the case is open, or at any time. */
export function stayingActions(process: Process): readonly Action[] {
  return Object.values(process.actions).filter(
    (action) => action.to === undefined && action.act !== 'merge' && action.act !== 'unmerge',
  );
}

function arrows(
  process: Process,
  action: Action,
  from: readonly string[],
  byItself: boolean,
): readonly Row[] {
  if (action.act === 'merge' && process.merged !== undefined)
    return [{ action, from, to: process.merged, results: [], byItself }];
  if (action.to === undefined) return [];
  if (typeof action.to === 'string') return [{ action, from, to: action.to, results: [], byItself }];
  const targets = new Map<string, string[]>();
  for (const [result, to] of Object.entries(action.to)) targets.set(to, [...(targets.get(to) ?? []), result]);
  const split = targets.size > 1;
  return [...targets].map(([to, results]) => ({ action, from, to, results: split ? results : [], byItself }));
}

/** The same thing that happens by itself in several states is one row. */
function merged(rows: readonly Row[]): Row[] {
  const known = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.action.name}/${row.to}/${row.byItself}`;
    const before = known.get(key);
    const from = before ? [...new Set([...before.from, ...row.from])] : row.from;
    known.set(key, { ...row, from });
  }
  return [...known.values()];
}

function fromOf(process: Process, action: Action): readonly string[] {
  if (action.from instanceof Set) return [...(action.from as ReadonlySet<string>)];
  return Object.values(process.states)
    .filter((state) => action.from === 'any' || isOpenPhase(state.phase))
    .map((state) => state.name);
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (const [i, value] of a.entries()) if (value !== b[i]) return value - b[i]!;
  return 0;
}
