import type { Instant } from '@gezhi/basis';
import { isoDay } from '@gezhi/clock';
import type { Town } from './town.ts';

/** The day by the town's clock: `2026-05-06`. */
export function dayIn({ calendar }: Pick<Town, 'calendar'>, at: Instant): string {
  return isoDay(calendar.zone.dayOf(at));
}
