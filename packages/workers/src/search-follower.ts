import type { CaseId } from '@gezhi/basis';
import type { FactType } from '@gezhi/cases';
import { casesTouched, inTransaction, loadFacts, searchSubjects, writeSearch } from '@gezhi/storage';
import type { Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower } from './follow.ts';
import { searchRowOf } from './search-text.ts';

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
  advance: async (client, town, { after, upTo }) => {
    const touched = await casesTouched(client, town.district, after, upTo, SILENT);
    await indexCases(client, town, touched);
  },
};

async function indexCases(client: pg.ClientBase, town: Town, caseIds: readonly CaseId[]): Promise<void> {
  const subjects = await searchSubjects(client, town.district, caseIds);
  await writeSearch(
    client,
    town.district,
    subjects.map((subject) => searchRowOf(town, subject)),
  );
}

/**
 * Indexes cases anew, after words were erased or names changed: these cases, and those in which voices that ever spoke in them speak
 * now.
 */
export async function reindexCases(town: Town, caseIds: readonly CaseId[]): Promise<void> {
  await inTransaction(town.db.pool, async (client) => {
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
    await indexCases(client, town, [...new Set([...caseIds, ...rows.map((row) => row.case_id)])]);
  });
}
