import type { Instant } from '@gezhi/basis';

/** Lets each key through so often in a stretch of time. In memory, per process: several processes let through as many times more. */
export type FewTries = {
  /** False where the key has had its tries; a try that is let through counts. */
  readonly take: (key: string, now: Instant) => boolean;
};

/** Keys kept at once; beyond them those whose time is over are dropped, then all. */
const KEYS_MAX = 20_000;

export function fewTries(triesMax: number, stretchMs: number): FewTries {
  const seen = new Map<string, { since: Instant; tries: number }>();
  const current = (key: string, now: Instant): { since: Instant; tries: number } => {
    const known = seen.get(key);
    return known && now - known.since < stretchMs ? known : { since: now, tries: 0 };
  };
  return {
    take: (key, now) => {
      const one = current(key, now);
      if (one.tries >= triesMax) return false;
      if (seen.size >= KEYS_MAX && !seen.has(key)) {
        for (const [old, { since }] of seen) if (now - since >= stretchMs) seen.delete(old);
        if (seen.size >= KEYS_MAX) seen.clear();
      }
      seen.set(key, { ...one, tries: one.tries + 1 });
      return true;
    },
  };
}
