import { type Refusal, refuse } from '@gezhi/basis';
import { sameBytes } from './bytes.ts';
import type { Checkpoint } from './checkpoint.ts';
import type { Sha256, TreeHash } from './tree.ts';
import { verifyConsistency } from './verify-proofs.ts';

/**
 * Whether a log's new checkpoint is in keeping with the last one that was seen of it, which is all a witness ever asks.
 *
 * Refuses `log-shrunk` (fewer leaves than before: an older state was restored), `log-forked` (as many leaves and another root, or a
 * tree that does not begin with the one seen before: something was changed), `other-log` (another origin).
 *
 * @param seen the last checkpoint of this log, or undefined the first time, when there is nothing to compare with
 * @param proof of consistency from `seen` to `offered` (`planConsistency`); empty where the sizes are the same or nothing was seen
 */
export function judgeCheckpoint(
  sha256: Sha256,
  seen: Checkpoint | undefined,
  offered: Checkpoint,
  proof: readonly TreeHash[],
): 'consistent' | Refusal {
  if (!seen || (seen.size === 0 && seen.origin === offered.origin)) return 'consistent';
  if (seen.origin !== offered.origin) {
    return refuse(
      'other-log',
      `The checkpoint is of ${offered.origin}, the one seen before of ${seen.origin}.`,
    );
  }
  const sizes = { seen: seen.size, offered: offered.size };
  if (offered.size < seen.size) {
    return refuse(
      'log-shrunk',
      `${offered.origin} shows ${offered.size} leaves after ${seen.size} had been seen: an older state was put back, and the leaves from ${offered.size} on are missing.`,
      sizes,
    );
  }
  const [oldRoot, newRoot] = [seen.root, offered.root];
  if (seen.size === offered.size && !sameBytes(oldRoot, newRoot)) {
    return refuse(
      'log-forked',
      `${offered.origin} shows another tree of ${seen.size} leaves than before.`,
      sizes,
    );
  }
  const claim = { oldSize: seen.size, newSize: offered.size, oldRoot, newRoot };
  if (verifyConsistency(sha256, claim, proof)) return 'consistent';
  return refuse(
    'log-forked',
    `The ${offered.size} leaves that ${offered.origin} shows do not begin with the ${seen.size} seen before: something among them was changed.`,
    sizes,
  );
}
