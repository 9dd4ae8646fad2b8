import { type Instant, isRefusal, MINUTE } from '@gezhi/basis';
import { onShift, parseShift, type Shift, WEEK_MINUTES, weekMinuteIn } from '@gezhi/duty';

export type Quiet = { readonly fromMinute: number; readonly toMinute: number };

const DAY_MINUTES = 24 * 60;

/**
 * When somebody may be told: `now`, or the first minute after it that lies in their own hours where they said some that can be read
 * (`mon-fri 18:00-20:00`, or `18:00-20:00` for every day), else outside the quiet hours. Their own hours go before the quiet ones.
 */
export function mayTellAt(
  zone: string,
  quiet: Quiet | undefined,
  hours: string | undefined,
  now: Instant,
): Instant {
  const own = readHours(hours);
  if (own === undefined && quiet === undefined) return now;
  const first = weekMinuteIn(zone)(now);
  const isOpen = (minute: number): boolean =>
    own ? onShift(own, minute) : !isQuiet(quiet!, minute % DAY_MINUTES);
  for (let wait = 0; wait < WEEK_MINUTES; wait += 1) {
    if (!isOpen((first + wait) % WEEK_MINUTES)) continue;
    return wait === 0 ? now : Math.floor(now / MINUTE) * MINUTE + wait * MINUTE;
  }
  return now;
}

/** Hours as people write them; `undefined` where they cannot be read, so that the quiet hours hold. */
export function readHours(text: string | undefined): Shift | undefined {
  if (text === undefined) return undefined;
  const plain = text
    .trim()
    .replaceAll('：', ':')
    .replaceAll(/[–—~～至]/g, '-');
  const shift = parseShift(/^\d/.test(plain) ? `mon-sun ${plain}` : plain);
  return isRefusal(shift) ? undefined : shift;
}

function isQuiet({ fromMinute, toMinute }: Quiet, minute: number): boolean {
  const isInside = fromMinute <= minute && minute < toMinute;
  return fromMinute <= toMinute ? isInside : minute >= fromMinute || minute < toMinute;
}
