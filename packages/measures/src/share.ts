import { Fault } from '@gezhi/basis';
import { type Interval, wilson } from './wilson.ts';

/**
 * A share with what it rests on: `value` = `numerator` / `denominator` (whole numbers, one division), `n` the
 * answers or cases in the sample, and the interval that so many allow.
 */
export type Share = {
  readonly value: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly n: number;
  readonly interval: Interval;
};

/**
 * `part` of `n`. Of nothing there is no share: `null`, never 0, so that a unit nobody called about is not the
 * worst of all.
 *
 * @throws Fault `bad-share` where the part is negative, not whole, or more than the whole
 */
export function share(part: number, n: number, z: number): Share | null {
  return weightedShare(part, n, 1, z);
}

/**
 * The same where each of `n` earns between 0 and `scale` points (1000 for thousandths): `points` of `scale ×
 * n`.
 */
export function weightedShare(points: number, n: number, scale: number, z: number): Share | null {
  const denominator = scale * n;
  if (
    !Number.isSafeInteger(points) ||
    !Number.isSafeInteger(denominator) ||
    points < 0 ||
    points > denominator
  ) {
    throw new Fault('bad-share', `${points} of ${denominator} is no share.`, {
      hint: 'Both are whole numbers, the first not more than the second: were rows of two date bases added up?',
    });
  }
  if (n === 0) return null;
  const value = points / denominator;
  return { value, numerator: points, denominator, n, interval: wilson(value, n, z) };
}
