import { isCaseId, type Refusal, refuse } from '@gezhi/basis';
import { refuseSight } from '@gezhi/town';
import type { FastifyReply } from 'fastify';
import { type CaseView, findCaseView } from '../case/case-view.ts';
import type { Pages } from './pages.ts';
import { sayRefusal } from './refusal-words.ts';
import type { Visit } from './visit.ts';

/** A case for whoever is looking: only where the power list lets their post see it. */
export async function seenCaseView({ town, staff }: Visit, id: string): Promise<CaseView | Refusal> {
  const view = isCaseId(id) ? await findCaseView(town, id) : undefined;
  if (!view) return refuse('no-such-case', `There is no case ${id} here.`);
  return refuseSight(town, view.c, staff?.actor) ?? view;
}

/** The page where a case may not be seen: which sentence of the power list says so, on what basis; else that there is none. */
export function unseenPage(pages: Pages, reply: FastifyReply, visit: Visit, refusal: Refusal): FastifyReply {
  if (refusal.code !== 'no-power') return pages.trouble(reply, visit, 'notFound');
  return pages.trouble(reply, visit, 'forbidden', sayRefusal(visit, refusal));
}
