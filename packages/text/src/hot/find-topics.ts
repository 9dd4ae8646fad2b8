import { DAY, type Instant } from '@gezhi/basis';
import { type Cluster, closeness, clusterVectors } from './cluster.ts';
import { growthOf } from './growth.ts';
import { countPeople, heatOf } from './heat.ts';
import { identify, type KnownTopic } from './identity.ts';
import { labelOf } from './label.ts';
import type { Topic, TopicMessage } from './topic.ts';
import { DEFAULT_TOPIC_POLICY, type TopicPolicy } from './topic-policy.ts';
import { makeVectors, type Vector } from './vectors.ts';

export type TopicOptions = {
  /** The window, both ends in it. Messages before it are history, by which growth is told; those after it are left out. */
  readonly from: Instant;
  readonly to: Instant;
  /** Hides who is named in a text; it is applied before anything is read or shown. */
  readonly mask: (text: string) => string;
  readonly policy?: TopicPolicy;
  /** The topics of the last time, so that they are known again. */
  readonly previous?: readonly KnownTopic[];
  /** For all to see: topics and places of fewer than `publicPeopleMin` people are left out. */
  readonly isPublic?: boolean;
};

/** So many terms are kept of a topic, by which it is known again. */
const KEPT_TERMS = 40;
const PLACES_MAX = 3;

/**
 * What many write about in a window, the hottest first. Pure: the same messages give the same topics. A topic is there from the day on which a second voice is heard.
 *
 * Messages are compared by pairs of characters and words, weighed by how rare they are; each joins the nearest topic or begins one, topics that are near become one (leader
 * clustering with inverted lists). Costs about a millisecond a message.
 */
export function findTopics(messages: readonly TopicMessage[], options: TopicOptions): readonly Topic[] {
  const { from, to, mask, policy = DEFAULT_TOPIC_POLICY, previous = [], isPublic = false } = options;
  const read = messages
    .filter(({ at }) => at <= to)
    .map((message) => ({
      ...message,
      text: mask(message.text),
      ...(message.title ? { title: mask(message.title) } : {}),
    }))
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const vectors = makeVectors(read, policy);
  const drafts = clusterVectors(vectors, policy)
    .map((cluster) => draftOf(cluster, vectors, read, from))
    .filter(({ inside }) => inside.length >= policy.voicesMin);
  const identities = identify(
    drafts.map(({ inside, terms }) => ({
      members: inside.map(({ id }) => id),
      since: firstOf(inside),
      terms,
    })),
    previous,
    policy,
  );
  const historyFrom = read[0]?.at ?? from;
  return drafts
    .map(({ inside, terms, times }, d): Topic => {
      const { since, ...identity } = identities[d]!;
      return {
        ...identity,
        ...countsOf(inside, policy, isPublic),
        label: labelOf(inside, new Map(terms), policy.labelMax),
        since,
        isNew: since > to - DAY,
        heat: Math.round(heatOf(inside, { from, to }, policy) * 100) / 100,
        growth: growthOf(times, { from, to }, historyFrom, policy.historyDaysMin),
        members: inside.map(({ id }) => id),
        terms,
      };
    })
    .filter(({ people }) => !isPublic || people >= policy.publicPeopleMin)
    .sort((a, b) => b.heat - a.heat || (a.id < b.id ? -1 : 1));
}

type Draft = {
  /** Messages of the window, the most central first. */
  readonly inside: readonly TopicMessage[];
  readonly times: readonly Instant[];
  readonly terms: Topic['terms'];
};

function draftOf(
  cluster: Cluster,
  vectors: readonly Vector[],
  messages: readonly TopicMessage[],
  from: Instant,
): Draft {
  const members = [...cluster.members].map((i) => ({ i, close: closeness(vectors[i]!, cluster) }));
  members.sort((a, b) => b.close - a.close || a.i - b.i);
  const all = members.map(({ i }) => messages[i]!);
  const terms = [...cluster.sum].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, KEPT_TERMS);
  return {
    inside: all.filter(({ at }) => at >= from),
    times: all.map(({ at }) => at),
    terms: terms.map(([term, weight]) => [term, Math.round((weight / members.length) * 1000) / 1000]),
  };
}

function countsOf(
  members: readonly TopicMessage[],
  policy: TopicPolicy,
  isPublic: boolean,
): Pick<Topic, 'where' | 'latest' | 'voices' | 'people' | 'likes' | 'opposes'> {
  const byPlace = new Map<string, TopicMessage[]>();
  for (const message of members) {
    for (const place of new Set(message.places ?? [])) {
      byPlace.set(place, [...(byPlace.get(place) ?? []), message]);
    }
  }
  const where = [...byPlace]
    .filter(([, there]) => !isPublic || countPeople(there) >= policy.publicPeopleMin)
    .map(([place, there]) => ({ place, voices: there.length }))
    .sort((a, b) => b.voices - a.voices || (a.place < b.place ? -1 : 1))
    .slice(0, PLACES_MAX);
  return {
    where,
    latest: members.reduce((last, { at }) => Math.max(last, at), 0),
    voices: members.length,
    people: countPeople(members),
    likes: members.reduce((sum, { likes = 0 }) => sum + likes, 0),
    opposes: members.reduce((sum, { opposes = 0 }) => sum + opposes, 0),
  };
}

function firstOf(members: readonly TopicMessage[]): Instant {
  return members.reduce((first, { at }) => Math.min(first, at), Number.POSITIVE_INFINITY);
}
