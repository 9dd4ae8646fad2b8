/**
 * How topics are made and weighed: a policy with a version, so that a list of topics says by which formula it was made.
 *
 * Heat of a topic = sum over its writers of `min(personMax, 1 + repeatWeight · ln n) · 2 ** (-d / halfLife)`, where n is how often somebody wrote and d how long before the window's end
 * somebody wrote last; those who wrote without a key count together as the root of their different wordings. One person can therefore bring in no more than `personMax`.
 */
export type TopicPolicy = {
  readonly version: string;
  /** Cosine from which a message joins a topic. */
  readonly joinMin: number;
  /** Cosine of two topics' centres from which they are one. */
  readonly mergeMin: number;
  /** The share of a large topic's core that a message must say to be taken from a small group into it. */
  readonly coreMin: number;
  /** By how many of its terms a message is known. */
  readonly termsPerMessage: number;
  /** How many times a term of the title counts. */
  readonly titleWeight: number;
  /** Fewer voices are no topic. */
  readonly voicesMin: number;
  /** Where topics are public, one with fewer different people is not told, nor a place in it. */
  readonly publicPeopleMin: number;
  readonly repeatWeight: number;
  readonly personMax: number;
  /** Null: half of the window. */
  readonly halfLifeDays: number | null;
  /** A topic of the last time is known again by this share of common members, or this cosine of terms. */
  readonly sameMembersMin: number;
  readonly sameTermsMin: number;
  /** No growth is told with less history than this before the window. */
  readonly historyDaysMin: number;
  readonly labelMax: number;
};

export const DEFAULT_TOPIC_POLICY: TopicPolicy = {
  version: 'topics-1',
  joinMin: 0.25,
  mergeMin: 0.4,
  coreMin: 0.5,
  termsPerMessage: 60,
  titleWeight: 3,
  voicesMin: 2,
  publicPeopleMin: 3,
  repeatWeight: 0.25,
  personMax: 2,
  halfLifeDays: null,
  sameMembersMin: 0.3,
  sameTermsMin: 0.6,
  historyDaysMin: 28,
  labelMax: 30,
};
