import type { Instant } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import { follow } from './follow.ts';
import { knowledgeFollower } from './knowledge-follower.ts';
import type { Leader } from './leader.ts';
import { type Loop, startLoop } from './loop.ts';
import { followTopics } from './topics.ts';

/** What the loops that read stand on. */
export type ReadingLoops = {
  readonly eachTown: (work: (town: Town) => Promise<void>) => Promise<void>;
  readonly leader: Leader;
  readonly now: () => Instant;
  readonly isStopping: () => boolean;
  readonly log: (line: string) => void;
  readonly intervals: { readonly knowledge: number; readonly topics: number };
};

/** Starts what learns from what was said: answers become proposals for the knowledge base, and what many say becomes topics. */
export function readingLoops(options: ReadingLoops): readonly Loop[] {
  const { eachTown, leader, now, isStopping, log, intervals } = options;
  const learner = knowledgeFollower(now);
  const learn = (): Promise<void> =>
    eachTown(async (town) => void (await follow(town, learner, { stopping: isStopping })));
  const topics = (): Promise<void> =>
    eachTown(async (town) => {
      if (await leader.leads(`topics ${town.district}`)) await followTopics(town, now(), isStopping);
    });
  return [
    startLoop({ name: 'Learning answers', everyMs: intervals.knowledge, step: learn, log }),
    startLoop({ name: 'Finding topics', everyMs: intervals.topics, step: topics, log }),
  ];
}
