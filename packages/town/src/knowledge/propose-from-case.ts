import { type CaseId, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { type Case, type Fact, replay } from '@gezhi/cases';
import { loadFacts, wordsOfCases } from '@gezhi/storage';
import { isSecret } from '../secret.ts';
import type { Town } from '../town.ts';
import { itemOfCause } from './knowledge-use.ts';

type Client = Parameters<typeof loadFacts>[0];

/** An inquiry that has ended, with what was asked and what was answered, and whose answer it is. */
export type EndedInquiry = {
  readonly case: Case;
  readonly question: string;
  readonly answer: string;
  readonly owner: string;
};

/** An answer of fewer letters (“done”, “已当场答复”) teaches nobody. */
const ANSWER_MIN = 16;

/**
 * Reads what ended inquiries could teach: the words of the first inquiry, the last words that answered it, and the unit that gave them.
 *
 * Each case refuses for itself: `not-answered` (open, no inquiry, of a secret kind, answered from the knowledge base already, in a few words only, or the words are erased), and
 * one that is not there `no-such-case`. Two reads for all of them.
 */
export async function readEndedInquiries(
  client: Client,
  town: Town,
  caseIds: readonly CaseId[],
): Promise<ReadonlyMap<CaseId, EndedInquiry | Refusal>> {
  const histories = await loadFacts(client, town.district, caseIds);
  const found = caseIds.map((caseId) => {
    const facts = histories.get(caseId) ?? [];
    const c = replay(facts);
    if (!c) return [caseId, refuse('no-such-case', `There is no case ${caseId} here.`)] as const;
    return [caseId, findAnswer(town, c, facts) ?? notAnswered(c)] as const;
  });
  const candidates = found.flatMap(([caseId, one]) => (isRefusal(one) ? [] : [caseId]));
  const rows = candidates.length > 0 ? await wordsOfCases(client, town.district, candidates) : [];
  const said = new Map(rows.map((row) => [row.id, row.said.trim()]));
  return new Map(
    found.map(([caseId, one]) => [
      caseId,
      isRefusal(one) ? one : (withWords(one, said) ?? notAnswered(one.c)),
    ]),
  );
}

/** The same for one case. */
export async function readEndedInquiry(
  client: Client,
  town: Town,
  caseId: CaseId,
): Promise<EndedInquiry | Refusal> {
  return (await readEndedInquiries(client, town, [caseId])).get(caseId)!;
}

type Found = {
  readonly c: Case;
  readonly asked: string | undefined;
  readonly answered: string;
  readonly owner: string;
};

function findAnswer(town: Town, c: Case, facts: readonly Fact[]): Found | undefined {
  const voice = Object.values(c.voices).find(({ requestKind }) => requestKind === 'inquiry');
  const last = facts.findLast(isAnswer);
  const isOver = c.phase === 'answered' || c.phase === 'closed';
  if (!voice || !last || !isOver || isSecret(town, c) || itemOfCause(last.cause) !== undefined)
    return undefined;
  const owner = ownerOf(town, c, last);
  return owner ? { c, asked: voice.words?.id, answered: last.data.words.id, owner } : undefined;
}

function withWords(
  { c, asked = '', answered, owner }: Found,
  said: ReadonlyMap<string, string>,
): EndedInquiry | undefined {
  const [question, answer] = [said.get(asked), said.get(answered)];
  if (!question || !answer || (answer.match(/[\p{L}\p{N}]/gu)?.length ?? 0) < ANSWER_MIN) return undefined;
  return { case: c, question, answer, owner };
}

type Answering = Fact<'answered'> | Fact<'done'>;

function isAnswer(fact: Fact): fact is Answering {
  return fact.type === 'answered' || fact.type === 'done';
}

/** Who led the case, or answered it at once. */
function ownerOf(town: Town, c: Case, { type, by }: Answering): string | undefined {
  return (type === 'done' ? c.lead?.unit : undefined) ?? town.posts.get(by.post)?.unit ?? c.lead?.unit;
}

function notAnswered({ phase }: Case): Refusal {
  return refuse('not-answered', 'Only an inquiry that was answered in words proposes its answer.', { phase });
}
