import { DAY, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor, Case } from '@gezhi/cases';
import {
  addKnowledge,
  inTransaction,
  type KnowledgeRow,
  type KnowledgeStatus,
  listKnowledge,
  searchKnowledge,
} from '@gezhi/storage';
import { maskText, queryTerms, searchTerms } from '@gezhi/text';
import type { Town } from '../town.ts';
import { type KnowledgeItem, refuseItem } from './item.ts';

/** What an item is: `due` is live and to be reviewed within the month. */
export type KnownItem = KnowledgeItem & {
  readonly version: number;
  readonly status: KnowledgeStatus | 'due';
};

/** A month before its end an item asks for review. */
const REVIEW_MS = 30 * DAY;

/** How long an answer holds that was proposed from a case and given no other end. */
const PROPOSED_MS = 365 * DAY;

/** Live items that answer a question, the best first; only such as still hold. */
export async function askKnowledge(
  town: Town,
  query: { readonly text: string; readonly language?: 'zh' | 'en' },
  now: Instant,
  limit = 10,
): Promise<readonly KnownItem[]> {
  const terms = queryTerms(query.text);
  const language = query.language ? { language: query.language } : {};
  const rows = await searchKnowledge(town.db.pool, town.district, { terms, now, ...language }, limit);
  return rows.map((row) => itemOf(row, now));
}

/** What waits for its owner: proposals, and live items whose end is near or past, the nearest first. */
export async function dueKnowledge(town: Town, now: Instant, owner?: string): Promise<readonly KnownItem[]> {
  const whose = owner === undefined ? {} : { owner };
  const { pool } = town.db;
  const [proposed, ending] = await Promise.all([
    listKnowledge(pool, town.district, { status: 'proposed', ...whose }),
    listKnowledge(pool, town.district, { dueBy: now + REVIEW_MS, ...whose }),
  ]);
  return [...proposed, ...ending].map((row) => itemOf(row, now));
}

/**
 * Proposes the answer of an inquiry that has ended to its owner: the unit that led it, or the one that answered. Question and answer are
 * masked: whatever names or reaches a person is gone. One proposal a case, however often it is asked.
 *
 * Refuses `not-answered` (open, or no inquiry) and `bad-item`.
 */
export async function proposeKnowledge(
  town: Town,
  ended: { readonly case: Case; readonly question: string; readonly answer: string; readonly owner: string },
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const { case: c, question, answer, owner } = ended;
  const isInquiry = Object.values(c.voices).some((voice) => voice.requestKind === 'inquiry');
  if (!isInquiry || (c.phase !== 'answered' && c.phase !== 'closed'))
    return refuse('not-answered', 'Only an inquiry that was answered proposes its answer.', {
      phase: c.phase,
    });
  const item: KnowledgeItem = {
    id: `case-${c.caseId}`,
    question: maskText(question).masked,
    answer: maskText(answer).masked,
    basis: '—',
    owner,
    validUntil: now + PROPOSED_MS,
    kinds: c.kind === 'unknown' ? [] : [c.kind],
    places: [],
    language: /\p{Script=Han}/u.test(question) ? 'zh' : 'en',
    sourceCase: c.caseId,
  };
  return await writeKnowledge(town, { item, version: 1, status: 'proposed' }, by, now);
}

/**
 * Writes a version of an item: new, approved (`live`), edited or withdrawn. Only a post of the owner unit writes what the owner answers for.
 *
 * Refuses `bad-item`, `not-owner`, and `stale` where somebody wrote that version before.
 */
export async function writeKnowledge(
  town: Town,
  change: { readonly item: KnowledgeItem; readonly version: number; readonly status: KnowledgeStatus },
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const { item, version, status } = change;
  const bad = refuseItem(item, now) ?? refuseStranger(town, change, by);
  if (isRefusal(bad)) return bad;
  const row: KnowledgeRow = {
    id: item.id,
    version,
    status,
    language: item.language,
    owner: item.owner,
    kinds: item.kinds,
    validUntil: item.validUntil,
    sourceCase: item.sourceCase ?? null,
    data: item,
  };
  const terms = {
    question: searchTerms(item.question),
    rest: searchTerms([item.answer, item.basis, ...item.kinds].join('\n')),
  };
  const written = await inTransaction(town.db.pool, (client) =>
    addKnowledge(client, town.district, row, { at: now, post: by.post, person: by.person ?? null }, terms),
  );
  if (!written) return refuse('stale', `Version ${version} of "${item.id}" was written before.`, { version });
  return itemOf(row, now);
}

/** A proposal may come from anybody who handled the case; what goes live, or out, is the owner's. */
function refuseStranger(
  town: Town,
  { item, status }: { readonly item: KnowledgeItem; readonly status: KnowledgeStatus },
  by: Actor,
): Refusal | undefined {
  if (status === 'proposed' || town.posts.get(by.post)?.unit === item.owner) return undefined;
  return refuse('not-owner', `"${item.owner}" answers for this item.`, { owner: item.owner });
}

function itemOf({ version, status, data }: KnowledgeRow, now: Instant): KnownItem {
  const item = data as KnowledgeItem;
  const isDue = status === 'live' && item.validUntil <= now + REVIEW_MS;
  return { ...item, version, status: isDue ? 'due' : status };
}
