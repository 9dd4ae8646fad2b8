import { insertVaultFields, insertVaultPersons } from '@gezhi/storage';
import type { Sealed } from '@gezhi/vault';

type Client = Parameters<typeof insertVaultPersons>[0];

/** Writes sealed people in the caller's transaction. */
export async function insertSealed(client: Client, district: string, sealed: Sealed): Promise<void> {
  await insertVaultPersons(client, district, sealed.persons);
  await insertVaultFields(client, district, sealed.fields);
}
