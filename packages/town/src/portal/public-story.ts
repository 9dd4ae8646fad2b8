import type { Instant } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import type { Town } from '../town.ts';

type Label = { readonly zh: string; readonly en: string };
export type PublicStep = { readonly at: Instant; readonly say: Label };

/**
 * What happened to a case, for everybody: facts of the case alone, without words, and nothing of any one requester (no callback, no follow-up, no
 * contact). “Me too” is told without saying who.
 */
export function publicStoryOf(town: Town, facts: readonly Fact[]): readonly PublicStep[] {
  return facts.flatMap((fact) => {
    const say = sayFact(town, fact);
    return say ? [{ at: fact.recordedAt, say }] : [];
  });
}

/** The types of facts that it tells. */
export const PUBLIC_STEPS: readonly Fact['type'][] = [
  ...(['opened', 'dispatched', 'accepted', 'referred', 'declined', 'done', 'checked'] as const),
  ...(['closed', 'reopened', 'extended', 'deadlinePassed'] as const),
];

function sayFact(town: Town, fact: Fact): Label | undefined {
  switch (fact.type) {
    case 'opened':
      return { zh: '有人反映，已受理。', en: 'It was reported and taken in.' };
    case 'dispatched': {
      const { unit } = fact.data.lead;
      const name = town.units.get(unit)?.name ?? unit;
      return { zh: `已派给${name}。`, en: `It was sent to ${name}.` };
    }
    case 'accepted':
      return { zh: '承办单位已签收。', en: 'The unit has accepted it.' };
    case 'referred':
      return { zh: '已转给有权处理的单位。', en: 'It was referred to whoever can deal with it.' };
    case 'declined':
      return { zh: '不予派单。', en: 'It was not dispatched.' };
    case 'done':
      return { zh: '承办单位报告已办结，等待核查。', en: 'The unit reports it done; it is to be checked.' };
    case 'checked':
      return fact.data.passed
        ? { zh: '已核查。', en: 'It was checked.' }
        : { zh: '核查未通过，退回重办。', en: 'The check failed; it goes back to the unit.' };
    case 'closed':
      return { zh: '已结案。', en: 'It was closed.' };
    case 'reopened':
      return { zh: '还没解决，已重新办理。', en: 'It was not solved and is in hand again.' };
    case 'extended':
      return { zh: '办理期限已依规延长。', en: 'Its term was extended by rule.' };
    case 'deadlinePassed':
      return { zh: '已超过期限。', en: 'A deadline has passed.' };
    default:
      return undefined;
  }
}
