import type { CaseId, Instant } from '@gezhi/basis';
import { keepSamePairs } from '@gezhi/storage';
import { type SameMatter, sameMatter, signText } from '@gezhi/text';
import { locate } from '../locate.ts';
import { isSecret } from '../secret.ts';
import type { Town } from '../town.ts';
import { samePolicyOf } from './same-desk.ts';
import { sameIndexOf } from './same-keeper.ts';
import { areaOf } from './same-place.ts';

/** So many proposals are compared to find those that were shown. */
const PROPOSED_MAX = 20;

/**
 * Keeps what a seat was shown as perhaps the same when it took a case in: what is alike in them, no words. What the seat did with it, the worker
 * reads later from the merges. Nothing is kept of what was not proposed, whatever is claimed, nor of secret kinds.
 */
export async function keepShown(
  town: Town,
  taken: { readonly caseId: CaseId; readonly text: string; readonly kind?: string | undefined },
  shown: readonly string[],
  now: Instant,
): Promise<void> {
  const { caseId, text, kind } = taken;
  if (shown.length === 0 || (kind !== undefined && isSecret(town, { kind }))) return;
  const index = await sameIndexOf(town, now);
  const { code, point } = locate(town, { words: text });
  const query = {
    signature: signText(text),
    at: now,
    kind,
    place: areaOf(town, code),
    point: point && { lon: point[0], lat: point[1] },
    except: caseId,
  };
  const found = sameMatter(index, query, samePolicyOf(town), PROPOSED_MAX);
  const wanted = new Set(shown);
  await keepFound(
    town,
    caseId,
    found.filter(({ id }) => wanted.has(id)),
    now,
  );
}

/** Keeps proposals of a case as they stand. */
export async function keepFound(
  town: Town,
  caseId: CaseId,
  found: readonly Pick<SameMatter, 'id' | 'features'>[],
  shownAt: Instant,
): Promise<void> {
  const rows = found.map(({ id, features: { own: _, ...alike } }) => ({
    caseId,
    otherId: id as CaseId,
    ...alike,
    shownAt,
  }));
  await keepSamePairs(town.db.pool, town.district, rows);
}
