import { type CaseId, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import type { KnowledgeStatus } from '@gezhi/storage';
import type { Town } from '../town.ts';
import { newId } from '../words.ts';
import type { KnowledgeItem } from './item.ts';
import {
  findKnowledgeItem,
  type KnownItem,
  proposeKnowledge,
  readsItem,
  writeKnowledge,
} from './knowledge.ts';
import { readEndedInquiry } from './propose-from-case.ts';

/** What can be said of an item by hand. */
export type KnowledgeFields = Omit<KnowledgeItem, 'id' | 'sourceCase'>;

/**
 * Writes a new item of the writer's own unit, or proposes one to another's.
 *
 * Refuses `bad-item` and `not-owner`.
 */
export async function newKnowledge(
  town: Town,
  { fields, status }: { readonly fields: KnowledgeFields; readonly status: 'proposed' | 'live' },
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const item = { ...fields, id: `item-${newId(now)}` };
  return await writeKnowledge(town, { item, version: 1, status }, by, now);
}

/**
 * Writes the next version of an item that somebody has read: what is not named stays as it was.
 *
 * Refuses `no-such-item`, `bad-item`, `not-owner`, and `stale` where `version` is not the newest.
 */
export async function editKnowledge(
  town: Town,
  id: string,
  change: {
    readonly version: number;
    readonly status: KnowledgeStatus;
    readonly fields?: Partial<KnowledgeFields>;
  },
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const known = await findKnowledgeItem(town, id, now);
  if (!known || !readsItem(town, known, now, by)) return refuse('no-such-item', `There is no item "${id}".`);
  if (known.version !== change.version) {
    return refuse('stale', `The item stands at version ${known.version}.`, { version: known.version });
  }
  const { version, status: _status, answered, ...item } = known;
  const next = { item: { ...item, ...change.fields }, version: version + 1, status: change.status };
  const written = await writeKnowledge(town, next, by, now);
  return isRefusal(written) ? written : { ...written, answered };
}

/**
 * Proposes the answer of an inquiry to the unit that gave it, at somebody's wish: what the workers do by themselves.
 *
 * Refuses `no-such-case`, `not-answered`, and `stale` where it was proposed before.
 */
export async function proposeFromCase(
  town: Town,
  caseId: CaseId,
  by: Actor,
  now: Instant,
): Promise<KnownItem | Refusal> {
  const ended = await readEndedInquiry(town.db.pool, town, caseId);
  return isRefusal(ended) ? ended : await proposeKnowledge(town, ended, by, now);
}
