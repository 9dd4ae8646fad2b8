import { type Instant, isRefusal } from '@gezhi/basis';
import { type Actor, type CallbackAnswer, type Case, decide, isFrom } from '@gezhi/cases';
import { contextOf } from '../context.ts';
import { mayIn } from '../may.ts';
import { processOf, type Town } from '../town.ts';

/** An answer to ask the process with: what is decided by it is thrown away. */
const ANY_ANSWER: CallbackAnswer = { contacted: 'noAnswer', solved: 'noAnswer', satisfied: 'noAnswer' };

/**
 * The requests of a case that may be called back now by somebody, each with the action that does it: after the checked reply, or at
 * the end of the term, whichever comes first (条例第23条). The process itself is asked, so that a scene says when.
 */
export function owedActions(town: Town, c: Case, by: Actor, now: Instant): ReadonlyMap<string, string> {
  const owed = Object.values(c.voices).filter(({ callback, excluded }) => !callback && !excluded);
  if (owed.length === 0) return new Map();
  const process = processOf(town, c);
  const context = contextOf(town, now);
  const actions = Object.values(process.actions).filter(
    (action) => action.act === 'callBack' && isFrom(action, c) && mayIn(town, action.power, c, by).allowed,
  );
  const found = new Map<string, string>();
  for (const { number } of owed) {
    const action = actions.find(({ name }) => {
      const input = { number, answer: ANY_ANSWER, way: 'phone' };
      return !isRefusal(decide(process, c, { commandId: 'asked', action: name, by, input }, context));
    });
    if (action) found.set(number, action.name);
  }
  return found;
}
