import type { Instant } from '@gezhi/basis';
import type { Topic } from './topic.ts';
import type { TopicPolicy } from './topic-policy.ts';

/** What is remembered of a topic from one time to the next. */
export type KnownTopic = Pick<Topic, 'id' | 'since' | 'members' | 'terms'>;

export type Identity = {
  readonly id: string;
  readonly since: Instant;
  readonly mergedFrom: readonly string[];
  readonly splitFrom: string | null;
};

type Found = Omit<KnownTopic, 'id'>;

/**
 * Which of today's topics is which of yesterday's: by common members, and where a window shares none, by what they are about. A known topic goes on in the one most like it; where it falls apart
 * the others say from which they split; where two become one the closer goes on and the other is told. A new one is named after its first message, so that the same messages give the same name.
 */
export function identify(
  found: readonly Found[],
  known: readonly KnownTopic[],
  policy: TopicPolicy,
): readonly Identity[] {
  const links = linksOf(found, known, policy);
  const heir = new Map<number, number>();
  const forebear = new Map<number, number>();
  for (const { f, k } of links) {
    if (forebear.has(f) || heir.has(k)) continue;
    forebear.set(f, k);
    heir.set(k, f);
  }
  const taken = new Set(known.map(({ id }) => id));
  return found.map((topic, f) => {
    const k = forebear.get(f);
    const linked = links.filter((link) => link.f === f).map((link) => link.k);
    const others = linked.filter((other) => other !== k);
    const goneElsewhere = others.find((other) => heir.has(other));
    const id = k === undefined ? newId(topic, taken) : known[k]!.id;
    return {
      id,
      since: k === undefined ? topic.since : Math.min(topic.since, known[k]!.since),
      mergedFrom: others.filter((other) => !heir.has(other)).map((other) => known[other]!.id),
      splitFrom: k === undefined && goneElsewhere !== undefined ? known[goneElsewhere]!.id : null,
    };
  });
}

type Link = { readonly f: number; readonly k: number; readonly strength: number };

/** The strongest first. Common members weigh more than common words. */
function linksOf(
  found: readonly Found[],
  known: readonly KnownTopic[],
  policy: TopicPolicy,
): readonly Link[] {
  const links: Link[] = [];
  const sets = known.map(({ members }) => new Set(members));
  for (const [f, topic] of found.entries()) {
    for (const [k, before] of known.entries()) {
      const common = topic.members.reduce((n, id) => n + Number(sets[k]!.has(id)), 0);
      const share = common / Math.max(1, Math.min(topic.members.length, before.members.length));
      const alike = common > 0 ? 0 : cosine(topic.terms, before.terms);
      if (share >= policy.sameMembersMin) links.push({ f, k, strength: 1 + common });
      else if (alike >= policy.sameTermsMin) links.push({ f, k, strength: alike });
    }
  }
  return links.sort((a, b) => b.strength - a.strength || a.f - b.f || a.k - b.k);
}

function cosine(a: Topic['terms'], b: Topic['terms']): number {
  const weights = new Map(a);
  const squares = (terms: Topic['terms']): number => terms.reduce((sum, [, weight]) => sum + weight ** 2, 0);
  const dot = b.reduce((sum, [term, weight]) => sum + weight * (weights.get(term) ?? 0), 0);
  return dot / (Math.sqrt(squares(a) * squares(b)) || 1);
}

function newId({ members }: Found, taken: Set<string>): string {
  const name = `topic-${[...members].sort()[0] ?? ''}`;
  let id = name;
  for (let n = 2; taken.has(id); n += 1) id = `${name}-${n}`;
  taken.add(id);
  return id;
}
