const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** China has one zone and no summer time. */
const ZONE = 8 * HOUR;
const EVENING = 18 * HOUR;

/** The last 18:00 of a day before `now`, at least twelve hours back: whoever reads in the morning reads the whole night. */
export function eveningBefore(now: number): number {
  const day = Math.floor((now - 12 * HOUR + ZONE - EVENING) / DAY) * DAY;
  return day - ZONE + EVENING;
}
