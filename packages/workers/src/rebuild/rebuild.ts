import { Fault } from '@gezhi/basis';
import {
  compareSideTable,
  dropSide,
  finishSideTable,
  headOf,
  makeSideTable,
  OWNER_ROLE,
  openSide,
  PROJECTIONS,
  type Projection,
  SIDE,
  type TableDifference,
  withAdmin,
} from '@gezhi/storage';
import type { Installation } from '@gezhi/town';
import type pg from 'pg';
import { follow } from '../follow.ts';
import { computeTown } from './compute.ts';
import { PROJECTION_FOLLOWERS } from './projection-followers.ts';
import type { RollupSink } from './rollup-sink.ts';
import { catchUp, swap } from './swap.ts';

export type RebuildOptions = {
  /** Which projections; all of them unless named. */
  readonly only?: readonly Projection[];
  readonly progress?: (done: { readonly facts: number; readonly of: number }) => void;
};

/** What a rebuild found. No difference means: what everybody saw was what the facts say. */
export type Rebuilt = {
  readonly cases: number;
  readonly facts: number;
  readonly seconds: number;
  readonly differences: readonly TableDifference[];
  /** Projections with nothing to compare at the same position: reckoned by other terms or another calendar than ours. */
  readonly notCompared: readonly Projection[];
};

/**
 * Computes the projections of all districts again from the facts, beside the live ones, while everything goes on; compares both at the
 * same position of every log; brings the new ones up to the present and puts them in the place of the old ones in one transaction.
 * Killed at any moment it leaves the live ones as they were.
 *
 * New facts wait twice for some milliseconds: for a common snapshot, and for the swap. Memory is bounded whatever the number of facts.
 *
 * @throws Fault `rebuild-running` where another one runs, `cannot-swap` where the tables are never free for a moment
 */
export async function rebuild(installation: Installation, options: RebuildOptions = {}): Promise<Rebuilt> {
  const began = performance.now();
  const only = PROJECTIONS.filter((name) => !options.only || options.only.includes(name));
  return await withAdmin(installation.db, async (client) => {
    await claim(client);
    await openSide(client);
    try {
      const computed = await computeAll(installation, client, only, options);
      await catchUp(installation, client, only);
      await swap(installation, client, only);
      return { ...computed, seconds: (performance.now() - began) / 1000 };
    } finally {
      await client.query('ROLLBACK');
      await dropSide(client);
    }
  });
}

async function claim(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ got: boolean }>(
    `SELECT pg_try_advisory_lock(hashtext('gezhi.rebuild'), 0) AS got`,
  );
  if (rows[0]?.got) return;
  throw new Fault('rebuild-running', 'Another rebuild is running on this database.', {
    hint: 'Wait until it has ended.',
  });
}

/** One transaction: the side tables are filled and compared in the snapshot in which the facts were read. */
async function computeAll(
  installation: Installation,
  writer: pg.ClientBase,
  only: readonly Projection[],
  { progress }: RebuildOptions,
): Promise<Omit<Rebuilt, 'seconds'>> {
  const snapshot = await takeSnapshot(installation, writer, only);
  await writer.query(`SET LOCAL maintenance_work_mem = '128MB'`);
  for (const table of only) await makeSideTable(writer, table);
  const heads = await headsOf(installation, writer);
  const of = [...heads.values()].reduce((sum, head) => sum + head, 0);
  let cases = 0;
  let facts = 0;
  const sinks: RollupSink[] = [];
  await inSnapshot(installation, snapshot, (first) =>
    inSnapshot(installation, snapshot, async (second) => {
      for (const town of installation.towns.values()) {
        const computed = await computeTown(
          { facts: first, words: second, writer },
          town,
          new Set(only),
          (done) => progress?.({ facts: facts + done, of }),
        );
        cases += computed.cases;
        facts += computed.facts;
        if (computed.sink) sinks.push(computed.sink);
      }
    }),
  );
  for (const table of only) await finishSideTable(writer, table);
  await writer.query(`SET LOCAL search_path = ${SIDE}, public`);
  for (const sink of sinks) await sink.addLate();
  const notCompared = await unequal(installation, writer, only, heads);
  const differences: TableDifference[] = [];
  for (const table of only) {
    if (!notCompared.includes(table)) differences.push(...(await compareSideTable(writer, table)));
  }
  await placeFollowers(installation, writer, only, heads);
  await writer.query('COMMIT');
  return { cases, facts, differences, notCompared };
}

/**
 * Begins the writer's transaction at a moment at which the followers stand where the logs end, so that there is something to compare:
 * they catch up first, then new facts wait while they take the last few. Answers the snapshot's name.
 */
async function takeSnapshot(
  installation: Installation,
  writer: pg.ClientBase,
  only: readonly Projection[],
): Promise<string> {
  await followAll(installation, only);
  return await asOwner(installation, async (locker) => {
    await locker.query('BEGIN');
    await locker.query('SELECT FROM log_head ORDER BY district FOR UPDATE');
    await followAll(installation, only);
    await writer.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
    const { rows } = await writer.query<{ name: string }>('SELECT pg_export_snapshot() AS name');
    await locker.query('ROLLBACK');
    return rows[0]!.name;
  });
}

async function followAll(installation: Installation, only: readonly Projection[]): Promise<void> {
  for (const name of FOLLOWED.filter((followed) => only.includes(followed))) {
    for (const town of installation.towns.values()) {
      try {
        await follow(town, PROJECTION_FOLLOWERS[name]);
      } catch (error) {
        // What was reckoned otherwise is what this rebuild is for; it is told as not compared.
        if ((error as Fault).code !== 'other-yardstick') throw error;
      }
    }
  }
}

/** Those that are followed while the service runs; commands keep the others themselves. */
const FOLLOWED = ['rollup', 'search'] as const;

async function headsOf(installation: Installation, client: pg.ClientBase): Promise<Map<string, number>> {
  const heads = new Map<string, number>();
  for (const district of installation.towns.keys()) heads.set(district, await headOf(client, district));
  return heads;
}

async function unequal(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
  heads: ReadonlyMap<string, number>,
): Promise<readonly Projection[]> {
  const { rows } = await client.query<{
    district: string;
    name: string;
    position: number;
    yardstick: string;
  }>('SELECT district, name, position, yardstick FROM public.follower');
  return FOLLOWED.filter(
    (name) =>
      only.includes(name) &&
      [...installation.towns.values()].some((town) => {
        const row = rows.find((one) => one.district === town.district && one.name === name);
        const { yardstick } = PROJECTION_FOLLOWERS[name];
        return row?.position !== heads.get(town.district) || row?.yardstick !== yardstick(town);
      }),
  );
}

/** Followers of the side tables, which stand at the snapshot. */
async function placeFollowers(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
  heads: ReadonlyMap<string, number>,
): Promise<void> {
  await makeSideTable(client, 'follower');
  await finishSideTable(client, 'follower');
  for (const town of installation.towns.values()) {
    for (const name of only) {
      await client.query(
        `INSERT INTO ${SIDE}.follower (district, name, position, yardstick) VALUES ($1, $2, $3, $4)`,
        [town.district, name, heads.get(town.district) ?? 0, PROJECTION_FOLLOWERS[name].yardstick(town)],
      );
    }
  }
}

async function inSnapshot<T>(
  installation: Installation,
  snapshot: string,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return await asOwner(installation, async (client) => {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET TRANSACTION SNAPSHOT ${client.escapeLiteral(snapshot)}`);
    // Starting helpers costs more than they bring for the look-ups of a batch.
    await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
    return await work(client);
  });
}

async function asOwner<T>(
  installation: Installation,
  work: (client: pg.ClientBase) => Promise<T>,
): Promise<T> {
  return await withAdmin(installation.db, async (client) => {
    await client.query(`SET ROLE ${OWNER_ROLE}`);
    return await work(client);
  });
}
