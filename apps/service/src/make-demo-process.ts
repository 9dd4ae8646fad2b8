// The process that makes the demo for a service: told what to make by its one argument, it tells its parent how far it is.
import { openInstallation } from '@gezhi/town';
import { follow, rollupFollower, searchFollower } from '@gezhi/workers';
import { makeDemo } from './make-demo.ts';
import type { DemoNews, DemoOrder } from './make-demo-apart.ts';

/** Nobody waits for an answer of this process: its batches may be as large as the database likes them. */
const FOLLOW_BATCH = 20_000;

const { database, ...options } = JSON.parse(process.argv[2] ?? '{}') as DemoOrder;
const tell = (news: DemoNews): void => {
  process.send?.(news);
};
const installation = await openInstallation({ ...database, as: 'guest' });
try {
  tell({ made: await makeDemo(installation, { ...options, progress: (share) => tell({ share }) }) });
  for (const town of installation.towns.values()) {
    for (const follower of [rollupFollower, searchFollower])
      await follow(town, follower, { batchMax: FOLLOW_BATCH });
  }
} finally {
  await installation.close();
}
