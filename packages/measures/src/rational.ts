import { Fault } from '@gezhi/basis';

/**
 * An exact fraction in lowest terms; the denominator is positive. Rates stay fractions until the one division
 * that shows them.
 */
export type Rational = { readonly numerator: bigint; readonly denominator: bigint };

export const ZERO: Rational = { numerator: 0n, denominator: 1n };

/** @throws Fault `zero-denominator`; RangeError where a number is not whole */
export function rational(numerator: bigint | number, denominator: bigint | number = 1n): Rational {
  const n = BigInt(numerator);
  const d = BigInt(denominator);
  if (d === 0n) throw new Fault('zero-denominator', `${n}/0 is no number.`);
  const common = gcd(n < 0n ? -n : n, d < 0n ? -d : d);
  const sign = d < 0n ? -1n : 1n;
  return { numerator: (sign * n) / common, denominator: (sign * d) / common };
}

export function add(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.denominator + b.numerator * a.denominator, a.denominator * b.denominator);
}

export function multiply(a: Rational, b: Rational): Rational {
  return rational(a.numerator * b.numerator, a.denominator * b.denominator);
}

/** Negative, zero or positive as a is below, equal to or above b. */
export function compare(a: Rational, b: Rational): number {
  const difference = a.numerator * b.denominator - b.numerator * a.denominator;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/**
 * The unweighted mean, exact; `undefined` of nothing. Summed in pairs, so that the long fractions of many
 * different denominators are met late and seldom.
 */
export function mean(values: readonly Rational[]): Rational | undefined {
  if (values.length === 0) return undefined;
  return multiply(sumPairwise(values, 0, values.length), rational(1n, values.length));
}

/**
 * The nearest double, ties to even, for values between 2^-900 and 2^900: one rounding, whatever the length of
 * the fraction.
 */
export function toNumber(value: Rational): number {
  const negative = value.numerator < 0n;
  const n = negative ? -value.numerator : value.numerator;
  if (n === 0n) return 0;
  const shift = 66 + bitLength(value.denominator) - bitLength(n);
  const scaled = shift >= 0 ? n << BigInt(shift) : n;
  const divisor = shift >= 0 ? value.denominator : value.denominator << BigInt(-shift);
  const sticky = scaled % divisor === 0n ? 0n : 1n;
  const size = Number((scaled / divisor) | sticky) * 2 ** -shift;
  return negative ? -size : size;
}

/** The nearest number of so many decimals, halves away from zero (四舍五入), decided on the exact fraction. */
export function roundHalfUp(value: Rational, decimals: number): number {
  const scale = 10n ** BigInt(decimals);
  const negative = value.numerator < 0n;
  const n = (negative ? -value.numerator : value.numerator) * scale;
  const whole = (2n * n + value.denominator) / (2n * value.denominator);
  const size = Number(whole) / Number(scale);
  return negative && size !== 0 ? -size : size;
}

function sumPairwise(values: readonly Rational[], from: number, to: number): Rational {
  if (to - from === 1) return values[from]!;
  const middle = (from + to) >> 1;
  return add(sumPairwise(values, from, middle), sumPairwise(values, middle, to));
}

function bitLength(n: bigint): number {
  return n.toString(2).length;
}

function gcd(a: bigint, b: bigint): bigint {
  let [x, y] = [a, b];
  while (y !== 0n) [x, y] = [y, x % y];
  return x === 0n ? 1n : x;
}
