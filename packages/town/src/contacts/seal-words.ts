import { type Db, sealClearRows, sealColumns } from '@gezhi/storage';
import { type ApartSealer, apartSealer } from '@gezhi/vault';
import type { Town } from '../town.ts';
import type { Keeping } from './town-vault.ts';

/**
 * From now on what people say and photograph lies sealed in this database. Opening needs no purpose: the gate has said who
 * may see the case (docs/vault.md). Answers what seals, for what waits outside the database.
 */
export function sealWordsIn(db: Db, { keys, suite }: Pick<Keeping, 'keys' | 'suite'>): ApartSealer {
  const sealer = apartSealer(keys, suite);
  sealColumns(db.pool, sealer);
  return sealer;
}

const BATCH = 500;

/** Seals what still lies in clear from before. Answers how many rows; goes on where it was killed. */
export async function sealClearWords(town: Town, stopping: () => boolean = () => false): Promise<number> {
  let sealed = 0;
  for (;;) {
    const done = await sealClearRows(town.db.pool, town.district, BATCH);
    sealed += done;
    if (done === 0 || stopping()) return sealed;
  }
}
