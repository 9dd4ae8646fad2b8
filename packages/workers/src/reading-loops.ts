import type { Instant } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import { follow } from './follow.ts';
import { knowledgeFollower } from './knowledge-follower.ts';
import { type Loop, startLoop } from './loop.ts';

/** What the loops that read stand on. */
export type ReadingLoops = {
  readonly eachTown: (work: (town: Town) => Promise<void>) => Promise<void>;
  readonly now: () => Instant;
  readonly isStopping: () => boolean;
  readonly log: (line: string) => void;
  readonly intervals: { readonly knowledge: number };
};

/** Starts what learns from what was said: answers become proposals for the knowledge base. */
export function readingLoops({ eachTown, now, isStopping, log, intervals }: ReadingLoops): readonly Loop[] {
  const learner = knowledgeFollower(now);
  const learn = (): Promise<void> =>
    eachTown(async (town) => void (await follow(town, learner, { stopping: isStopping })));
  return [startLoop({ name: 'Learning answers', everyMs: intervals.knowledge, step: learn, log })];
}
