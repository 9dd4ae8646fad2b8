import { DEFAULT_SAME_POLICY, type SamePolicy } from '@gezhi/text';
import type { Town } from '../town.ts';

/** By connection and district, so that a town that is built anew keeps its policy. */
const ADOPTED = new WeakMap<Town['db']['pool'], Map<string, SamePolicy>>();

/** The policy by which this town tells how likely two cases are the same matter: its own where one was adopted, else the shipped one. */
export function samePolicyOf({ db, district }: Pick<Town, 'db' | 'district'>): SamePolicy {
  return ADOPTED.get(db.pool)?.get(district) ?? DEFAULT_SAME_POLICY;
}

/** From the next question on chances are told by this policy. */
export function adoptSamePolicy({ db, district }: Pick<Town, 'db' | 'district'>, policy: SamePolicy): void {
  const own = ADOPTED.get(db.pool) ?? new Map<string, SamePolicy>();
  ADOPTED.set(db.pool, own.set(district, policy));
}
