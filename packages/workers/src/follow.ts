import { Fault } from '@gezhi/basis';
import { headOf, inTransaction, lockFollower, moveFollower } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type pg from 'pg';

/** Facts with `after < position ≤ upTo`; `head` is where the following will end, where it goes on from here. */
export type Range = { readonly after: number; readonly upTo: number; readonly head?: number };

/**
 * A projection that follows the log. `advance` brings it from the state at `after` to the state at `upTo`, inside the transaction that
 * also moves the follower's position: both happen, or neither.
 */
export type Follower = {
  readonly name: string;
  /** Facts in one transaction at most. */
  readonly batchMax: number;
  /** What a town's projection is reckoned by besides the facts; `''` where nothing else is. See `follower` in the schema. */
  readonly yardstick: (town: Town) => string;
  readonly advance: (client: pg.ClientBase, town: Town, range: Range) => Promise<void>;
};

export type FollowOptions = {
  readonly batchMax?: number;
  /** Stop after so many batches; without it, go on until the head that was seen last is reached. */
  readonly batchesMax?: number;
  /** Asked between batches; true ends the following there. */
  readonly stopping?: () => boolean;
};

export type Followed = { readonly position: number; readonly facts: number; readonly batches: number };

/**
 * Brings a follower of a town's log up to its head, batch by batch, each in one transaction that holds the follower's row: two
 * processes that follow at once wait for each other and never take a fact twice, and one that dies between batches leaves nothing half.
 *
 * @throws Fault `other-yardstick` where the projection was reckoned by other terms or another calendar than this process has: rebuild it
 */
export async function follow(town: Town, follower: Follower, options: FollowOptions = {}): Promise<Followed> {
  const { batchMax = follower.batchMax, batchesMax = Number.POSITIVE_INFINITY, stopping } = options;
  let facts = 0;
  let batches = 0;
  for (;;) {
    const step = await inTransaction(town.db.pool, (client) => followOnce(client, town, follower, batchMax));
    facts += step.facts;
    if (step.facts > 0) batches += 1;
    if (step.position >= step.head || batches >= batchesMax || stopping?.()) {
      if (facts >= MANY) await afterMany(town);
      return { position: step.position, facts, batches };
    }
  }
}

const MANY = 20_000;

/**
 * After many facts in one go the planner is told to look again: it still takes the projection for what it was. And the collector gives
 * back what the catching up took, which a service at rest would else hold for good: it allocates too little to come round to it.
 */
async function afterMany(town: Town): Promise<void> {
  await town.db.pool.query('SELECT look_again()');
  await globalThis.gc?.({ type: 'major', execution: 'async', flavor: 'last-resort' });
}

/** One batch in the caller's transaction. @param headMax follow no further than this */
export async function followOnce(
  client: pg.ClientBase,
  town: Town,
  follower: Follower,
  batchMax: number,
  headMax = Number.POSITIVE_INFINITY,
): Promise<{ readonly position: number; readonly facts: number; readonly head: number }> {
  const yardstick = follower.yardstick(town);
  const row = await lockFollower(client, town.district, follower.name, yardstick);
  if (row.yardstick !== yardstick) throw otherYardstick(town, follower);
  // Read after the row is ours: whoever held it before has moved on to what we see now.
  const head = Math.min(headMax, await headOf(client, town.district));
  const upTo = Math.min(head, row.position + batchMax);
  if (upTo <= row.position) return { position: row.position, facts: 0, head };
  await follower.advance(client, town, { after: row.position, upTo, head });
  await moveFollower(client, town.district, follower.name, upTo);
  return { position: upTo, facts: upTo - row.position, head };
}

function otherYardstick(town: Town, follower: Follower): Fault {
  return new Fault(
    'other-yardstick',
    `"${follower.name}" of ${town.district} was reckoned by other terms, kinds or another calendar than this process has.`,
    { hint: `Rebuild it: gezhi rebuild --only ${follower.name}.` },
  );
}
