import { type Instant, isoInstant, parseInstant } from '@gezhi/basis';

/** The W3C form of ISO 8601 that GeoReport v2 asks for, in UTC and whole seconds: `2026-05-01T00:00:00Z`. */
export function sayMoment(at: Instant): string {
  return `${isoInstant(at).slice(0, 19)}Z`;
}

const W3C = /^(\d{4})-(\d{2})-(\d{2})T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})$/;

/**
 * Reads a moment in W3C form, which must name its zone; fractions of a second may stand. A blank before the offset is read as the
 * plus sign that it was before somebody forgot to encode it (`…T08:00:00 08:00`).
 * Answers `undefined` for everything else: no zone, no seconds, 30 February, hour 25.
 */
export function readMoment(text: string): Instant | undefined {
  const mended = text.replace(/ (?=\d{2}:\d{2}$)/, '+');
  const parts = W3C.exec(mended);
  if (!parts) return undefined;
  const [, year, month, day] = parts;
  const onCalendar = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (onCalendar.getUTCDate() !== Number(day)) return undefined;
  return parseInstant(mended);
}
