import { type Instant, isRefusal, type RequestNumber } from '@gezhi/basis';
import type { Actor } from '@gezhi/cases';
import { reachedOf } from '../contacts/contact-fields.ts';
import { readContact } from '../contacts/read-contact.ts';
import type { Person } from '../incoming.ts';
import type { Town } from '../town.ts';

/**
 * How to reach whoever asked, by the ways they chose: the contact that was named, else the requester. Of this request only, for the
 * purpose `callback`, and written down as a look that the person can see. `undefined` where nothing was left or may be read.
 */
export async function reachFor(
  town: Town,
  number: string,
  by: Actor,
  now: Instant,
): Promise<Person | undefined> {
  const contact = await readContact(town, { number: number as RequestNumber, purpose: 'callback', by }, now);
  if (isRefusal(contact)) return undefined;
  return reachedOf(contact);
}
