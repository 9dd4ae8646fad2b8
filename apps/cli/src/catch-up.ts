import type { Installation } from '@gezhi/town';
import { follow, rollupFollower, searchFollower } from '@gezhi/workers';
import { type Io, say } from './io.ts';
import { progress } from './progress.ts';

/**
 * Brings the followers of the log (roll-ups, search) to its end, so that numbers are there when a command ends. Beside a running
 * service both follow: each fact is still taken once.
 */
export async function catchUp(io: Io, installation: Installation): Promise<void> {
  const bar = progress(io, say(io, '统计与检索', 'roll-ups and search'));
  let facts = 0;
  try {
    for (const town of installation.towns.values()) {
      for (const follower of [rollupFollower, searchFollower]) {
        for (;;) {
          const step = await follow(town, follower, { batchesMax: 1 });
          if (step.facts === 0) break;
          facts += step.facts;
          bar.at(facts);
        }
      }
    }
  } finally {
    bar.end();
  }
}
