import { DAY, type Instant } from '@gezhi/basis';
import { signText } from '../same/sign-text.ts';
import type { TopicMessage } from './topic.ts';
import type { TopicPolicy } from './topic-policy.ts';

/**
 * The heat of a topic by the policy's formula. However often one person writes, it adds at most `personMax`; likes add nothing.
 *
 * @param from, to the window
 */
export function heatOf(
  members: readonly TopicMessage[],
  { from, to }: { readonly from: Instant; readonly to: Instant },
  policy: TopicPolicy,
): number {
  const halfLife = policy.halfLifeDays === null ? (to - from) / 2 : policy.halfLifeDays * DAY;
  const faded = (at: Instant): number => (halfLife > 0 ? 2 ** (-Math.max(0, to - at) / halfLife) : 1);
  const known = new Map<string, { times: number; last: Instant }>();
  const unknown = new Map<number, Instant>();
  for (const { personKey, text, at } of members) {
    if (!personKey) {
      const { wording } = signText(text);
      unknown.set(wording, Math.max(at, unknown.get(wording) ?? at));
      continue;
    }
    const before = known.get(personKey);
    known.set(personKey, { times: (before?.times ?? 0) + 1, last: Math.max(at, before?.last ?? at) });
  }
  let heat = 0;
  for (const { times, last } of known.values()) {
    heat += Math.min(policy.personMax, 1 + policy.repeatWeight * Math.log(times)) * faded(last);
  }
  const strangers = [...unknown.values()].reduce((sum, at) => sum + faded(at), 0);
  return heat + Math.sqrt(strangers);
}

/** How many different people, by their keys; those without a key are as many as their different wordings. */
export function countPeople(members: readonly TopicMessage[]): number {
  const keys = members.map(({ personKey, text }) => personKey ?? signText(text).wording);
  return new Set(keys).size;
}
