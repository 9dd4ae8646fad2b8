import { isComplete } from '../request-counts.ts';
import { threeRates } from '../three-rates.ts';
import type { ThreeRatesPolicy } from '../three-rates-policy.ts';
import type { CountedRequest } from './edition.ts';
import type { EditionRequest } from './edition-case.ts';

/** How a request counts under a policy, and what it earned: by the same arithmetic as the rates, over it alone. */
export function countedRequest(
  subject: string,
  request: EditionRequest,
  caseId: string,
  policy: ThreeRatesPolicy,
): CountedRequest {
  const head = { subject, number: request.number, caseId, unit: request.unit };
  const { excluded, callback } = request;
  if (excluded) return { ...head, counts: 'excluded', reason: excluded.reason };
  if (callback === undefined) return { ...head, counts: 'uncalled' };
  if (callback === 'unreachable') return { ...head, counts: 'unreachable' };
  if (policy.noAnswer === 'invalid' && !isComplete(callback)) return { ...head, counts: 'incomplete' };
  const { response, solve, satisfaction } = threeRates([request], policy);
  const earned = {
    response: response?.numerator ?? 0,
    solve: solve?.numerator ?? 0,
    satisfaction: satisfaction?.numerator ?? 0,
  };
  return { ...head, counts: 'valid', earned };
}
