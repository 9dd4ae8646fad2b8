import type { FieldDay } from '@gezhi/contract';

/**
 * Whether the app keeps quiet: off duty it shows no badge and asks for nothing. A duty post is never off duty. `until` is when the post is
 * on duty again, where that is known; hours that were fetched too long ago say nothing, and then it keeps quiet too.
 */
export function quietAt(
  duty: FieldDay['duty'],
  now: number,
): { readonly quiet: boolean; readonly until?: string } {
  if (duty.always) return { quiet: false };
  if (duty.hours.some(({ from, to }) => Date.parse(from) <= now && now < Date.parse(to)))
    return { quiet: false };
  const next = duty.hours.find(({ from }) => Date.parse(from) > now);
  return { quiet: true, ...(next ? { until: next.from } : {}) };
}
