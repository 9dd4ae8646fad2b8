/**
 * How likely two cases are the same matter: a logistic curve over what speaks for it. Every weight is at least 0, so that what speaks for it never speaks
 * against it. `origin` says whence the weights come: `default` was set by hand and calibrated on nobody's merges; `confirmed` was calibrated from `pairs` merges that
 * people confirmed and proposals that they refused.
 */
export type SamePolicy = {
  readonly version: string;
  readonly origin: 'default' | 'confirmed';
  readonly pairs: number;
  readonly bias: number;
  readonly weights: Readonly<Record<keyof SameFeatures, number>>;
  /** Below this chance nothing is proposed. */
  readonly chanceMin: number;
  /** What lies farther apart is no candidate by its place alone. At most one cell, 500 m. */
  readonly nearMetres: number;
  /** Same words again within this time, by the same caller or at the same place, are a resend. */
  readonly resendHours: number;
  readonly resendMetres: number;
};

/** What is compared, each from 0 to 1 or from -1 (against) by 0 (unknown) to 1 (for). */
export type SameFeatures = {
  /**
   * Cosine of the rare terms of both, times how rare the rarest of them is among all that is said in the town (1 where only these two say
   * it, 0 where everybody does): what a whole town says of its lamps makes no two lamps one.
   */
  readonly words: number;
  /** Which share of the shorter one's rare terms stands in the longer one, times the same rarity. */
  readonly within: number;
  /** 1 the same kind, -1 another, 0 where one has none. */
  readonly kind: number;
  /** 1 at the same place, 0 at about 140 m, -1 far away; 0 where one has no place. */
  readonly near: number;
  /** 1 in the same smallest area that the town knows, -1 in another, 0 where one has none. */
  readonly place: number;
  /** 1 at the same moment, falling to a third in ten days. */
  readonly fresh: number;
  /** 1 where both are of one caller. */
  readonly own: number;
};

/** Set by hand; docs/decisions/0017 says how well it does. */
export const DEFAULT_SAME_POLICY: SamePolicy = {
  version: 'default-2',
  origin: 'default',
  pairs: 0,
  bias: -7.2,
  weights: { words: 9, within: 1.5, kind: 1.5, near: 1.5, place: 3.2, fresh: 2.5, own: 2 },
  chanceMin: 0.05,
  nearMetres: 300,
  resendHours: 72,
  resendMetres: 50,
};

/** A chance between 0 and 1. */
export function chanceOf(policy: SamePolicy, x: SameFeatures): number {
  return 1 / (1 + Math.exp(-logitOf(policy, x)));
}

export function logitOf({ bias, weights: w }: SamePolicy, x: SameFeatures): number {
  return (
    bias +
    w.words * x.words +
    w.within * x.within +
    w.kind * x.kind +
    w.near * x.near +
    w.place * x.place +
    w.fresh * x.fresh +
    w.own * x.own
  );
}

/** @param metres apart */
export function nearness(metres: number): number {
  return 2 * Math.exp(-metres / 200) - 1;
}

/** @param minutes apart */
export function freshness(minutes: number): number {
  return Math.exp(-minutes / 14_400);
}
