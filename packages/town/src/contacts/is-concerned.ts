import type { Actor, Case } from '@gezhi/cases';
import { unitsAbove } from '../may.ts';
import type { Town } from '../town.ts';

/** Whether a matter is about the unit of this post, or about one above it. No policy bends this. */
export function isConcerned(town: Town, c: Pick<Case, 'against'>, by: Actor): boolean {
  const unit = town.posts.get(by.post)?.unit;
  const { against = [] } = c;
  return unit !== undefined && [unit, ...unitsAbove(town, unit)].some((one) => against.includes(one));
}
