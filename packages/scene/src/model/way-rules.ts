import { isFrom, isOpenPhase } from '@gezhi/cases';
import { canReach } from './can-reach.ts';
import { isEnd, type Model, type Node, pathTo } from './explore.ts';
import type { ModelFinding } from './finding.ts';

/** The only acts by which a case that has ended goes on. */
const TAKES_UP_AGAIN: ReadonlySet<string> = new Set(['reopen', 'unmerge']);

/** Where a case can go: every state is entered and has a way to an end, every action and condition is of use, nothing circles. */
export function wayRules(model: Model): readonly ModelFinding[] {
  if (!model.complete) return [...tooLarge(model), ...circles(model), ...leftEnds(model)];
  return [
    ...unreachableStates(model),
    ...deadEnds(model),
    ...idleActions(model),
    ...idleConditions(model),
    ...circles(model),
    ...leftEnds(model),
  ];
}

function tooLarge({ complete, nodes }: Model): ModelFinding[] {
  if (complete) return [];
  return [
    {
      code: 'too-large',
      severity: 'warning',
      spot: {},
      problem: {
        zh: `情形超过 ${nodes.length} 种，未能全部走完。`,
        en: `It has more than ${nodes.length} situations; not all were tried.`,
      },
      remedy: { zh: '让条件少读几个字段。', en: 'Let conditions read fewer fields.' },
    },
  ];
}

function unreachableStates({ process, visited }: Model): ModelFinding[] {
  return Object.keys(process.states)
    .filter((state) => !visited.has(state))
    .map((state) => ({
      code: 'unreachable-state',
      severity: 'error',
      spot: { state },
      problem: { zh: '没有一条路走到这个状态。', en: 'No way leads to this state.' },
      remedy: {
        zh: '删去它，或让某个有人可做的动作通向它。',
        en: 'Remove it, or let an action that somebody may do lead to it.',
      },
    }));
}

/** One for each state: the shortest way into a situation from which no end can be reached any more. */
function deadEnds(model: Model): ModelFinding[] {
  const canEnd = canReach(model.nodes, isEnd);
  return firstOfEachState(model.nodes.filter((node) => !canEnd.has(node))).map((node) => ({
    code: 'no-way-out',
    severity: 'error',
    spot: { state: node.case.state },
    problem: { zh: '走到这里就再也到不了终点。', en: 'From here no end can be reached any more.' },
    remedy: {
      zh: '给它一个有人可做、条件可满足的出口。',
      en: 'Give it a way out that somebody may take and whose conditions can hold.',
    },
    path: pathTo(node),
  }));
}

/** An action that nobody may do where it stands open is told apart from one that is refused for other reasons. */
function idleActions({ process, nodes, done, holders, watched }: Model): ModelFinding[] {
  return Object.values(process.actions).flatMap((action): ModelFinding[] => {
    if (done.has(action.name)) return [];
    const byItself = process.automatics.some(
      (a, i) => a.action === action.name && watched.automatics.get(i)!.held > 0,
    );
    if (byItself) return [];
    const open = nodes.filter((node) => isFrom(action, node.case));
    if (action.act === 'unmerge' || open.some((node) => holders(action.power, node.case))) {
      const unmerging = action.act === 'unmerge';
      return unmerging ? [] : [neverDone(action.name)];
    }
    if (open.length === 0) return [neverDone(action.name)];
    return [
      {
        code: 'no-holder',
        severity: 'error',
        spot: { action: action.name, state: open[0]!.case.state },
        problem: {
          zh: `没有人持有权力“${action.power}”，或该状态下没有这样的人。`,
          en: `Nobody holds the power "${action.power}", or nobody of that sort is there in this state.`,
        },
        remedy: {
          zh: '在 powers.yaml 中授予某个岗位，或删去动作。',
          en: 'Permit it to a post in powers.yaml, or remove the action.',
        },
      },
    ];
  });
}

function neverDone(action: string): ModelFinding {
  return {
    code: 'action-never',
    severity: 'warning',
    spot: { action },
    problem: {
      zh: '在试过的情形里，这个动作一次也做不成。',
      en: 'It was never possible in anything that was tried.',
    },
    remedy: {
      zh: '检查它的起始状态和条件；若动作需要特别的输入，为模型检查列一例。',
      en: 'Look at its `from` and guards; where its act needs an input of its own, list one for the model check.',
    },
  };
}

function idleConditions({ process, watched }: Model): ModelFinding[] {
  const findings: ModelFinding[] = [];
  for (const action of Object.values(process.actions)) {
    for (const guard of action.guards) {
      const count = watched.guards.get(`${action.name}/${guard.id}`);
      if (!count || count.asked === 0 || count.held > 0) continue;
      findings.push({
        code: 'guard-never-holds',
        severity: guard.hardness === 'hard' ? 'error' : 'warning',
        spot: { action: action.name, guard: guard.id },
        problem: {
          zh: '在试过的情形里，这个条件从未成立。',
          en: 'This condition never held in anything that was tried.',
        },
        remedy: { zh: '改正条件，或删去它。', en: 'Mend the condition, or remove it.' },
      });
    }
  }
  for (const [i, { asked, held }] of watched.automatics) {
    const { state, action } = process.automatics[i]!;
    if (asked > 0 && held > 0) continue;
    findings.push({
      code: 'automatic-never',
      severity: 'warning',
      spot: { state, action },
      problem: { zh: '这一步从不自动发生。', en: 'This never happens by itself.' },
      remedy: { zh: '改正条件，或删去它。', en: 'Mend its condition, or remove it.' },
    });
  }
  return findings;
}

function circles({ circles: found }: Model): ModelFinding[] {
  return [...found].map(([state, node]) => ({
    code: 'automatic-loop',
    severity: 'error',
    spot: { state },
    problem: { zh: '自动步骤在这里转圈，停不下来。', en: 'What happens by itself runs in a circle here.' },
    remedy: {
      zh: '让其中一步的条件在做过之后不再成立。',
      en: 'Let the condition of one step no longer hold once it was done.',
    },
    ...(node ? { path: pathTo(node) } : {}),
  }));
}

/** For Open311 a case is open or closed: closed becomes open by a reopening only, and by the undoing of a merge. */
function leftEnds({ process, nodes }: Model): ModelFinding[] {
  const found = new Map<string, ModelFinding>();
  for (const node of nodes.filter(isEnd)) {
    for (const { action, to, facts } of node.edges) {
      const act = process.actions[action]?.act;
      const moved = to.case.state !== node.case.state || facts.some((fact) => 'to' in fact.data);
      if (!moved || (act !== undefined && TAKES_UP_AGAIN.has(act)) || !isOpenPhase(to.case.phase)) continue;
      found.set(`${node.case.state}/${action}`, {
        code: 'leaves-end',
        severity: 'error',
        spot: { state: node.case.state, action },
        problem: {
          zh: '已到终点的事被这个动作带离终点。',
          en: 'A matter that has ended goes on by this action.',
        },
        remedy: { zh: '只有重办可以离开终点。', en: 'Only a reopening leaves an end.' },
        path: [...pathTo(node), action],
      });
    }
  }
  return [...found.values()];
}

/** The first situation found in each state. */
export function firstOfEachState(nodes: readonly Node[]): readonly Node[] {
  const first = new Map<string, Node>();
  for (const node of nodes) if (!first.has(node.case.state)) first.set(node.case.state, node);
  return [...first.values()];
}
