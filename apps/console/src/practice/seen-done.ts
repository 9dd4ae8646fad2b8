import type { WireFact } from '@gezhi/contract';
import type { Client } from '@gezhi/contract/client';
import { answerOf } from '@gezhi/ui';
import { isNear } from './is-near.ts';
import type { Check } from './lessons.ts';

/** How things stood when a lesson was begun: where the log ended, and which changes had been taken back. */
export type Begun = { readonly position: number; readonly undone: readonly string[] };

const PAGE = 1000;

/**
 * Whether a lesson was done by this post since it was begun, as the service has it.
 * @param said the number that was read, of lessons that ask for one
 * @throws ProblemError where the service does not answer
 */
export async function seenDone(
  api: Client,
  check: Check,
  post: string,
  begun: Begun,
  said: number,
): Promise<boolean> {
  switch (check.by) {
    case 'fact':
      return await happened(api, begun.position, (fact) => check.is(fact, post));
    case 'undo':
      return (await undoneBy(api, post)).some((id) => !begun.undone.includes(id));
    case 'number':
      return isNear(said, await check.read(api));
  }
}

/** How things stand now, before a lesson of this sort. */
export async function beginHere(api: Client, check: Check, post: string): Promise<Begun> {
  const { head } = answerOf(
    await api.call('listFacts', { query: { since: Number.MAX_SAFE_INTEGER, limit: 1 } }),
  );
  return { position: head, undone: check.by === 'undo' ? await undoneBy(api, post) : [] };
}

async function happened(api: Client, since: number, is: (fact: WireFact) => boolean): Promise<boolean> {
  for (let from = since; ; ) {
    const page = answerOf(await api.call('listFacts', { query: { since: from, limit: PAGE } }));
    if (page.facts.some(is)) return true;
    if (!page.more) return false;
    from = page.next;
  }
}

/** The changes of the registry that this post took back. */
async function undoneBy(api: Client, by: string): Promise<readonly string[]> {
  const { edits } = answerOf(await api.call('listEdits', { query: {} }));
  return edits.flatMap(({ post, undoes }) => (undoes && post === by ? [undoes] : []));
}
