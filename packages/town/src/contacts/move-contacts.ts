import { inTransaction, takeClearContacts, withAdmin } from '@gezhi/storage';
import type { Person } from '../incoming.ts';
import type { Town } from '../town.ts';
import { type NewContact, type Role, sealContacts } from './contact-fields.ts';
import { insertSealed } from './insert-sealed.ts';

/**
 * Moves contacts that once lay in clear into the vault, a batch in one transaction, so that each is in exactly one place whenever it stops;
 * begun again, it goes on. When none is left the table is cut off, so that their pages go from the disk. Answers how many it moved.
 */
export async function moveContacts(
  town: Town,
  options: { readonly batchMax?: number; readonly stopping?: () => boolean } = {},
): Promise<number> {
  const { batchMax = 1_000, stopping = () => false } = options;
  const { pool } = town.db;
  let moved = 0;
  for (;;) {
    const done = await inTransaction(pool, async (client) => {
      const rows = await takeClearContacts(client, town.district, batchMax);
      const contacts = rows.map(
        ({ number, role, person }) =>
          ({ number, role: role as Role, person: person as Person }) as NewContact,
      );
      await insertSealed(client, town.district, await sealContacts(town.vault, town.district, contacts));
      return rows.length;
    });
    moved += done;
    if (done < batchMax || stopping()) break;
  }
  if (moved > 0 && !stopping()) await cutOff(town);
  return moved;
}

async function cutOff(town: Town): Promise<void> {
  await withAdmin(town.db, async (client) => {
    await client.query('BEGIN');
    await client.query('LOCK TABLE contact IN ACCESS EXCLUSIVE MODE');
    const { rows } = await client.query('SELECT 1 FROM contact LIMIT 1');
    if (rows.length === 0) await client.query('TRUNCATE contact');
    await client.query('COMMIT');
  });
}
