import type { Refusal } from '@gezhi/basis';
import type { Case } from './case.ts';
import { automatic } from './decide.ts';
import type { Process } from './process.ts';
import { type Context, type Decision, SYSTEM, Work } from './work.ts';

/**
 * A part of a case has come to its end: the parent notes it, lowers the flag that the part had raised, and goes on as far as its process
 * goes by itself. No facts where the parent does not know the part (a secret report) or was told already.
 */
export function childEnded(
  process: Process,
  parent: Case,
  child: Case,
  context: Context,
): Decision | Refusal {
  const known = parent.children.includes(child.caseId) && !parent.endedChildren?.includes(child.caseId);
  if (!known) return { facts: [], after: parent };
  const work = new Work(parent, { by: SYSTEM, commandId: `child/${child.caseId}` }, context);
  const { kind, phase } = child;
  const { raises } = context.kind(kind);
  const data = { child: child.caseId, kind, phase, ...(raises ? { raises } : {}) };
  work.add({ type: 'childEnded', data });
  return automatic(process, work) ?? { facts: work.facts, after: work.state };
}
