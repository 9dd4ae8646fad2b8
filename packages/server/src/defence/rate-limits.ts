import type { Instant } from '@gezhi/basis';
import { type Bucket, bucketOf, type Rate } from './bucket.ts';
import { Unwelcome } from './unwelcome.ts';

/**
 * The ways by which requests come. Each is counted as a whole, in memory, per process: nobody is counted as a person or by an address,
 * because a house, a school or an office shares one, and because whom we count we keep. `open311` and `service` are counted by the key
 * of the system that calls, which is no person either.
 */
export type Channel = 'intake' | 'web' | 'api' | 'staff' | 'open311' | 'service' | 'code' | 'sign-in';

export type Rates = Readonly<Record<Channel, Rate>>;

/** What one process answers well on two cores, and far above what a town asks: a limit is met by floods only. */
export const RATES: Rates = {
  intake: { burst: 4_000, perSecond: 2_000 },
  web: { burst: 2_000, perSecond: 500 },
  api: { burst: 2_000, perSecond: 500 },
  staff: { burst: 4_000, perSecond: 2_000 },
  open311: { burst: 600, perSecond: 60 },
  service: { burst: 2_000, perSecond: 500 },
  // Six digits: at this rate all codes of one number take half a day; five wrong ones lock it for an hour.
  code: { burst: 200, perSecond: 20 },
  'sign-in': { burst: 60, perSecond: 5 },
};

export type RateLimits = {
  /** Counts one request. @throws Unwelcome `too-many-requests` with the seconds to wait */
  take(channel: Channel, system: string | undefined, now: Instant): void;
};

/** Systems that are counted apart; each was let in by a key of ours, so there are few. */
const SYSTEMS_MAX = 1_000;

export function rateLimits(rates: Partial<Rates> = {}): RateLimits {
  const all = { ...RATES, ...rates };
  const buckets = new Map<string, Bucket>();
  return {
    take: (channel, system, now) => {
      const key = system === undefined ? channel : `${channel} ${system}`;
      let bucket = buckets.get(key);
      if (!bucket) {
        if (buckets.size >= SYSTEMS_MAX) buckets.clear();
        bucket = bucketOf(all[channel]);
        buckets.set(key, bucket);
      }
      const wait = bucket.take(now);
      if (wait > 0)
        throw new Unwelcome(
          'too-many-requests',
          `More requests come by the way "${channel}" than are taken.`,
          wait,
        );
    },
  };
}
