import { type CaseId, isCaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import { loadFacts } from '@gezhi/storage';
import {
  EXPLAINED,
  explainLines,
  explainRank,
  explainRate,
  findEdition,
  hashFor,
  listFor,
  namesIn,
  readText,
  refuseSight,
} from '@gezhi/town';
import { openRequest } from '../code-lock.ts';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Explains in sentences, in the caller's language. A requester by number and code; staff by case too; published numbers anybody. */
export async function explainAnything(turn: Turn<'explainAnything'>): Promise<RouteAnswer | Refusal> {
  const { town, params, language, now } = turn;
  const what = EXPLAINED.find((one) => one === params.what);
  if (!what) return await explainNumbers(turn);
  const caseId = await caseOf(turn);
  if (isRefusal(caseId)) return caseId;
  const facts = (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
  const c = replay(facts ?? []);
  if (!facts || !c) return refuse('no-such-case', `There is no case ${params.id} here.`);
  const unseen = isCaseId(params.id) ? refuseSight(town, c, turn.actor) : undefined;
  if (unseen) return unseen;
  return { status: 200, body: { lines: explainLines(town, what, facts, language, now) } };
}

async function caseOf(turn: Turn<'explainAnything'>): Promise<CaseId | Refusal> {
  const { town, params, query, actor, now } = turn;
  if (isCaseId(params.id)) return actor ? params.id : refuse('no-token', 'A case by its id is for staff.');
  const opened = await openRequest(town, params.id, query.code, { actor, now });
  return isRefusal(opened) ? opened : opened.caseId;
}

async function explainNumbers(turn: Turn<'explainAnything'>): Promise<RouteAnswer | Refusal> {
  const { town, params, query, actor, language } = turn;
  const summary = await findEdition(town, params.id);
  const hash = summary && hashFor(town, summary, actor);
  if (!summary || hash === undefined)
    return refuse('no-such-edition', `There is no edition "${params.id}" for you.`);
  const edition = await readText(town, summary.state.id, hash);
  const row = edition.rows.find(({ subject }) => subject === query.subject);
  if (!row) return refuse('not-in-edition', `The edition has no row "${query.subject ?? ''}".`);
  if (params.what === 'rank')
    return {
      status: 200,
      body: { lines: explainRank(edition, row, namesIn(town, edition, language), language) },
    };
  const list = actor ? await listFor(town, summary.state.id, hash, actor) : [];
  return { status: 200, body: { lines: explainRate(edition, row, list, language) } };
}
