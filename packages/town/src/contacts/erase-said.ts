import type { Instant } from '@gezhi/basis';
import {
  addLedgerEvent,
  deleteSaid,
  inTransaction,
  lockSaid,
  recordSaid,
  type SaidOf,
  saidId,
  saidThere,
} from '@gezhi/storage';
import type { Town } from '../town.ts';
import type { ErasureCause } from './erase-contact.ts';
import { unsearch } from './unsearch.ts';

export type ErasedSaid =
  | { readonly erased: boolean }
  | { readonly erased: false; readonly until: Instant; readonly reason: string };

/**
 * Destroys the words and photos that came under a number, or all of a case, and takes their terms out of the search; while a legal term
 * runs they are locked away instead: shown to nobody, and found by nobody (PIPL Art. 47). First it stands on the list of erasures, so that no older
 * database brings them back; that it was done stays, as a row and an event of the ledger. Harmless twice.
 */
export async function eraseSaid(
  town: Town,
  of: SaidOf,
  order: {
    readonly now: Instant;
    readonly cause: ErasureCause;
    readonly term?: { readonly until: Instant; readonly reason: string };
  },
): Promise<ErasedSaid> {
  const { now, cause, term } = order;
  const { district } = town;
  const there = await saidThere(town.db.pool, district, of);
  if (there.cases.length === 0) return { erased: false };
  const locked = term && term.until > now ? term : undefined;
  await town.keeping.erasures.add(district, [{ person: saidId(of), at: now, ...locked }]);
  const records = new Set([saidId(of), ...there.numbers.map((number) => saidId({ number }))]);
  await inTransaction(town.db.pool, async (client) => {
    if (locked) await lockSaid(client, district, of, locked.until);
    else await deleteSaid(client, district, of);
    for (const id of records) await recordSaid(client, district, id, locked ?? { erasedAt: now });
    await unsearch(client, town, there);
    if (locked) return;
    const body = 'number' in of ? { number: of.number } : { case: of.caseId };
    await addLedgerEvent(client, district, {
      kind: 'erasure',
      at: now,
      body: { ...body, role: 'said', cause },
    });
  });
  return locked ? { erased: false, ...locked } : { erased: true };
}
