import { createHash } from 'node:crypto';
import { DAY, type Instant } from '@gezhi/basis';
import { lastPolicies } from '@gezhi/storage';
import { recordPolicies } from '../powers/record-policies.ts';
import type { Town } from '../town.ts';

/** By this name the terms stand among the rules that the ledger has. */
const TERMS = 'terms-of-keeping';

/** Other terms erase nothing by themselves for so long: a slip of the pen must not destroy what cannot be brought back. */
const PAUSE_MS = 7 * DAY;

/** From when on what has no term any more is erased without anybody's doing. Reads only. */
export async function erasesFrom(town: Town, now: Instant): Promise<Instant> {
  const last = (await lastPolicies(town.db.pool, town.district)).get(TERMS);
  return (last?.sha256 === hashOf(town) ? last.at : now) + PAUSE_MS;
}

/** Writes into the ledger for how long things are kept from now on, where that is another time than before. */
export async function recordTerms(town: Town, now: Instant): Promise<void> {
  await recordPolicies(town, [{ scene: TERMS, version: '1', sha256: hashOf(town) }], now);
}

function hashOf({ purposes }: Town): string {
  const terms = [...purposes.values()].map(({ id, fields, keep, keepOfKinds }) => [
    ...[id, fields, keep.months],
    Object.entries(keepOfKinds).map(([kind, { months }]) => [kind, months]),
  ]);
  return createHash('sha256').update(JSON.stringify(terms)).digest('base64url');
}
