import type { Case, Phase } from '@gezhi/cases';
import { canReach } from './can-reach.ts';
import { isEnd, type Model, pathTo } from './explore.ts';
import type { ModelFinding } from './finding.ts';
import { firstOfEachState } from './way-rules.ts';

/** Where somebody can still do something about it. */
const WORK: ReadonlySet<Phase> = new Set<Phase>(['received', 'triage', 'dispatched', 'underway']);

/** What is owed to whoever asked: an answer or a callback before the end, and a way on where it was not solved. */
export function requesterRules(model: Model): readonly ModelFinding[] {
  return [...forgotten(model), ...(model.complete ? unsolvedDeadEnds(model) : []), ...closedUnsolved(model)];
}

/** Ends at which somebody who asked was neither told an answer nor called back; whoever withdrew knows. */
function forgotten({ nodes, process }: Model): ModelFinding[] {
  const ends = nodes.filter(
    (node) =>
      isEnd(node) &&
      node.case.state !== process.merged &&
      !node.told &&
      node.case.owed > 0 &&
      node.case.closedHow !== 'withdrawn',
  );
  return firstOfEachState(ends).map((node): ModelFinding => {
    const asked = node.case.phase === 'closed';
    return {
      code: asked ? 'never-asked' : 'never-told',
      severity: 'error',
      spot: { state: node.case.state },
      problem: asked
        ? {
            zh: '事情结束了，诉求人却没有被问过是否解决。',
            en: 'It ends here and whoever asked was never called back.',
          }
        : {
            zh: '事情结束了，诉求人却没有得到任何答复。',
            en: 'It ends here and whoever asked was never told anything.',
          },
      remedy: asked
        ? {
            zh: '结案前须回访：加条件 case.owed == 0。',
            en: 'Let it close only after callbacks: `case.owed == 0`.',
          }
        : {
            zh: '用答复、转介或不予派单的动作到达这里。',
            en: 'Let `answer`, `refer` or `decline` lead here.',
          },
      path: pathTo(node),
    };
  });
}

/** Somebody said "not solved", and nobody can take the work up again. */
function unsolvedDeadEnds({ nodes }: Model): ModelFinding[] {
  const canWork = canReach(nodes, (node) => WORK.has(node.case.phase));
  const stuck = nodes.filter((node) => isUnsolved(node.case) && !canWork.has(node));
  return firstOfEachState(stuck).map((node) => ({
    code: 'not-solved-dead-end',
    severity: 'error',
    spot: { state: node.case.state },
    problem: {
      zh: '诉求人说没有解决，从这里却回不到办理。',
      en: 'Somebody says it is not solved, and from here it never comes back to work.',
    },
    remedy: { zh: '给它一条重办或升级的路。', en: 'Give it a way to reopen or to escalate.' },
    path: pathTo(node),
  }));
}

/** An end that is come to over a "not solved", by itself (an error) or by somebody without a reason given (a warning). */
function closedUnsolved({ nodes }: Model): ModelFinding[] {
  const found = new Map<string, ModelFinding>();
  for (const node of nodes) {
    for (const { action, to, facts, bent } of node.edges) {
      if (bent || isEnd(node) || !isEnd(to) || !isUnsolved(to.case)) continue;
      const byItself = facts.at(-1)?.by.post === 'system';
      found.set(`${to.case.state}/${byItself}`, {
        code: 'closed-unsolved',
        severity: byItself ? 'error' : 'warning',
        spot: { state: to.case.state, action },
        problem: {
          zh: `有人说没有解决，事情却${byItself ? '自动' : '不必说明理由就'}结束了。`,
          en: `Somebody says it is not solved, and it ends ${byItself ? 'by itself' : 'without a reason given'}.`,
        },
        remedy: {
          zh: '加条件 case.unsolved == 0（可说明理由变通）。',
          en: 'Guard it by `case.unsolved == 0`, bendable with a reason.',
        },
        path: [...pathTo(node), action],
      });
    }
  }
  return [...found.values()];
}

function isUnsolved(c: Case): boolean {
  return Object.values(c.voices).some(
    ({ callback }) => typeof callback?.answer === 'object' && callback.answer.solved === 'no',
  );
}
