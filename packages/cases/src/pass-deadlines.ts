import type { Case } from './case.ts';
import { awaitedDeadlines } from './clocks.ts';
import type { Fact } from './fact.ts';
import type { Process } from './process.ts';
import { type Context, type Decision, SYSTEM, Work } from './work.ts';

/**
 * Notes every clock of a case that has passed by `context.now` and was not noted yet: one fact each, in the order they passed, dated
 * at the moment that passed. Answers no facts where none has; a deadline is noted once however often it is asked, because
 * the case remembers which clock passed when. A case that has ended passes nothing.
 */
export function passDeadlines(process: Process, before: Case, context: Context): Decision {
  let after = before;
  const facts: Fact[] = [];
  for (const { clock, dueAt } of awaitedDeadlines(process, before, context.due)) {
    if (dueAt > context.now) break;
    const work = new Work(after, { by: SYSTEM, commandId: `clock/${clock}`, occurredAt: dueAt }, context);
    work.add({ type: 'deadlinePassed', data: { clock, dueAt } });
    after = work.state;
    facts.push(...work.facts);
  }
  return { facts, after };
}
