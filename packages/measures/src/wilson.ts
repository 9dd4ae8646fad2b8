import { Fault } from '@gezhi/basis';

/**
 * The uncertainty of a share: with the given z, the true share lies between, ends included; 0 ≤ low ≤ high ≤
 * 1.
 */
export type Interval = { readonly low: number; readonly high: number };

/**
 * The Wilson score interval (E. B. Wilson, JASA 22, 1927, 209–212) of a share of `n`. Unlike p ±
 * z·√(p(1−p)/n) it holds for small n and for shares of 0 and 1. A weighted share (基本满意 = 0.9, partly = half)
 * is the mean of values between 0 and 1, whose variance is at most p(1−p) (Bhatia–Davis), so the interval is
 * then on the safe side: never too narrow for it.
 *
 * @param share 0 … 1
 * @param n answers behind it, 1 or more
 * @param z 1.96 for 95 %
 * @throws Fault `bad-sample` outside these
 */
export function wilson(share: number, n: number, z: number): Interval {
  if (!(share >= 0 && share <= 1) || !(n >= 1) || !(z > 0) || !Number.isFinite(n * z)) {
    throw new Fault('bad-sample', `No Wilson interval of share ${share}, n ${n}, z ${z}.`, {
      hint: 'The share is 0 … 1, n at least 1, z above 0.',
    });
  }
  const zz = z * z;
  const centre = (share + zz / (2 * n)) / (1 + zz / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + zz / (4 * n * n))) / (1 + zz / n);
  return {
    low: share === 0 ? 0 : Math.max(0, Math.min(share, centre - half)),
    high: share === 1 ? 1 : Math.min(1, Math.max(share, centre + half)),
  };
}
