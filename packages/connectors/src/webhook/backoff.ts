import { createHash } from 'node:crypto';

const FIRST_MS = 5_000;
const MAX_MS = 15 * 60_000;

/** So often a notice is tried by one way: with the waits between, about an hour. */
export const ATTEMPTS_MAX = 10;

/**
 * How long to wait after so many tries failed, in ms: 5 s, doubled each time, 15 min at most; of that between half and all, by a
 * fraction that comes from the notice and the try, so that many that failed together do not come back together and a test can foretell
 * it (full jitter halved; M. Brooker, Exponential Backoff and Jitter, 2015).
 */
export function backoffMs(id: string, attempts: number): number {
  const whole = Math.min(MAX_MS, FIRST_MS * 2 ** Math.max(0, attempts - 1));
  const fraction = createHash('sha256').update(`${id}/${attempts}`).digest().readUInt32BE(0) / 2 ** 32;
  return Math.round(whole / 2 + (whole / 2) * fraction);
}
