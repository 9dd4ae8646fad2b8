import type { CaseId } from '@gezhi/basis';
import { type Fact, replay } from '@gezhi/cases';
import {
  addRows,
  type Contribution,
  contributions,
  countsToVector,
  newTally,
  rowsOf,
  type Tally,
} from '@gezhi/measures';
import { addRollup, factsBetween, historiesUpTo, type RollupRow } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower, Range } from './follow.ts';
import { measuredIn, measureYardstick } from './measured.ts';

/** The roll-ups: what each case adds as it stands after the batch, less what it added as it stood before. */
export const rollupFollower: Follower = {
  name: 'rollup',
  batchMax: 10_000,
  yardstick: measureYardstick,
  advance: async (client, town, range) => {
    const rows = rowsOf(await tallyOf(client, town, range));
    await addRollup(client, town.district, rows.map(rollupRow));
  },
};

export function rollupRow(row: Contribution): RollupRow {
  return { ...row, counts: countsToVector(row.counts) };
}

async function tallyOf(client: pg.ClientBase, town: Town, range: Range): Promise<Tally> {
  const batch = await factsBetween(client, town.district, range.after, range.upTo);
  const histories = new Map<CaseId, Fact[]>();
  for (const fact of batch) {
    const history = histories.get(fact.caseId);
    if (history) history.push(fact);
    else histories.set(fact.caseId, [fact]);
  }
  const older = [...histories].filter(([, facts]) => facts[0]!.seq > 1).map(([caseId]) => caseId);
  for (const [caseId, facts] of await historiesUpTo(client, town.district, older, range.upTo)) {
    histories.set(caseId, facts);
  }
  const tally = newTally();
  for (const history of histories.values()) addChange(tally, town, history, range.after);
  return tally;
}

function addChange(tally: Tally, town: Town, history: readonly Fact[], after: number): void {
  const known = history.findIndex((fact) => fact.position > after);
  addRows(tally, contributions(measuredIn(town, replay(history)!)), 1);
  if (known > 0) addRows(tally, contributions(measuredIn(town, replay(history.slice(0, known))!)), -1);
}
