import type { CaseId } from '@gezhi/basis';
import type { FactType } from '@gezhi/cases';
import {
  casesTouched,
  copySearch,
  inTransaction,
  loadFacts,
  lockFollower,
  type SearchRow,
  searchSubjects,
  writeSearch,
} from '@gezhi/storage';
import { searchRowOf, type Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower } from './follow.ts';

/** Facts that change nothing by which a case is found. */
const SILENT: readonly FactType[] = [
  'triaged',
  'routeUnclear',
  'promised',
  'accepted',
  'contacted',
  'calledBack',
  'unreachable',
  'closed',
  'reopened',
  'split',
  'deadlinePassed',
];

/**
 * The search index. A case is indexed as it stands now, which may be ahead of the range; whatever happened since is followed too, so
 * that the index comes to rest where the log ends. Names are those of the day on which the case was last touched.
 */
export const searchFollower: Follower = {
  name: 'search',
  batchMax: 10_000,
  yardstick: () => '',
  advance: async (client, town, { after, upTo, head = upTo }) => {
    // Starting helpers costs more than they bring for some thousand look-ups.
    await client.query('SET LOCAL max_parallel_workers_per_gather = 0');
    if (upTo < head && upTo - after >= CATCHING_UP) await client.query(PUT_OFF);
    const touched = await casesTouched(client, town.district, after, upTo, SILENT);
    const opened = new Set(touched.filter((one) => one.opened).map((one) => one.caseId));
    const rows = await rowsOf(
      client,
      town,
      touched.map((one) => one.caseId),
    );
    await writeSearch(
      client,
      town.district,
      rows.filter((row) => !opened.has(row.caseId)),
    );
    await copySearch(
      client,
      town.district,
      rows.filter((row) => opened.has(row.caseId)),
    );
  },
};

/** A range of so many facts is one of many: the service follows in smaller ones. */
const CATCHING_UP = 10_000;

/**
 * The index keeps new terms in a list and sorts them in when it is full: a longer list meets each common term fewer times, which spares
 * the database a third and more of its work. Until it is sorted in a search reads it whole; the range that comes to the
 * head does that.
 */
const PUT_OFF = `SET LOCAL gin_pending_list_limit = '64MB'; SET LOCAL work_mem = '64MB'`;

async function rowsOf(
  client: pg.ClientBase,
  town: Town,
  caseIds: readonly CaseId[],
): Promise<readonly SearchRow[]> {
  const subjects = await searchSubjects(client, town.district, caseIds);
  return subjects.map((subject) => searchRowOf(town, subject));
}

/**
 * Indexes cases anew, after words were erased or names changed: these cases, and those in which voices that ever spoke in them speak
 * now. A case that the index has not come to yet is left to the follower.
 */
export async function reindexCases(town: Town, caseIds: readonly CaseId[]): Promise<void> {
  await inTransaction(town.db.pool, async (client) => {
    const { position } = await lockFollower(client, town.district, searchFollower.name, '');
    const ids = await whereTheySpeak(client, town, caseIds);
    const histories = await loadFacts(client, town.district, ids);
    const followed = [...histories].filter(([, facts]) => facts[0]!.position <= position);
    const rows = await rowsOf(
      client,
      town,
      followed.map(([caseId]) => caseId),
    );
    await writeSearch(client, town.district, rows);
  });
}

/** These cases, and those in which voices that ever spoke in them speak now. */
async function whereTheySpeak(
  client: pg.ClientBase,
  town: Town,
  caseIds: readonly CaseId[],
): Promise<readonly CaseId[]> {
  const histories = await loadFacts(client, town.district, caseIds);
  const numbers = [...histories.values()].flat().flatMap((fact) => {
    if (fact.type === 'opened') return fact.data.voice ? [fact.data.voice.number] : [];
    if (fact.type === 'joined') return [fact.data.voice.number];
    return fact.type === 'absorbed' ? fact.data.voices.map((voice) => voice.number) : [];
  });
  const { rows } = await client.query<{ case_id: CaseId }>(
    'SELECT DISTINCT case_id FROM request WHERE district = $1 AND number = ANY($2)',
    [town.district, numbers],
  );
  return [...new Set([...caseIds, ...rows.map((row) => row.case_id)])];
}
