import type { Instant } from '@gezhi/basis';
import { keepTopics, TOPIC_WINDOWS, type Town, topicsAreOld } from '@gezhi/town';

/** Reads the standard windows of a town again where the last time is an hour ago; answers how many it read. */
export async function followTopics(
  town: Town,
  now: Instant,
  isStopping: () => boolean = () => false,
): Promise<number> {
  let read = 0;
  for (const scope of ['staff', 'public'] as const) {
    for (const days of TOPIC_WINDOWS) {
      if (isStopping() || !(await topicsAreOld(town, scope, days, now))) continue;
      await keepTopics(town, { scope, days }, now);
      read += 1;
    }
  }
  return read;
}
