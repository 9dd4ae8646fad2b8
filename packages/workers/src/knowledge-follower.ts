import { DAY, type Instant, isRefusal } from '@gezhi/basis';
import type { Fact } from '@gezhi/cases';
import { addKnowledgeUses, factsBetween, type KnowledgeUse } from '@gezhi/storage';
import { itemOfCause, proposeKnowledge, readEndedInquiries, type Town } from '@gezhi/town';
import type pg from 'pg';
import type { Follower } from './follow.ts';

/** An answer that is older than this when the follower comes to it is proposed to nobody: it may not hold any more. */
const PROPOSED_WITHIN_MS = 60 * DAY;

/** Histories read at once. */
const AT_ONCE = 200;

/** Who proposes: nobody who sits on a post. */
const BY = { post: 'system' } as const;

/**
 * What the log teaches the knowledge base: an inquiry that was answered or closed proposes its answer to the unit that gave it, and an answer given from an item counts for the
 * item. Imported histories propose nothing.
 */
export function knowledgeFollower(now: () => Instant): Follower {
  return {
    name: 'knowledge',
    batchMax: 2_000,
    yardstick: () => '',
    advance: async (client, town, { after, upTo }) => {
      const facts = await factsBetween(client, town.district, after, upTo);
      await addKnowledgeUses(client, town.district, usesOf(facts));
      await proposeEnded(client, town, facts, now());
    },
  };
}

function usesOf(facts: readonly Fact[]): readonly KnowledgeUse[] {
  const uses = new Map<string, KnowledgeUse>();
  for (const { type, cause, recordedAt } of facts) {
    const id = type === 'answered' || type === 'done' ? itemOfCause(cause) : undefined;
    if (id === undefined) continue;
    const { answered = 0, lastAt = 0 } = uses.get(id) ?? {};
    uses.set(id, { id, answered: answered + 1, lastAt: Math.max(lastAt, recordedAt) });
  }
  return [...uses.values()];
}

async function proposeEnded(
  client: pg.ClientBase,
  town: Town,
  facts: readonly Fact[],
  now: Instant,
): Promise<void> {
  const since = now - PROPOSED_WITHIN_MS;
  const ended = facts.filter(
    (fact) => fact.occurredAt >= since && (fact.type === 'answered' || isClosing(fact)),
  );
  const ids = [...new Set(ended.map((fact) => fact.caseId))];
  for (let i = 0; i < ids.length; i += AT_ONCE) {
    const inquiries = await readEndedInquiries(client, town, ids.slice(i, i + AT_ONCE));
    for (const inquiry of inquiries.values()) {
      // Most cases ask nothing; a second proposal of a case is refused as well.
      if (!isRefusal(inquiry)) await proposeKnowledge(town, inquiry, BY, now, client);
    }
  }
}

/** Not what another system stated, nor what was withdrawn. */
function isClosing(fact: Fact): boolean {
  return fact.type === 'closed' && fact.data.how === 'calledBack';
}
