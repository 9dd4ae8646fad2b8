// The thread that tells what happens in the made-up town in a span of time, and ends.
import { parentPort, workerData } from 'node:worker_threads';
import type { Instant } from '@gezhi/basis';
import { type Happening, liveStream, makeTown } from '@gezhi/demo';

export type StreamOrder = {
  readonly seed: number;
  readonly perDay: number;
  /** Exclusive. */
  readonly from: Instant;
  readonly to: Instant;
};

if (parentPort) {
  const { seed, perDay, from, to } = workerData as StreamOrder;
  const told: Happening[] = [];
  for (const happening of liveStream(makeTown(seed), seed, from, perDay)) {
    if (happening.at > to) break;
    told.push(happening);
  }
  parentPort.postMessage(told);
}
