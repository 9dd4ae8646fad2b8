import { type CaseId, isoInstant, isRefusal, type Refusal } from '@gezhi/basis';
import { linksOfCase, type MadeLink, makeTaskLink as make, takeBackLink } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

export async function listTaskLinks(turn: Turn<'listTaskLinks'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor } = turn;
  const links = await linksOfCase(town, params.id as CaseId, actor!);
  return isRefusal(links) ? links : { status: 200, body: { links: links.map(wire) } };
}

export async function makeTaskLink(turn: Turn<'makeTaskLink'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const { task, hours } = body;
  const order = { caseId: params.id as CaseId, task, ...(hours === undefined ? {} : { hours }) };
  const made = await make(town, order, actor!, now);
  return isRefusal(made) ? made : { status: 201, body: wire(made) };
}

export async function revokeTaskLink(turn: Turn<'revokeTaskLink'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now } = turn;
  const caseId = params.id as CaseId;
  const link = await takeBackLink(town, { caseId, id: params.link }, actor!, now);
  return isRefusal(link) ? link : { status: 200, body: wire({ link, token: '' }) };
}

function wire({ link, token }: MadeLink): object {
  const { id, task, unit, madeAt, madeBy, expiresAt, revokedAt } = link;
  return {
    id,
    task,
    unit,
    path: token && `/t/${token}`,
    madeAt: isoInstant(madeAt),
    madeBy,
    expiresAt: isoInstant(expiresAt),
    ...(revokedAt === null ? {} : { revokedAt: isoInstant(revokedAt) }),
  };
}
