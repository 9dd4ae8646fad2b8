import { isCaseId, isRefusal, parseRequestNumber, type Refusal } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { findRequest } from '@gezhi/storage';
import { explainPower as explain, powerLists, refuseSightOf, type Town } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** The published power lists. */
export function listPowers({ town }: Turn<'listPowers'>): RouteAnswer {
  const lists = powerLists(town).map(({ policies, ...list }) => ({
    ...list,
    policies: policies.map(({ id, effect, powers, because, cedar }) => ({
      id,
      effect,
      text: because.text,
      basis: because.basis ?? '',
      cedar,
      ...(powers ? { powers } : {}),
    })),
  }));
  return { status: 200, body: { lists } };
}

/** Whether somebody holds a power over something, and by which policy. */
export async function explainPower({
  town,
  query,
  actor,
}: Turn<'explainPower'>): Promise<RouteAnswer | Refusal> {
  const unseen = await refuseSecret(town, query.what, actor!);
  if (unseen) return unseen;
  const explained = await explain(town, query);
  if (isRefusal(explained)) return explained;
  const answers = explained.map(({ who, power, scene, allowed, because }) => ({
    post: who.post,
    power,
    scene,
    allowed,
    because,
  }));
  return { status: 200, body: { answers } };
}

/** Who holds a power over a case is told to all staff, but of a secret one: that it is there is known to those only who see it. */
async function refuseSecret(town: Town, what: string, by: Actor): Promise<Refusal | undefined> {
  const number = parseRequestNumber(what);
  const caseId = isCaseId(what) ? what : number && (await findRequest(town.db.pool, town.district, number));
  const unseen = caseId && (await refuseSightOf(town, caseId, by));
  return unseen && unseen.code === 'no-such-case' ? unseen : undefined;
}
