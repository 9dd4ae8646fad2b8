import type { RequestNumber } from '@gezhi/basis';
import type { Field, Sealed, Vault } from '@gezhi/vault';
import type { Person } from '../incoming.ts';

/**
 * Whom a request names: who asks, who reported it for them, whom to reach, and for a child under 14 a parent or guardian, without whom their data are not
 * handled (PIPL Art. 31).
 */
export const ROLES = ['requester', 'reportedBy', 'contact', 'guardian'] as const;
export type Role = (typeof ROLES)[number];

/** The people behind one number, as far as they are known and not erased. */
export type Contact = Readonly<Partial<Record<Role, Person>>>;

/** Who is told and asked: a guardian before anybody, then the contact that was named, then the requester. */
export function reachedOf({ guardian, contact, requester }: Contact): Person | undefined {
  return [guardian, contact].find((one) => one?.reachMe?.length) ?? requester;
}

/** Somebody who is to be kept. */
export type NewContact = { readonly number: RequestNumber; readonly role: Role; readonly person: Person };

/** One person in the vault: one key for each number and role, so that it links nobody across matters. */
export function personId(number: string, role: Role): string {
  return `${number}/${role}`;
}

export function partsOf(person: string): { readonly number: string; readonly role: Role } {
  const at = person.lastIndexOf('/');
  return { number: person.slice(0, at), role: person.slice(at + 1) as Role };
}

/** Seals the people of a batch, ready to be written with it. */
export async function sealContacts(
  vault: Vault,
  district: string,
  contacts: readonly NewContact[],
): Promise<Sealed> {
  if (contacts.length === 0) return { persons: [], fields: [] };
  return await vault.sealNew(district, contacts.flatMap(fieldsOf));
}

/** A reporter speaks for somebody else: their own number does not lead to the matter. */
export function fieldsOf({ number, role, person: { name, reachMe } }: NewContact): readonly Field[] {
  const person = personId(number, role);
  const byPhone = reachMe?.find(({ way }) => way === 'phone' || way === 'sms');
  const phone = (byPhone ?? reachMe?.find(({ way }) => way === 'mail'))?.address;
  return [
    ...(name ? [{ person, field: 'name', value: name }] : []),
    ...(reachMe?.length
      ? [
          {
            person,
            field: 'reach',
            value: JSON.stringify(reachMe),
            ...(phone && role !== 'reportedBy' ? { phone } : {}),
          },
        ]
      : []),
  ];
}

/** What was sealed, as a person again. */
export function personOf({ name, reach }: Readonly<Record<string, string>>): Person {
  return {
    ...(name === undefined ? {} : { name }),
    ...(reach === undefined ? {} : { reachMe: JSON.parse(reach) as NonNullable<Person['reachMe']> }),
  };
}
