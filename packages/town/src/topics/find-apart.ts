import { Worker } from 'node:worker_threads';
import type { Instant } from '@gezhi/basis';
import type { KnownTopic, Topic, TopicMessage } from '@gezhi/text';

export type TopicsOrder = {
  readonly messages: readonly TopicMessage[];
  readonly from: Instant;
  readonly to: Instant;
  readonly previous: readonly KnownTopic[];
  readonly isPublic: boolean;
};

let last: Promise<unknown> = Promise.resolve();

/**
 * `findTopics` in a thread of its own: it takes about a millisecond a message, and the service answers meanwhile. One at a time in a process; the others wait for their turn.
 */
export async function findTopicsApart(order: TopicsOrder): Promise<readonly Topic[]> {
  // Whoever comes after one that failed is not concerned by it.
  const turn = last.then(
    () => run(order),
    () => run(order),
  );
  last = turn;
  return await turn;
}

async function run(order: TopicsOrder): Promise<readonly Topic[]> {
  if (order.messages.length === 0) return [];
  const thread = new Worker(new URL('./topics-thread.ts', import.meta.url), { workerData: order });
  return await new Promise((resolve, reject) => {
    thread.once('message', resolve);
    thread.once('error', reject);
    thread.once('exit', (code) => reject(new Error(`the thread that finds topics ended with ${code}`)));
  });
}
