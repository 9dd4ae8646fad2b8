import type { Instant } from '@gezhi/basis';

/** So many at once, and then so many a second. */
export type Rate = { readonly burst: number; readonly perSecond: number };

/** A bucket of tokens that fills by itself (the "leaky bucket as a meter" of ITU-T I.371, the other way round). */
export type Bucket = {
  /** Takes one; answers how many seconds to wait where none is left, and 0 where it was given. */
  take(now: Instant): number;
};

export function bucketOf({ burst, perSecond }: Rate): Bucket {
  let left = burst;
  let at: Instant | undefined;
  return {
    take: (now) => {
      // A clock that was set back fills nothing.
      left = Math.min(burst, left + (Math.max(0, now - (at ?? now)) / 1000) * perSecond);
      at = now;
      if (left >= 1) {
        left -= 1;
        return 0;
      }
      return Math.max(1, Math.ceil((1 - left) / perSecond));
    },
  };
}
