import { type Db, sealClearRows, sealColumns } from '@gezhi/storage';
import { openApart, sealApart } from '@gezhi/vault';
import type { Town } from '../town.ts';
import type { Keeping } from './town-vault.ts';

/**
 * From now on what people say and photograph lies sealed in this database, each text and picture under a key of its own. Opening needs no
 * purpose: the gate has said who may see the case (docs/vault.md).
 */
export function sealWordsIn(db: Db, { keys, suite = 'aes' }: Pick<Keeping, 'keys' | 'suite'>): void {
  sealColumns(db.pool, {
    seal: (belongs, plain) => sealApart(keys, suite, belongs, plain),
    open: (belongs, sealed) => openApart(keys, belongs, sealed),
  });
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
