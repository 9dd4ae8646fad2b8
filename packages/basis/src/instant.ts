/**
 * A moment: whole milliseconds since 1970-01-01T00:00:00Z. The core computes with it, JSON and people see RFC 3339.
 * Whoever needs to know what time it is now is told by its caller.
 */
export type Instant = number;

export const SECOND: Instant = 1_000;
export const MINUTE: Instant = 60 * SECOND;
export const HOUR: Instant = 60 * MINUTE;
export const DAY: Instant = 24 * HOUR;

/** RFC 3339 in UTC with milliseconds, as every interface of Gezhi writes it. */
export function isoInstant(at: Instant): string {
  return new Date(at).toISOString();
}

const RFC3339 = /^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:?\d{2})$/;

/**
 * Reads an RFC 3339 moment, which must name its offset (`2026-05-01T08:00:00+08:00`, `…Z`).
 * Answers `undefined` for anything else: a time without a zone is no moment.
 */
export function parseInstant(text: string): Instant | undefined {
  if (!RFC3339.test(text)) return undefined;
  const at = Date.parse(text.replace(' ', 'T'));
  return Number.isNaN(at) ? undefined : at;
}
