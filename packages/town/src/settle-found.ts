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
 * Takes a case that its finder settled on the spot as far as they may: accepted and done where it came to their own unit (`settled`), else
 * whoever has it is told what was done (`noted`). Nothing where the process has neither for them.
 */
export async function settleFound(
  town: Town,
  { caseId, by, words, commandId }: SettledFound,
  now: Instant,
): Promise<'settled' | 'noted' | undefined> {
  const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
  if (!c) return undefined;
  const actions = Object.values(processOf(town, c).actions);
  const done = async (name: string, input: object): Promise<boolean> => {
    for (const { name: action } of actions.filter((one) => one.act === name)) {
      const order = { commandId: `${commandId}/${action}`, caseId, action, by, input: { ...input } };
      if (!isRefusal(await act(town, order, now))) return true;
    }
    return false;
  };
  await done('accept', {});
  if (await done('finish', { outcome: 'solved', words })) return 'settled';
  return (await done('note', { words })) ? 'noted' : undefined;
}
