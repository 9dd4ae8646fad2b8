import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '@gezhi/basis';
import { headOf, lockForSwap, type Projection, SIDE, swapSideTables } from '@gezhi/storage';
import type { Installation } from '@gezhi/town';
import type pg from 'pg';
import { followOnce } from '../follow.ts';
import { PROJECTION_FOLLOWERS } from './projection-followers.ts';

/** As few facts as can be taken while everybody waits. */
const CLOSE_ENOUGH = 500;

/** Brings the side tables nearly up to the heads of the logs, while everything goes on. */
export async function catchUp(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
): Promise<void> {
  await client.query(`SET search_path = ${SIDE}, public`);
  for (;;) {
    await client.query('BEGIN');
    const taken = await followSide(installation, client, only);
    await client.query('COMMIT');
    if (taken <= CLOSE_ENOUGH) return;
  }
}

/**
 * Follows the facts in the side tables, in the caller's transaction and in the order of `only`: what is searched for is read from the side
 * tables of cases and requests, which have to be there already. Answers how many facts it took.
 */
async function followSide(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
): Promise<number> {
  let taken = 0;
  for (const town of installation.towns.values()) {
    const head = await headOf(client, town.district);
    for (const name of only) {
      const follower = PROJECTION_FOLLOWERS[name];
      for (;;) {
        const step = await followOnce(client, town, follower, follower.batchMax, head);
        taken += step.facts;
        if (step.position >= head) break;
      }
    }
  }
  return taken;
}

/**
 * Commands take their locks in other orders than we do. We wait less long than the database needs to see a deadlock (1 s), so that it
 * is always us who step back and try again, and no command is broken off.
 */
const LOCK_WAIT_MS = 300;
const TRIES = 100;
const LOCK_NOT_AVAILABLE = '55P03';

/** Puts the side tables in the place of the live ones. @throws Fault `cannot-swap` */
export async function swap(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      await swapOnce(installation, client, only);
      return;
    } catch (error) {
      await client.query('ROLLBACK');
      if ((error as { code?: string }).code !== LOCK_NOT_AVAILABLE) throw error;
      if (attempt === TRIES) {
        throw new Fault('cannot-swap', `The tables were in use at each of ${TRIES} attempts.`, {
          cause: error,
          hint: 'The live ones are as they were. Try again when less is going on.',
        });
      }
      await sleep(20 + (attempt % 10) * 30);
      await catchUp(installation, client, only);
    }
  }
}

async function swapOnce(
  installation: Installation,
  client: pg.ClientBase,
  only: readonly Projection[],
): Promise<void> {
  await client.query('BEGIN');
  await lockForSwap(client, only, LOCK_WAIT_MS);
  await followSide(installation, client, only);
  await client.query(`
    INSERT INTO public.follower AS live (district, name, position, yardstick)
    SELECT district, name, position, yardstick FROM ${SIDE}.follower WHERE name IN ('rollup', 'search')
    ON CONFLICT (district, name) DO UPDATE SET position = excluded.position, yardstick = excluded.yardstick`);
  await swapSideTables(client, only);
  await client.query('COMMIT');
}
