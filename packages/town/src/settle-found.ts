import { type CaseId, type Instant, isRefusal } from '@gezhi/basis';
import { type Actor, replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import { act } from './act.ts';
import { processOf, type Town } from './town.ts';

/** What somebody on a post found themselves, and dealt with there and then. */
export type SettledFound = {
  readonly caseId: CaseId;
  readonly by: Actor;
  /** What was done. */
  readonly words: string;
  /** The beginning of the ids of its commands: sending it again does nothing twice. */
  readonly commandId: string;
};

/**
 * Takes a case that its finder settled on the spot for done, where it came to their own unit. Answers whether it did; else whoever has it reads what
 * was done in the report itself.
 */
export async function settleFound(
  town: Town,
  { caseId, by, words, commandId }: SettledFound,
  now: Instant,
): Promise<boolean> {
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  if (!c) return false;
  const actions = Object.values(processOf(town, c).actions);
  const done = async (name: string, input: object): Promise<boolean> => {
    for (const { name: action } of actions.filter((one) => one.act === name)) {
      const order = { commandId: `${commandId}/${action}`, caseId, action, by, input: { ...input } };
      if (!isRefusal(await act(town, order, now))) return true;
    }
    return false;
  };
  await done('accept', {});
  return await done('finish', { outcome: 'solved', words });
}
