import type { Instant } from '@gezhi/basis';
import type { CaseOutcome, MeasuredCase, MeasuredRequest } from '@gezhi/measures';
import type { Case } from './case.ts';
import type { ApplicationAbout, CarriedVoice } from './fact.ts';
import { isOpenPhase } from './phase.ts';
import { sinceReopened } from './turn.ts';

/**
 * A case as the measures see it. `dueAt` is the end of its handling term as it stands now (from `clocksOf`), which counts where
 * no promise was made; each voice's own term ends when it was promised to. A voice counts by its first
 * callback: work done again after somebody said "not solved" does not unsay it.
 */
export function measuredCase(c: Case, dueAt: Instant | undefined): MeasuredCase {
  const unit = c.lead?.unit ?? 'none';
  const outcome = outcomeOf(c);
  const doneAt = sinceReopened(c.turns, 'done');
  const checkedAt = sinceReopened(c.turns, 'checked');
  return {
    caseId: c.caseId,
    place: c.place.code,
    kind: c.kind,
    unit,
    openedAt: c.openedAt,
    ...(c.dispatchedFirstAt === undefined ? {} : { dispatchedAt: c.dispatchedFirstAt }),
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(doneAt === undefined ? {} : { doneAt }),
    ...(c.endedAt === undefined ? {} : { closedAt: c.endedAt }),
    ...(outcome && !isOpenPhase(c.phase) ? { outcome } : {}),
    reworks: c.counts.reworks,
    extensions: granted(c, 'extension'),
    dispatches: c.counts.dispatches,
    wrongDispatches: granted(c, 'objection'),
    ...(checkedAt === undefined ? {} : { checkedAt }),
    merged: c.mergedInto !== undefined,
    requests: Object.values(c.voices).map((voice) => measuredRequest(c, voice, unit)),
  };
}

/** How many applications of a sort were granted: an upheld objection says that a dispatch was wrong. */
function granted(c: Case, about: ApplicationAbout): number {
  return (c.applications ?? []).filter((a) => a.about === about && a.ruled?.granted).length;
}

function measuredRequest(c: Case, voice: CarriedVoice, unit: string): MeasuredRequest {
  const { promised, excluded } = voice;
  const callback = voice.firstCallback ?? voice.callback;
  return {
    number: voice.number,
    place: c.place.code,
    kind: c.kind,
    unit,
    channel: voice.channel,
    requestKind: voice.requestKind,
    createdAt: voice.saidAt,
    ...(promised ? { termEndAt: promised.dueAt } : {}),
    ...(callback ? { calledBackAt: callback.at, callback: callback.answer } : {}),
    ...(excluded ? { excluded: { reason: excluded.reason, evidence: excluded.evidence?.id ?? '' } } : {}),
  };
}

function outcomeOf(c: Case): CaseOutcome | undefined {
  if (c.phase === 'answered' || c.phase === 'referred' || c.phase === 'declined') return c.phase;
  return c.closedHow === 'stated' ? 'stated' : c.outcome;
}
