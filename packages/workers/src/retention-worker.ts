import type { Instant } from '@gezhi/basis';
import { sweepUploads } from '@gezhi/storage';
import { applyRetention, erasesFrom, purgeDue, recordTerms, sealClearWords, type Town } from '@gezhi/town';

/** How often one town's contacts are gone through: a term is counted in months. */
const EVERY_MS = 6 * 3_600_000;
/** A file whose pieces nobody has gone on with for so long is not coming any more. */
const UPLOAD_REST_MS = 24 * 3_600_000;

/**
 * Erases what was looked at for an emergency that is long over; and, at most once in some hours for each town, seals what still lies in clear
 * from before, and erases what has no term any more: some days after terms were changed, so that a slip of the pen destroys nothing.
 */
export function retentionWorker(
  now: () => Instant,
  stopping: () => boolean,
): (town: Town) => Promise<number> {
  const last = new Map<string, Instant>();
  return async (town) => {
    const at = now();
    const purged = await purgeDue(town, at, stopping);
    if (at - (last.get(town.district) ?? Number.NEGATIVE_INFINITY) < EVERY_MS) return purged;
    await sweepUploads(town.db.pool, town.district, at - UPLOAD_REST_MS);
    await sealClearWords(town, stopping);
    await recordTerms(town, at);
    const erased = (await erasesFrom(town, at)) <= at ? await applyRetention(town, at, stopping) : 0;
    if (!stopping()) last.set(town.district, at);
    return purged + erased;
  };
}
