/**
 * What people say of one matter. The pieces of a matter go together; a kind has pieces that go with all of its matters. A piece may
 * begin with a mark that says when or where it can be said: 夏: in summer, 冬: in winter, 年: before the Spring Festival, 雨: on a
 * storm day, 夜: at night, 城: in town, 乡: in a village.
 * Slots: {幢} {楼} {数} {天} {钱} {人数} {车} {店}.
 */
export type Matter = {
  /** The matter in a few words, for those who come back to it. */
  readonly short: string;
  readonly problem: readonly string[];
  readonly detail: readonly string[];
  /** What it does to people, where not all of the kind's effects go with it. */
  readonly effect?: readonly string[];
  /** Only told in town, where there are high houses. */
  readonly urban?: boolean;
  /** Told five times as often on a storm day. */
  readonly storm?: boolean;
};
export type Phrases = {
  readonly matters: readonly Matter[];
  readonly detail: readonly string[];
  readonly effect: readonly string[];
  readonly ask: readonly string[];
  readonly suggestion: readonly string[];
};
