import { askKnowledge } from '@gezhi/town';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Answers that hold now; where they came from is the staff's. */
export async function findKnowledge({ town, query, now }: Turn<'findKnowledge'>): Promise<RouteAnswer> {
  const { q: text, lang } = query;
  const found = await askKnowledge(town, { text, ...(lang ? { language: lang } : {}) }, now);
  const items = found.map(({ id, question, answer, basis, owner, validUntil, kinds, language }) => ({
    id,
    question,
    answer,
    basis,
    owner: { code: owner, name: town.units.get(owner)?.name ?? owner },
    validUntil: new Date(validUntil).toISOString(),
    kinds,
    language,
  }));
  return { status: 200, body: { items } };
}
