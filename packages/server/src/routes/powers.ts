import { isRefusal, type Refusal } from '@gezhi/basis';
import { explainPower as explain, powerLists } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The published power lists. */
export function listPowers({ town }: Turn<'listPowers'>): RouteAnswer {
  const lists = powerLists(town).map(({ policies, ...list }) => ({
    ...list,
    policies: policies.map(({ id, effect, powers, because, cedar }) => ({
      ...{ id, effect, text: because.text, basis: because.basis ?? '', cedar },
      ...(powers ? { powers } : {}),
    })),
  }));
  return { status: 200, body: { lists } };
}

/** Whether somebody holds a power over something, and by which policy. */
export async function explainPower({ town, query }: Turn<'explainPower'>): Promise<RouteAnswer | Refusal> {
  const explained = await explain(town, query);
  if (isRefusal(explained)) return explained;
  const answers = explained.map(({ who, power, scene, allowed, because }) => ({
    ...{ post: who.post, power, scene, allowed, because },
  }));
  return { status: 200, body: { answers } };
}
