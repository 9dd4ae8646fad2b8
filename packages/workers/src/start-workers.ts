import { join } from 'node:path';
import type { Fault, Instant } from '@gezhi/basis';
import type { Gateway } from '@gezhi/connectors';
import type { LedgerFolders, Projection } from '@gezhi/storage';
import type { Installation, Town } from '@gezhi/town';
import { watchClocks } from './clock-watcher.ts';
import { emergencyLoop } from './emergency-loop.ts';
import { type Follower, follow } from './follow.ts';
import { type Lag, lagOf } from './lag.ts';
import { leaderOn } from './leader.ts';
import { learnTown } from './learn-town.ts';
import { ledgerWriter } from './ledger-writer.ts';
import { type Loop, startLoop } from './loop.ts';
import { NOTICES } from './notices/notices-follower.ts';
import { tellTown } from './notices/tell-town.ts';
import { readingLoops } from './reading-loops.ts';
import { rebuild } from './rebuild/rebuild.ts';
import { retentionWorker } from './retention-worker.ts';
import { rollupFollower } from './rollup-follower.ts';
import { followRulings } from './rulings-follower.ts';
import { searchFollower } from './search-follower.ts';
import type { Spool } from './spool/spool.ts';
import { deliverReplies } from './upstream-deliver.ts';
import { takeFolder } from './upstream-folder.ts';
import { upstreamFollower } from './upstream-follower.ts';

export type WorkersOptions = {
  /** Told what is out of the ordinary, a line at a time. */
  readonly log?: (line: string) => void;
  readonly now?: () => Instant;
  /** The journal to empty whenever the database is there. */
  readonly spool?: Spool;
  /** Where the ledgers lie; without it none is written. */
  readonly ledger?: LedgerFolders;
  /** How long each kind of worker rests after a step, in ms. */
  readonly intervals?: Partial<typeof INTERVALS>;
  readonly followers?: readonly Follower[];
  /** Where notices are handed over; without one they stay in the house, where they can be seen. */
  readonly gateway?: Gateway;
  /** The system above: its name, where its orders are put as files, where replies are handed over. */
  readonly upstream?: UpstreamPort;
};

export type UpstreamPort = {
  readonly system: string;
  readonly folder?: string;
  readonly gateway?: Gateway;
};

export type Workers = {
  /** Answers when every running step has ended. */
  stop(): Promise<void>;
  /** Brings all followers of all towns to the heads of their logs, now. */
  followNow(): Promise<void>;
  lag(): Promise<Lag>;
};

/** Half a second is soon enough for a list that somebody looks at; clocks are counted in minutes at the least. */
const INTERVALS = {
  follow: 500,
  rulings: 1_000,
  emergencies: 1_000,
  upstream: 2_000,
  knowledge: 5_000,
  topics: 60_000,
  clocks: 5_000,
  retention: 60_000,
  kinds: 60_000,
  notices: 1_000,
  spool: 1_000,
  ledger: 500,
};

/** As much of a batch as may be computed between two answers of the server in the same process: about 20 ms. */
const BATCH = 2_000;

/**
 * Starts what runs by itself: roll-ups and search follow the log, clocks that pass become facts, people are told, the journal is emptied.
 * Several processes may run workers on one database.
 */
export function startWorkers(installation: Installation, options: WorkersOptions = {}): Workers {
  const { now = Date.now, log = () => undefined, spool } = options;
  const followers = options.followers ?? [rollupFollower, searchFollower];
  const intervals = { ...INTERVALS, ...options.intervals };
  const leader = leaderOn(installation.db);
  let stopping = false;
  const isStopping = (): boolean => stopping;
  const eachTown = async (work: (town: Town) => Promise<void>): Promise<void> => {
    for (const town of [...installation.towns.values()]) if (!stopping) await work(town);
  };
  const followOne = (follower: Follower): (() => Promise<void>) => {
    return () =>
      eachTown(async (town) => {
        try {
          await follow(town, follower, { batchMax: BATCH, stopping: isStopping });
        } catch (error) {
          if ((error as Fault).code !== 'other-yardstick') throw error;
          await reckonAnew(installation, follower, log, (matter) => leader.leads(matter));
        }
      });
  };
  const loops: Loop[] = followers.map((follower) =>
    startLoop({
      name: `Following for ${follower.name}`,
      everyMs: intervals.follow,
      step: followOne(follower),
      log,
    }),
  );
  const rulings = (): Promise<void> =>
    eachTown(async (town) => await followRulings(town, { stopping: isStopping }));
  loops.push(startLoop({ name: 'Following rulings', everyMs: intervals.rulings, step: rulings, log }));
  loops.push(emergencyLoop({ eachTown, leader, now, log, everyMs: intervals.emergencies }));
  loops.push(...readingLoops({ eachTown, leader, now, isStopping, log, intervals }));
  const { system = 'city12345', folder, gateway: above } = options.upstream ?? {};
  const upstream = (): Promise<void> =>
    eachTown(async (town) => {
      if (!(await leader.leads(`upstream ${town.district}`))) return;
      if (folder) {
        const own = installation.towns.size === 1 ? folder : join(folder, town.district);
        await takeFolder(town, own, system, now);
      }
      await follow(town, upstreamFollower, { stopping: isStopping });
      await deliverReplies(town, above, now);
    });
  loops.push(startLoop({ name: 'Answering upstream', everyMs: intervals.upstream, step: upstream, log }));
  const clocks = (): Promise<void> =>
    eachTown(async (town) => {
      if (!(await leader.leads(`clocks ${town.district}`))) return;
      await watchClocks(town, now(), { stopping: isStopping });
    });
  loops.push(startLoop({ name: 'Watching clocks', everyMs: intervals.clocks, step: clocks, log }));
  const learn = (): Promise<void> =>
    eachTown(async (town) => await learnTown(town, now(), leader, isStopping));
  loops.push(startLoop({ name: 'Learning kinds', everyMs: intervals.kinds, step: learn, log }));
  const tell = (): Promise<void> =>
    eachTown(async (town) => {
      if (!(await leader.leads(`notices ${town.district}`))) return;
      await tellTown(town, options.gateway, now, { batchMax: BATCH, stopping: isStopping });
    });
  loops.push(startLoop({ name: 'Telling', everyMs: intervals.notices, step: tell, log }));
  const retain = retentionWorker(now, isStopping);
  const retention = (): Promise<void> =>
    eachTown(async (town) => {
      if (await leader.leads(`retention ${town.district}`)) await retain(town);
    });
  loops.push(startLoop({ name: 'Erasing what is due', everyMs: intervals.retention, step: retention, log }));
  const ledger = options.ledger && ledgerWriter(options.ledger, isStopping);
  if (ledger) {
    const write = (): Promise<void> =>
      eachTown(async (town) => {
        if (await leader.leads(`ledger ${town.district}`)) await ledger.follow(town);
      });
    loops.push(startLoop({ name: 'Writing the ledger', everyMs: intervals.ledger, step: write, log }));
  }
  if (spool) {
    const empty = async (): Promise<void> => {
      await spool.attach(installation);
      if (spool.size() > 0) await spool.drain(now);
    };
    loops.push(startLoop({ name: 'Emptying the journal', everyMs: intervals.spool, step: empty, log }));
  }
  return {
    stop: async () => {
      stopping = true;
      await Promise.all(loops.map((loop) => loop.stop()));
      await ledger?.close();
      await leader.close();
    },
    followNow: async () => {
      for (const follower of followers) await eachTown(async (town) => void (await follow(town, follower)));
    },
    lag: async () => ({
      ...(await lagOf(installation, [...followers.map((follower) => follower.name), NOTICES], now())),
      spooled: spool?.size() ?? 0,
    }),
  };
}

/**
 * Terms, kinds or calendar have changed since this projection was reckoned. The districts are read anew, in case it is us who are behind;
 * then one process reckons it anew, while the others keep still.
 */
async function reckonAnew(
  installation: Installation,
  follower: Follower,
  log: (line: string) => void,
  leads: (matter: string) => Promise<boolean>,
): Promise<void> {
  await installation.reload();
  if (await isOurs(installation, follower)) return;
  if (!(await leads('reckoning'))) return;
  log(`Terms, kinds or calendar have changed: "${follower.name}" is reckoned anew.`);
  const { seconds } = await rebuild(installation, { only: [follower.name as Projection] });
  log(`"${follower.name}" was reckoned anew in ${seconds.toFixed(1)} s.`);
}

async function isOurs(installation: Installation, follower: Follower): Promise<boolean> {
  const { rows } = await installation.db.pool.query<{ district: string; yardstick: string }>(
    'SELECT district, yardstick FROM follower WHERE name = $1',
    [follower.name],
  );
  return rows.every(({ district, yardstick }) => {
    const town = installation.towns.get(district);
    return !town || follower.yardstick(town) === yardstick;
  });
}
