import type { KindModel } from '@gezhi/text';
import type { Town } from './town.ts';

/** By connection and district, so that a town that is built anew keeps its model. */
const ADOPTED = new WeakMap<Town['db']['pool'], Map<string, Adopted>>();

type Adopted = { readonly hash: string; readonly model: KindModel };

/** The model by which this town proposes kinds; none until one was adopted. */
export function adoptedModel(town: Town): KindModel | undefined {
  return adoptedOf(town)?.model;
}

/** The hash of the file of that model. */
export function adoptedHash(town: Town): string | undefined {
  return adoptedOf(town)?.hash;
}

function adoptedOf(town: Town): Adopted | undefined {
  return ADOPTED.get(town.db.pool)?.get(town.district);
}

/** From the next signal on kinds are proposed by this model; one assignment, so that nobody reads by half of each. */
export function adoptModel(town: Pick<Town, 'db' | 'district'>, hash: string, model: KindModel): void {
  const { pool } = town.db;
  const own = ADOPTED.get(pool) ?? new Map<string, Adopted>();
  ADOPTED.set(pool, own.set(town.district, { hash, model }));
}
