import type { PurposeSource } from '@gezhi/scene';
import { addLook } from '@gezhi/storage';
import { type MasterKeys, openVault, type Suite, type Vault } from '@gezhi/vault';
import { partsOf } from './contact-fields.ts';
import type { ErasureList } from './erasure-list.ts';

/** What an installation needs to keep who is behind its numbers. */
export type Keeping = {
  readonly keys: MasterKeys;
  readonly suite?: Suite;
  readonly erasures: ErasureList;
};

/** A town's door to the vault, which writes each look down with the unit of who looked. */
export function townVault(
  { keys, suite }: Keeping,
  purposes: readonly PurposeSource[],
  unitOf: (post: string) => string | undefined,
): Vault {
  return openVault({
    keys,
    ...(suite === undefined ? {} : { suite }),
    purposes: purposes.map(({ id, basis, fields, finds, readsStored }) => ({
      id,
      basis,
      fields,
      ...(finds ? { finds } : {}),
      ...(readsStored ? { readsStored } : {}),
    })),
    looked: async (client, { district, person, fields, purpose, by, at, reason, putOff }) =>
      await addLook(client as Parameters<typeof addLook>[0], district, {
        ...partsOf(person),
        at,
        purpose,
        fields,
        post: by.post,
        unit: unitOf(by.post) ?? null,
        staff: by.person ?? null,
        reason: reason ?? null,
        put_off_until: putOff?.until ?? null,
        put_off_basis: putOff?.basis ?? null,
      }),
  });
}

/** The purposes of a town, by id: those of its main scene first. */
export function purposesIn(
  packs: Iterable<{ readonly purposes: readonly PurposeSource[] }>,
): ReadonlyMap<string, PurposeSource> {
  const all = [...packs].flatMap((pack) => pack.purposes);
  return new Map(all.toReversed().map((purpose) => [purpose.id, purpose]));
}
