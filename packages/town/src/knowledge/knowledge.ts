import { DAY, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { ancestors, findPlace } from '@gezhi/place';
import {
  addKnowledge,
  inTransaction,
  type KnowledgeRow,
  type KnowledgeStatus,
  knowledgeUses,
  listKnowledge,
  mostUsedKnowledge,
  searchKnowledge,
} from '@gezhi/storage';
import { maskText, queryTerms, searchTerms } from '@gezhi/text';
import { unitsAbove } from '../may.ts';
import type { Town } from '../town.ts';
import { type KnowledgeItem, NO_BASIS, refuseItem } from './item.ts';
import { itemIdOf } from './knowledge-use.ts';
import type { EndedInquiry } from './propose-from-case.ts';

/** What an item is: `due` is live and to be reviewed within the month. `answered`: how often it answered somebody. */
export type KnownItem = KnowledgeItem & {
  readonly version: number;
  readonly status: KnowledgeStatus | 'due';
  readonly answered: number;
};

/** A connection within a transaction. */
type Client = Parameters<typeof addKnowledge>[0];

/** A month before its end an item asks for review. */
export const KNOWLEDGE_REVIEW_MS = 30 * DAY;

/** How long an answer holds that was proposed from a case and given no other end. */
const PROPOSED_MS = 365 * DAY;

/** So many are looked at for those of the place. */
const LOOKED_AT = 60;

export type KnowledgeQuery = {
  readonly text: string;
  readonly language?: 'zh' | 'en' | undefined;
  /** A place by its code: what is for it, or for a place around it, comes first. */
  readonly place?: string | undefined;
};

/** Live items that answer a question, the best first; only such as still hold. What is for another place than the one named is left out. */
export async function askKnowledge(
  town: Town,
  query: KnowledgeQuery,
  now: Instant,
  limit = 10,
): Promise<readonly KnownItem[]> {
  const terms = queryTerms(query.text);
  const language = query.language ? { language: query.language } : {};
  const most = query.place ? LOOKED_AT : limit;
  const rows = await searchKnowledge(town.db.pool, town.district, { terms, now, ...language }, most);
  return (await withUses(town, nearFirst(town, rows, query.place), now)).slice(0, limit);
}

/** What answered most often of what holds: where somebody has asked nothing yet. */
export async function usualKnowledge(town: Town, now: Instant, limit = 10): Promise<readonly KnownItem[]> {
  const ids = await mostUsedKnowledge(town.db.pool, town.district, now, limit);
  const rows = await listKnowledge(town.db.pool, town.district, { ids });
  const order = new Map(ids.map((id, i) => [id, i]));
  const sorted = [...rows].sort((a, b) => order.get(a.id)! - order.get(b.id)!);
  return await withUses(town, sorted, now);
}

/** One item as it stands, whatever its status. */
export async function findKnowledgeItem(
  town: Town,
  id: string,
  now: Instant,
): Promise<KnownItem | undefined> {
  const rows = await listKnowledge(town.db.pool, town.district, { id });
  return (await withUses(town, rows, now))[0];
}

/** Whether somebody reads an item: what holds is everybody's; the rest its owner's, and of the units above it. */
export function readsItem(town: Town, item: KnownItem, now: Instant, by?: Actor): boolean {
  if ((item.status === 'live' || item.status === 'due') && item.validUntil > now) return true;
  const unit = by && town.posts.get(by.post)?.unit;
  return unit !== undefined && (unit === item.owner || unitsAbove(town, item.owner).includes(unit));
}

/** What waits for its owner: proposals, and live items whose end is near or past, the nearest first. */
export async function dueKnowledge(town: Town, now: Instant, owner?: string): Promise<readonly KnownItem[]> {
  const whose = owner === undefined ? {} : { owner };
  const { pool } = town.db;
  const [proposed, ending] = await Promise.all([
    listKnowledge(pool, town.district, { status: 'proposed', ...whose }),
    listKnowledge(pool, town.district, { dueBy: now + KNOWLEDGE_REVIEW_MS, ...whose }),
  ]);
  return await withUses(town, [...proposed, ...ending], now);
}

/** Every item of one owner, or of the town, whatever its status, the nearest end first. */
export async function knowledgeOf(
  town: Town,
  now: Instant,
  filter: { readonly owner?: string; readonly status?: KnowledgeStatus } = {},
): Promise<readonly KnownItem[]> {
  return await withUses(town, await listKnowledge(town.db.pool, town.district, filter), now);
}

/**
 * Proposes the answer of an inquiry that has ended to its owner, in the caller's transaction. Question and answer are masked: whatever names or reaches a person is gone. One
 * proposal a case, however often it is asked: a second one answers `stale`.
 *
 * Refuses `not-answered` (open, or no inquiry), `bad-item` and `stale`.
 */
export async function proposeKnowledge(
  town: Town,
  ended: EndedInquiry,
  by: Actor,
  now: Instant,
  client?: Client,
): Promise<KnownItem | Refusal> {
  const { case: c, question, answer, owner } = ended;
  const isInquiry = Object.values(c.voices).some((voice) => voice.requestKind === 'inquiry');
  if (!isInquiry || (c.phase !== 'answered' && c.phase !== 'closed'))
    return refuse('not-answered', 'Only an inquiry that was answered proposes its answer.', {
      phase: c.phase,
    });
  const item: KnowledgeItem = {
    id: itemIdOf(c.caseId),
    question: shortened(maskText(question).masked),
    answer: maskText(answer).masked,
    basis: NO_BASIS,
    owner,
    validUntil: now + PROPOSED_MS,
    kinds: c.kind === 'unknown' || !town.kinds.has(c.kind) ? [] : [c.kind],
    places: [],
    language: /\p{Script=Han}/u.test(question) ? 'zh' : 'en',
    sourceCase: c.caseId,
  };
  const change = { item, version: 1, status: 'proposed' } as const;
  return client
    ? await addVersion(town, client, change, by, now)
    : await writeKnowledge(town, change, by, now);
}

/** A question of a thousand characters is a story: its owner shortens it well, until then its beginning stands. */
function shortened(question: string): string {
  return question.length > 300 ? `${question.slice(0, 299)}…` : question;
}

export type KnowledgeChange = {
  readonly item: KnowledgeItem;
  readonly version: number;
  readonly status: KnowledgeStatus;
};

/**
 * Writes a version of an item: new, approved (`live`), edited or withdrawn. Only a post of the owner unit writes what the owner answers for.
 *
 * Refuses `bad-item` (with its `field`), `not-owner`, and `stale` where somebody wrote that version before.
 */
export async function writeKnowledge(
  town: Town,
  change: KnowledgeChange,
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const refused = (await refuseStranger(town, change, by)) ?? refuseUnknown(town, change.item);
  if (refused) return refused;
  return await inTransaction(town.db.pool, (client) => addVersion(town, client, change, by, now));
}

/** Writes a version without asking who writes: for what the operator brings in, and what is proposed. */
export async function addVersion(
  town: Town,
  client: Client,
  { item, version, status }: KnowledgeChange,
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const bad = refuseItem(item, now, status);
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
  const writer = { at: now, post: by.post, person: by.person ?? null };
  const written = await addKnowledge(client, town.district, row, writer, terms);
  if (!written) return refuse('stale', `Version ${version} of "${item.id}" was written before.`, { version });
  return itemOf(row, now, 0);
}

/** A proposal may come from anybody who handled the case; what goes live, or out, is the owner's, before and after. */
async function refuseStranger(
  town: Town,
  { item, status, version }: KnowledgeChange,
  by: Actor,
): Promise<Refusal | undefined> {
  const unit = town.posts.get(by.post)?.unit;
  if (status !== 'proposed' && unit !== item.owner) return notOwner(item.owner);
  if (version <= 1) return undefined;
  const [before] = await listKnowledge(town.db.pool, town.district, { id: item.id });
  return before && before.owner !== unit ? notOwner(before.owner) : undefined;
}

function notOwner(owner: string): Refusal {
  return refuse('not-owner', `"${owner}" answers for this item.`, { owner });
}

/** Refuses an owner, a kind or a place that this town has not. */
export function refuseUnknown(town: Town, { owner, kinds, places }: KnowledgeItem): Refusal | undefined {
  if (!town.units.has(owner)) return unknown('owner', owner, 'unit');
  const kind = kinds.find((code) => !town.kinds.has(code));
  if (kind !== undefined) return unknown('kinds', kind, 'kind');
  const place = places.find((code) => !around(town, code));
  return place === undefined ? undefined : unknown('places', place, 'place');
}

function unknown(field: string, value: string, what: string): Refusal {
  return refuse('bad-item', `There is no ${what} "${value}" here.`, { field, value });
}

/** A place and all that hold it, by code; undefined where there is no such place. */
function around(town: Town, code: string): ReadonlySet<string> | undefined {
  const layer = town.profile.layers.find((one) => findPlace(town.places, one.code, code));
  if (!layer) return undefined;
  return new Set([code, ...ancestors(town.places, layer.code, code).map((ref) => ref.code)]);
}

function nearFirst(
  town: Town,
  rows: readonly KnowledgeRow[],
  place: string | undefined,
): readonly KnowledgeRow[] {
  const here = place === undefined ? undefined : around(town, place);
  if (!here) return rows;
  const placesOf = (row: KnowledgeRow): readonly string[] => (row.data as KnowledgeItem).places;
  const near = rows.filter((row) => placesOf(row).some((code) => here.has(code)));
  return [...near, ...rows.filter((row) => placesOf(row).length === 0)];
}

async function withUses(town: Town, rows: readonly KnowledgeRow[], now: Instant): Promise<KnownItem[]> {
  const uses = await knowledgeUses(
    town.db.pool,
    town.district,
    rows.map(({ id }) => id),
  );
  return rows.map((row) => itemOf(row, now, uses.get(row.id)?.answered ?? 0));
}

function itemOf({ version, status, data }: KnowledgeRow, now: Instant, answered: number): KnownItem {
  const item = data as KnowledgeItem;
  const isDue = status === 'live' && item.validUntil <= now + KNOWLEDGE_REVIEW_MS;
  return { ...item, version, status: isDue ? 'due' : status, answered };
}
