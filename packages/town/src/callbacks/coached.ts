import type { Instant } from '@gezhi/basis';
import { type Share, share } from '@gezhi/measures';
import { countCoached } from '@gezhi/storage';
import type { Town } from '../town.ts';

/** Below so many answers a unit's share says more about who answered than about the unit, and is not shown. */
export const COACHED_N_MIN = 5;

/**
 * Per unit, the share of those asked who said that somebody asked them for a good answer (要求给好评), with its interval. Stands beside the
 * rates and changes none; who is meant is not asked. Units with fewer than five answers are left out.
 */
export async function coachedShares(
  town: Town,
  window: { readonly from: Instant; readonly to: Instant },
): Promise<readonly { readonly unit: string; readonly share: Share }[]> {
  const counts = await countCoached(town.db.pool, town.district, window);
  return counts.flatMap(({ unit, yes, asked }) => {
    const told = asked < COACHED_N_MIN ? null : share(yes, asked, 1.96);
    return told ? [{ unit, share: told }] : [];
  });
}
