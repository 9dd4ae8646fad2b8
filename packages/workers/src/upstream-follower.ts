import { addUpstreamReply, factsBetween, upstreamOrders } from '@gezhi/storage';
import { repliedAs } from '@gezhi/town';
import type { Follower } from './follow.ts';

/** Replies upward: one row for each fact that the other system is told of, of the cases that are orders of theirs. */
export const upstreamFollower: Follower = {
  name: 'upstream',
  batchMax: 10_000,
  yardstick: () => '',
  advance: async (client, town, { after, upTo }) => {
    const facts = (await factsBetween(client, town.district, after, upTo)).filter((fact) => repliedAs(fact));
    if (facts.length === 0) return;
    const caseIds = [...new Set(facts.map(({ caseId }) => caseId))];
    const orders = await upstreamOrders(client, town.district, { caseIds });
    for (const fact of facts) {
      for (const { system, number, caseId, request } of orders) {
        if (caseId !== fact.caseId) continue;
        if ((fact.type === 'calledBack' || fact.type === 'unreachable') && fact.data.number !== request)
          continue;
        await addUpstreamReply(client, town.district, {
          id: `${fact.position}.${system}.${number}`,
          position: fact.position,
          caseId,
          system,
          number,
          what: repliedAs(fact)!,
          madeAt: fact.recordedAt,
        });
      }
    }
  },
};
