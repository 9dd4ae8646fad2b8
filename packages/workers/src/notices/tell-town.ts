import type { Instant } from '@gezhi/basis';
import type { Gateway } from '@gezhi/connectors';
import type { Town } from '@gezhi/town';
import { type FollowOptions, follow } from '../follow.ts';
import { climbRings } from './climb-rings.ts';
import { deliverNotices } from './deliver-notices.ts';
import { noticesFollower } from './notices-follower.ts';
import { noticeSubscribers } from './tell-subscribers.ts';

/**
 * Brings the notices of a town up to now: reads the log to its head, climbs the ladders of what is still unsigned, asks whom a subscription tells, and sends what is due,
 * until nothing is. In this order, so that nobody is rung for what was signed.
 */
export async function tellTown(
  town: Town,
  gateway: Gateway | undefined,
  now: () => Instant,
  options: FollowOptions = {},
): Promise<{ readonly rung: number; readonly sent: number }> {
  let rung = 0;
  let sent = 0;
  for (;;) {
    await follow(town, noticesFollower(now), options);
    if (options.stopping?.()) return { rung, sent };
    rung += await climbRings(town, now());
    await noticeSubscribers(town, now());
    const delivered = await deliverNotices(town, gateway, now);
    sent += delivered.sent;
    if (delivered.claimed === 0 || options.stopping?.()) return { rung, sent };
  }
}
