import { insertVaultFields, insertVaultPersons } from '@gezhi/storage';
import type { Sealed } from '@gezhi/vault';
import type pg from 'pg';

/** Writes sealed people in the caller's transaction. */
export async function insertSealed(client: pg.ClientBase, district: string, sealed: Sealed): Promise<void> {
  await insertVaultPersons(client, district, sealed.persons);
  await insertVaultFields(client, district, sealed.fields);
}
