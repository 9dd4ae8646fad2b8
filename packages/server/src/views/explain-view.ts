import { isoInstant } from '@gezhi/basis';
import { clocksOf, type Fact, type Reason, type RunningClock } from '@gezhi/cases';
import { explainDeadline, parseTerm, sayExplanation, sayMoment } from '@gezhi/clock';
import type { Explanation } from '@gezhi/contract';
import { dueIn, processOf, type Town } from '@gezhi/town';
import type { LoadedCase } from './load-case.ts';
import { sayAnyReason } from './reasons.ts';

/** Why the case went where it is, fact by fact, and every interval that made each of its deadlines. */
export function explainView(town: Town, { now: c, facts }: LoadedCase): Explanation {
  const clocks = clocksOf(processOf(town, c), c, (stage, of, startedAt) => dueIn(town, stage, of, startedAt));
  return {
    caseId: c.caseId,
    reasons: facts.flatMap((fact) => reasonsOf(town, fact)),
    deadlines: clocks.flatMap((clock) => deadlineOf(town, clock)),
  };
}

function reasonsOf(town: Town, fact: Fact): Explanation['reasons'] {
  const { because, reads, basis, catalogue } = fact.data as {
    because?: readonly Reason[];
    reads?: readonly string[];
    basis?: string;
    catalogue?: string;
  };
  if (!because?.length && !basis) return [];
  return [
    {
      at: isoInstant(fact.recordedAt),
      fact: fact.seq,
      type: fact.type,
      because: (because ?? []).map((reason) => sayAnyReason(town, reason)),
      ...(reads ? { reads: [...reads] } : {}),
      ...(basis ? { basis } : {}),
      ...(catalogue ? { catalogue } : {}),
    },
  ];
}

function deadlineOf(town: Town, { clock, startedAt, due, boundBy }: RunningClock): Explanation['deadlines'] {
  if (!due) return [];
  const zone = town.profile.zone;
  const common = {
    clock,
    dueAt: isoInstant(due.dueAt),
    calendar: due.calendar,
    provisional: due.provisional === true,
  };
  if (boundBy) {
    const zh = [`上级系统 ${boundBy} 的期限在先：${sayMoment(due.dueAt, zone, 'zh')}。`];
    const en = [`The term of ${boundBy} comes first and binds: ${sayMoment(due.dueAt, zone, 'en')}.`];
    return [{ ...common, say: { zh, en }, spans: [] }];
  }
  // What was granted, or stated by another system, was not reckoned.
  if (due.calendar === 'stated') return [{ ...common, say: { zh: [], en: [] }, spans: [] }];
  const explained = explainDeadline({
    start: startedAt,
    term: parseTerm(due.term),
    calendar: town.calendarAt(startedAt),
  });
  return [
    {
      ...common,
      say: { zh: [...sayExplanation(explained, 'zh')], en: [...sayExplanation(explained, 'en')] },
      spans: explained.spans.map(({ from, to, counts, ms, reason }) => ({
        from: isoInstant(from),
        ...(to === null ? {} : { to: isoInstant(to) }),
        counts,
        ...(ms === null ? {} : { ms }),
        reason: reason.code,
      })),
    },
  ];
}
