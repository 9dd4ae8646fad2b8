import type { CaseId, Instant } from '@gezhi/basis';
import { type Case, type Fact, nextDue, passDeadlines, replay } from '@gezhi/cases';
import {
  appendFacts,
  caseNowOf,
  inTransaction,
  isConflict,
  loadFacts,
  lockDueCases,
  updateCases,
} from '@gezhi/storage';
import { contextOf, processOf, type Town } from '@gezhi/town';
import type pg from 'pg';

export type Watched = { readonly cases: number; readonly facts: number };

/** Cases in one transaction at most; the log's head is held for their facts only. */
export const WATCH_BATCH = 200;

/**
 * Notes the clocks of a town that have passed by `now`: each becomes a fact, once, and its case is late from then on. Goes on until none
 * is left, so that a service that was down catches up. Cases that somebody works on just now are left for the next time.
 *
 * Two processes may watch the same town at once: rows are locked, and a fact's `seq` is taken once.
 */
export async function watchClocks(
  town: Town,
  now: Instant,
  options: { readonly batch?: number; readonly stopping?: () => boolean } = {},
): Promise<Watched> {
  const batch = options.batch ?? WATCH_BATCH;
  let cases = 0;
  let facts = 0;
  for (;;) {
    const step = await watchOnce(town, now, batch);
    if (!step) continue;
    cases += step.cases;
    facts += step.facts;
    if (step.cases < batch || options.stopping?.()) return { cases, facts };
  }
}

/** One batch; `undefined` where somebody else wrote to one of its cases meanwhile, and it has to be taken again. */
async function watchOnce(town: Town, now: Instant, batch: number): Promise<Watched | undefined> {
  try {
    return await inTransaction(town.db.pool, async (client) => {
      const due = await lockDueCases(client, town.district, now, batch);
      return { cases: due.length, facts: await passDue(client, town, due, now) };
    });
  } catch (error) {
    if (isConflict(error)) return undefined;
    throw error;
  }
}

async function passDue(
  client: pg.ClientBase,
  town: Town,
  due: readonly CaseId[],
  now: Instant,
): Promise<number> {
  const context = contextOf(town, now);
  const facts: Fact[] = [];
  const changed: ReturnType<typeof caseNowOf>[] = [];
  for (const history of (await loadFacts(client, town.district, due)).values()) {
    const before = replay(history) as Case;
    const process = processOf(town, before);
    const decision = passDeadlines(process, before, context);
    facts.push(...decision.facts);
    // Without a fact only the time to look again was wrong; the case was last changed when it was.
    const updatedAt = decision.facts.length > 0 ? now : history.at(-1)!.recordedAt;
    changed.push(caseNowOf(decision.after, updatedAt, nextDue(process, decision.after, context.due)));
  }
  await updateCases(client, town.district, changed);
  await appendFacts(client, town.district, facts);
  return facts.length;
}
