import type { CaseId, Instant } from '@gezhi/basis';
import { type Case, type Fact, nextDue, replay } from '@gezhi/cases';
import {
  type CaseNow,
  caseNowOf,
  casesTouched,
  historiesUpTo,
  insertCases,
  insertRequests,
  type Projection,
} from '@gezhi/storage';
import { dueIn, processOf, type Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower, Range } from '../follow.ts';
import { rollupFollower } from '../rollup-follower.ts';
import { searchFollower } from '../search-follower.ts';

/** A case as its row says it: what the commands that wrote its facts wrote too. */
export function caseNowFrom(town: Town, c: Case, updatedAt: Instant): CaseNow {
  const due = nextDue(processOf(town, c), c, (stage, of, startedAt) => dueIn(town, stage, of, startedAt));
  return caseNowOf(c, updatedAt, due);
}

/*
 * Commands keep `case_now` and `request` themselves, in the transaction of their facts. Only a rebuild has to follow the facts for
 * them: those that were written while it worked.
 */

const caseNowFollower: Follower = {
  name: 'case_now',
  batchMax: 2_000,
  yardstick: () => '',
  advance: async (client, town, range) => {
    const histories = await touched(client, town, range);
    await client.query('DELETE FROM case_now WHERE district = $1 AND case_id = ANY($2)', [
      town.district,
      [...histories.keys()],
    ]);
    const rows = [...histories.values()].map((history) =>
      caseNowFrom(town, replay(history)!, history.at(-1)!.recordedAt),
    );
    await insertCases(client, town.district, rows);
  },
};

const requestFollower: Follower = {
  name: 'request',
  batchMax: 2_000,
  yardstick: () => '',
  advance: async (client, town, range) => {
    const histories = await touched(client, town, range);
    const rows = [...histories].flatMap(([caseId, history]) =>
      Object.keys(replay(history)!.voices).map((number) => ({ number, caseId })),
    );
    await client.query('DELETE FROM request WHERE district = $1 AND number = ANY($2)', [
      town.district,
      rows.map((row) => row.number),
    ]);
    await insertRequests(client, town.district, rows);
  },
};

/** Who brings each projection up to date while the rebuild comes to its end. */
export const PROJECTION_FOLLOWERS: Readonly<Record<Projection, Follower>> = {
  case_now: caseNowFollower,
  request: requestFollower,
  rollup: rollupFollower,
  search: searchFollower,
};

async function touched(
  client: pg.ClientBase,
  town: Town,
  { after, upTo }: Range,
): Promise<Map<CaseId, Fact[]>> {
  const cases = await casesTouched(client, town.district, after, upTo, []);
  return await historiesUpTo(
    client,
    town.district,
    cases.map((one) => one.caseId),
    upTo,
  );
}
