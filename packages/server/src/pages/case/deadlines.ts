import type { RequestNumber } from '@gezhi/basis';
import { type Case, clocksOf, type Due, type RunningClock } from '@gezhi/cases';
import { explainDeadline, parseTerm, sayExplanation } from '@gezhi/clock';
import { contextOf } from '@gezhi/town';
import type { Visit } from '../kit/visit.ts';
import type { CaseView } from './case-view.ts';

/** A clock of a case with the sentences that explain its term, stretch by stretch; none where another system stated it. */
export type ToldClock = RunningClock & { readonly late: boolean; readonly explanation: readonly string[] };

export function tellClocks(visit: Visit, { c, process }: CaseView): readonly ToldClock[] {
  return clocksOf(process, c, contextOf(visit.town, visit.now).due).map((clock) => ({
    ...clock,
    late: clock.due !== undefined && (clock.stoppedAt ?? visit.now) > clock.due.dueAt,
    explanation: clock.due && !clock.boundBy ? explain(visit, clock.startedAt, clock.due) : [],
  }));
}

/** What was promised to a requester, and how that moment came about; the promise stands even where the town's rules changed since. */
export function tellPromise(
  visit: Visit,
  { c, facts }: CaseView,
  number: RequestNumber,
): { readonly due: Due; readonly explanation: readonly string[] } | undefined {
  const due = c.voices[number]?.promised;
  if (!due) return undefined;
  const told = facts.find((fact) => fact.type === 'promised' && fact.data.number === number);
  const start = facts.findLast((fact) => fact.type === 'dispatched' && fact.seq < (told?.seq ?? c.seq + 1));
  return { due, explanation: start ? explain(visit, start.occurredAt, due) : [] };
}

/** Nothing is explained that does not come out at the moment that was fixed. */
function explain({ town, lang, w }: Visit, start: number, due: Due): readonly string[] {
  if (due.term === 'extension') return [w.case.granted];
  if (due.calendar === 'stated') return [];
  const explanation = explainDeadline({ start, term: parseTerm(due.term), calendar: town.calendarAt(start) });
  return explanation.dueAt === due.dueAt ? sayExplanation(explanation, lang) : [];
}

/** Whether a case counts as late now: it was marked so, or its next deadline has passed and nobody has noticed yet. */
export function isLate(c: Pick<Case, 'flags'>, nextDue: number | null, now: number): boolean {
  return c.flags.includes('late') || (nextDue !== null && nextDue <= now);
}
