import { addCounts, type Counter, type Counts, type OpenCounts } from './counters.ts';
import type { CallbackAnswer, ExclusionReason, MeasuredRequest } from './measured-case.ts';

export const EXCLUSION_COUNTER: Readonly<Record<ExclusionReason, Counter>> = {
  emergency: 'excludedEmergency',
  inLegalProcedure: 'excludedInLegalProcedure',
  alreadyInProcess: 'excludedAlreadyInProcess',
  secretOrPrivacy: 'excludedSecretOrPrivacy',
  beyondDuty: 'excludedBeyondDuty',
  unlawful: 'excludedUnlawful',
  duplicate: 'excludedDuplicate',
  other: 'excludedOther',
};

const KIND_COUNTER: ReadonlyMap<string, Counter> = new Map([
  ['inquiry', 'inquiries'],
  ['help', 'helps'],
  ['complaint', 'complaints'],
  ['tipOff', 'tipOffs'],
  ['suggestion', 'suggestions'],
]);

const remembered = new Map<Counter, Map<string, Counts>>();

/**
 * What one request adds to each of its bases. An excluded request counts as received and as excluded, nothing
 * else: a callback that it had tells nothing. There are a few hundred different answers, so each is made once
 * and shared (frozen).
 */
export function requestCounts(request: MeasuredRequest): Counts {
  const kind = KIND_COUNTER.get(request.requestKind) ?? 'otherKinds';
  const state = stateKey(request);
  let ofKind = remembered.get(kind);
  if (!ofKind) {
    ofKind = new Map();
    remembered.set(kind, ofKind);
  }
  let counts = ofKind.get(state);
  if (!counts) {
    counts = Object.freeze(countState(request, kind));
    ofKind.set(state, counts);
  }
  return counts;
}

export function isComplete(answer: CallbackAnswer): boolean {
  return answer.contacted !== 'noAnswer' && answer.solved !== 'noAnswer' && answer.satisfied !== 'noAnswer';
}

function stateKey(request: MeasuredRequest): string {
  if (request.excluded) return request.excluded.reason;
  const callback = request.callback;
  if (callback === undefined) return 'uncalled';
  if (callback === 'unreachable') return callback;
  return `${callback.contacted}/${callback.solved}/${callback.satisfied}`;
}

function countState(request: MeasuredRequest, kind: Counter): OpenCounts {
  const counts: OpenCounts = { requests: 1, [kind]: 1 };
  if (request.excluded) {
    counts.excluded = 1;
    counts[EXCLUSION_COUNTER[request.excluded.reason]] = 1;
  } else if (request.callback === undefined) counts.uncalled = 1;
  else if (request.callback === 'unreachable') counts.unreachable = 1;
  else addCounts(counts, answerCounts(request.callback));
  return counts;
}

function answerCounts(answer: CallbackAnswer): OpenCounts {
  const counts: OpenCounts = { called: 1 };
  if (answer.contacted === 'yes') counts.contactedYes = 1;
  if (answer.contacted === 'noAnswer') counts.contactedNoAnswer = 1;
  if (answer.solved === 'yes') counts.solvedYes = 1;
  if (answer.solved === 'partly') counts.solvedPartly = 1;
  if (answer.solved === 'noAnswer') counts.solvedNoAnswer = 1;
  if (answer.satisfied === 'satisfied') counts.satisfied = 1;
  if (answer.satisfied === 'basically') counts.basically = 1;
  if (answer.satisfied === 'noAnswer') counts.satisfiedNoAnswer = 1;
  if (isComplete(answer)) addCounts(counts, completeCounts(answer));
  return counts;
}

function completeCounts(answer: CallbackAnswer): OpenCounts {
  const counts: OpenCounts = { complete: 1 };
  if (answer.contacted === 'yes') counts.completeContacted = 1;
  if (answer.solved === 'yes') counts.completeSolved = 1;
  if (answer.solved === 'partly') counts.completePartly = 1;
  if (answer.satisfied === 'satisfied') counts.completeSatisfied = 1;
  if (answer.satisfied === 'basically') counts.completeBasically = 1;
  return counts;
}
