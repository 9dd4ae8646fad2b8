import {
  type Instant,
  isRefusal,
  parseRequestNumber,
  type Refusal,
  type RequestNumber,
  refuse,
} from '@gezhi/basis';
import { type Actor, type CallbackAnswer, type Case, type Fact, replay } from '@gezhi/cases';
import { findRequest, loadFacts } from '@gezhi/storage';
import { act, type Done } from '../act.ts';
import { keyedHash, sameText } from '../keyed-hash.ts';
import type { Town } from '../town.ts';
import { owedActions } from './owed.ts';

/** Days for which a link in a message, and a letter, can be answered. */
export const LINK_DAYS = 14;
const DAY_MS = 86_400_000;
const REQUESTER: Actor = { post: 'requester' };

/**
 * The requester answers the three questions of their own request. Whoever calls this has seen the number's code, a link, or the letter.
 * Refuses `nothing-asked` where no answer is owed now.
 */
export async function answerSelf(
  town: Town,
  {
    number,
    answer,
    way,
    by = REQUESTER,
  }: { number: string; answer: CallbackAnswer; way: string; by?: Actor },
  commandId: string,
  now: Instant,
): Promise<Done | Refusal> {
  const found = await ownCase(town, number);
  const action = found && owedActions(town, found.c, by, now).get(number);
  if (!found || !action) return refuse('nothing-asked', 'Nothing is asked about this request now.');
  const { caseId } = found.c;
  return await act(town, { commandId, caseId, action, by, input: { number, answer, way } }, now);
}

/** Whether the requester can answer now. */
export function isAsked(town: Town, c: Case, number: string, now: Instant): boolean {
  return owedActions(town, c, REQUESTER, now).has(number);
}

/**
 * The token of a link to the three questions: opens that one request for one round of asking, and is spent by whichever answer comes
 * first. `number.until.round.seal`, keyed by the installation's secret.
 */
export function answerToken(town: Town, number: string, facts: readonly Fact[], until: Instant): string {
  const body = `${number}.${until}.${roundOf(number, facts)}`;
  return `${body}.${sealOf(town, body)}`;
}

/** The address of the questions for a message to the requester of a number; `undefined` where nothing is asked now. */
export async function answerLink(
  town: Town,
  number: string,
  pages: string,
  now: Instant,
): Promise<string | undefined> {
  const found = await ownCase(town, number);
  if (!found || !isAsked(town, found.c, number, now)) return undefined;
  const token = answerToken(town, number, found.facts, linkUntil(now));
  return `${pages.replace(/\/$/, '')}/my/answer/${token}`;
}

/** The request that a link opens now. Refuses `bad-link`, `link-over`, `link-spent`. */
export async function openAnswerLink(
  town: Town,
  token: string,
  now: Instant,
): Promise<{ readonly number: RequestNumber; readonly c: Case } | Refusal> {
  const [said = '', until = '', round = '', seal = ''] = token.split('.');
  const number = parseRequestNumber(said);
  if (!number || !sameText(seal, sealOf(town, `${said}.${until}.${round}`)))
    return refuse('bad-link', 'This link is not one of ours.');
  if (Number(until) <= now) return refuse('link-over', 'This link has expired.');
  const found = await ownCase(town, number);
  if (!found || String(roundOf(number, found.facts)) !== round)
    return refuse('link-spent', 'This link was used, or answered another way.');
  return { number, c: found.c };
}

/** The six digits on a letter, without which what it says cannot be typed in. */
export function letterCode(town: Town, number: string, facts: readonly Fact[]): string {
  const hash = keyedHash(town.secret, `letter:${town.district}:${number}:${roundOf(number, facts)}`);
  return String(hash.readUInt32BE(0) % 1_000_000).padStart(6, '0');
}

/** Types in what came back on paper: the number and the code on the letter say whose it is. Way `paper`. */
export async function answerOnPaper(
  town: Town,
  by: Actor,
  { number, code, answer }: { number: string; code: string; answer: CallbackAnswer },
  commandId: string,
  now: Instant,
): Promise<Done | Refusal> {
  const found = await ownCase(town, number);
  if (!found || !sameText(letterCode(town, number, found.facts), code))
    return refuse(
      'bad-letter',
      'Number and code do not belong together, or the letter was answered already.',
    );
  const done = await answerSelf(town, { number, answer, way: 'paper', by }, commandId, now);
  return isRefusal(done) && done.code === 'nothing-asked'
    ? refuse('nothing-asked', 'Nothing is asked about this request now.')
    : done;
}

export function linkUntil(now: Instant): Instant {
  return now + LINK_DAYS * DAY_MS;
}

/** How often the request was asked to an end before. */
function roundOf(number: string, facts: readonly Fact[]): number {
  return facts.filter(
    (fact) => (fact.type === 'calledBack' || fact.type === 'unreachable') && fact.data.number === number,
  ).length;
}

async function ownCase(
  town: Town,
  number: string,
): Promise<{ readonly c: Case; readonly facts: readonly Fact[] } | undefined> {
  const caseId = await findRequest(town.db.pool, town.district, number as RequestNumber);
  const facts = caseId && (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
  const c = replay(facts ?? []);
  return facts && c && { c, facts };
}

function sealOf(town: Town, body: string): string {
  return keyedHash(town.secret, `answer:${town.district}:${body}`).toString('base64url');
}
