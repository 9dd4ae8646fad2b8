import type { CallbackAnswer } from '../measured-case.ts';
import { isComplete } from '../request-counts.ts';
import { threeRates } from '../three-rates.ts';
import type { ThreeRatesPolicy } from '../three-rates-policy.ts';
import type { CountedRequest } from './edition.ts';
import type { EditionRequest } from './edition-case.ts';

/** How single requests count under a policy, and what each earned: by the same arithmetic as the rates, over it alone. */
export function countingBy(
  policy: ThreeRatesPolicy,
): (subject: string, request: EditionRequest, caseId: string) => CountedRequest {
  const earn = earningBy(policy);
  return (subject, request, caseId) => {
    const head = { subject, number: request.number, caseId, unit: request.unit };
    const { excluded, callback } = request;
    if (excluded) return { ...head, counts: 'excluded', reason: excluded.reason };
    if (callback === undefined) return { ...head, counts: 'uncalled' };
    if (callback === 'unreachable') return { ...head, counts: 'unreachable' };
    if (policy.noAnswer === 'invalid' && !isComplete(callback)) return { ...head, counts: 'incomplete' };
    return { ...head, counts: 'valid', earned: earn(request, callback) };
  };
}

type Earned = NonNullable<CountedRequest['earned']>;

/** What a request earned rests on its three answers alone, of which there are 48: each is computed once. */
function earningBy(policy: ThreeRatesPolicy): (request: EditionRequest, callback: CallbackAnswer) => Earned {
  const known = new Map<string, Earned>();
  return (request, { contacted, solved, satisfied }) => {
    const key = `${contacted}/${solved}/${satisfied}`;
    let earned = known.get(key);
    if (!earned) {
      const { response, solve, satisfaction } = threeRates([request], policy);
      earned = {
        response: response?.numerator ?? 0,
        solve: solve?.numerator ?? 0,
        satisfaction: satisfaction?.numerator ?? 0,
      };
      known.set(key, earned);
    }
    return earned;
  };
}
