/**
 * A value for the wire without what somebody said about being asked for a good answer: whoever could see it could look for who said it. It is
 * told as a share of a unit only.
 */
export function withoutCoached<T>(value: T): T {
  if (Array.isArray(value)) return value.map(withoutCoached) as T;
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'coached');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutCoached(inner)])) as T;
}
