/** China has one zone; a day begins at its midnight. */
const ZONE = 8 * 3_600_000;
const DAY = 86_400_000;

/** The day of a moment, as a date field shows it. */
export function dayOf(moment: unknown): string {
  return typeof moment === 'number' ? new Date(moment + ZONE).toISOString().slice(0, 10) : '';
}

/** Midnight of a day; `undefined` for an empty field. */
export function momentOf(day: string): number | undefined {
  return day === '' ? undefined : Math.floor(Date.parse(`${day}T00:00:00Z`) / DAY) * DAY - ZONE;
}
