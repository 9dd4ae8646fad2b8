import { type CaseId, isRefusal, parseInstant, type Refusal, refuse } from '@gezhi/basis';
import { findPlace } from '@gezhi/place';
import {
  askKnowledge,
  editKnowledge as edit,
  findKnowledgeItem,
  type KnownItem,
  knowledgeOf,
  newKnowledge,
  proposeFromCase,
  readsItem,
  refuseSightOf,
  type Town,
} from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Answers that hold now; where they came from is the staff's. */
export async function findKnowledge({ town, query, now }: Turn<'findKnowledge'>): Promise<RouteAnswer> {
  const { q: text, lang: language, place } = query;
  const found = await askKnowledge(town, { text, language, place }, now);
  return { status: 200, body: { items: found.map((item) => shownOf(town, item)) } };
}

/** One item: everybody reads what holds; its owner and the units above it the rest. */
export async function getKnowledge({
  town,
  params,
  now,
  actor,
}: Turn<'getKnowledge'>): Promise<RouteAnswer | Refusal> {
  const item = await findKnowledgeItem(town, params.item, now);
  if (!item || !readsItem(town, item, now, actor)) return noSuchItem(params.item);
  return { status: 200, body: viewOf(town, item, actor !== undefined) };
}

/** The items that the asking post may read whatever their status: its own unit's, and those of the units below. */
export async function listKnowledge(turn: Turn<'listKnowledge'>): Promise<RouteAnswer> {
  const { town, query, now, actor } = turn;
  const owner = query.owner ?? town.posts.get(actor!.post)?.unit;
  const all = await knowledgeOf(town, now, owner === undefined ? {} : { owner });
  const items = all.filter(
    (item) => (!query.status || item.status === query.status) && readsItem(town, item, now, actor),
  );
  return { status: 200, body: { items: items.map((item) => viewOf(town, item, true)) } };
}

/** A new item of one's own unit, a proposal to another's, or the answer of an inquiry. */
export async function addKnowledge(turn: Turn<'addKnowledge'>): Promise<RouteAnswer | Refusal> {
  const { town, body, actor, now } = turn;
  if ('fromCase' in body) {
    const unseen = await refuseSightOf(town, body.fromCase as CaseId, actor);
    if (unseen) return unseen;
    return answer(town, await proposeFromCase(town, body.fromCase as CaseId, actor!, now), 201);
  }
  const { status, validUntil, owner = town.posts.get(actor!.post)!.unit, ...rest } = body;
  const fields = { ...rest, owner, validUntil: parseInstant(validUntil)! };
  return answer(town, await newKnowledge(town, { fields, status }, actor!, now), 201);
}

/** The next version of an item, by a post of its owner. */
export async function editKnowledge(turn: Turn<'editKnowledge'>): Promise<RouteAnswer | Refusal> {
  const { town, params, body, actor, now } = turn;
  const { version, status, validUntil, ...rest } = body;
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
  const fields = { ...said, ...(validUntil === undefined ? {} : { validUntil: parseInstant(validUntil)! }) };
  return answer(town, await edit(town, params.item, { version, status, fields }, actor!, now), 200);
}

function answer(town: Town, done: KnownItem | Refusal, status: number): RouteAnswer | Refusal {
  return isRefusal(done) ? done : { status, body: viewOf(town, done, true) };
}

function noSuchItem(id: string): Refusal {
  return refuse('no-such-item', `There is no item "${id}" for you to read.`);
}

function viewOf(town: Town, item: KnownItem, isStaff: boolean): Record<string, unknown> {
  const { version, status, sourceCase } = item;
  return { ...shownOf(town, item), version, status, ...(isStaff && sourceCase ? { sourceCase } : {}) };
}

function shownOf(town: Town, item: KnownItem): Record<string, unknown> {
  const { id, question, answer, basis, owner, validUntil, kinds, places, language, answered } = item;
  return {
    id,
    question,
    answer,
    basis,
    owner: { code: owner, name: town.units.get(owner)?.name ?? owner },
    validUntil: new Date(validUntil).toISOString(),
    kinds,
    places: places.map((code) => ({ code, name: nameOf(town, code) })),
    language,
    answered,
  };
}

function nameOf(town: Town, code: string): string {
  for (const layer of town.profile.layers) {
    const place = findPlace(town.places, layer.code, code);
    if (place) return place.name;
  }
  return code;
}
