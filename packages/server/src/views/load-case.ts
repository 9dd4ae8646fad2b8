import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Actor, type Case, type Fact, replay } from '@gezhi/cases';
import { loadFacts, wordsOfCases } from '@gezhi/storage';
import { refuseSight, type Town } from '@gezhi/town';

/** A case with its history, the histories of cases that were merged into it, and what was said in them. */
export type LoadedCase = {
  readonly now: Case;
  readonly facts: readonly Fact[];
  /** Facts of cases whose voices speak here now. */
  readonly absorbed: readonly Fact[];
  /** By the id of the reference; erased words are absent. */
  readonly words: ReadonlyMap<string, string>;
};

export async function loadCase(town: Town, caseId: CaseId): Promise<LoadedCase | Refusal> {
  const { pool } = town.db;
  const facts = (await loadFacts(pool, town.district, [caseId])).get(caseId) ?? [];
  const now = replay(facts);
  if (!now) return refuse('no-such-case', `There is no case ${caseId} here.`);
  const homes = facts.flatMap((fact) => (fact.type === 'absorbed' ? [fact.data.from] : []));
  const [histories, words] = await Promise.all([
    loadFacts(pool, town.district, homes),
    wordsOfCases(pool, town.district, [caseId, ...homes]),
  ]);
  return {
    now,
    facts,
    absorbed: [...histories.values()].flat(),
    words: new Map(words.map(({ id, said }) => [id, said])),
  };
}

/** The same for whoever sees it (`refuseSight`). */
export async function loadCaseFor(
  town: Town,
  caseId: CaseId,
  by: Actor | undefined,
): Promise<LoadedCase | Refusal> {
  const loaded = await loadCase(town, caseId);
  return isRefusal(loaded) ? loaded : (refuseSight(town, loaded.now, by) ?? loaded);
}
