import { contactsOf } from '@gezhi/storage';
import type { Person } from '../incoming.ts';
import type { Town } from '../town.ts';

/** How to reach whoever asked, by the ways they chose: the contact that was named, else the requester. Of this request only. */
export async function reachFor(town: Town, number: string): Promise<Person | undefined> {
  const rows = await contactsOf(town.db.pool, town.district, number);
  const of = (role: string): Person | undefined => rows.find((row) => row.role === role)?.person as Person;
  const contact = of('contact');
  return contact?.reachMe?.length ? contact : of('requester');
}
