import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { type Signer, twoSigners } from '../powers/mass-export.ts';
import type { Town } from '../town.ts';
import type { Contact } from './contact-fields.ts';
import { readContact } from './read-contact.ts';

/** What a court, a prosecutor or a supervision office asks for, on whose word it is handed over. */
export type AuthorityOrder = {
  readonly number: RequestNumber;
  /** Who asks by which document. */
  readonly document: string;
  /** Posts: a data steward, and another person who allows it. */
  readonly steward?: string;
  readonly second?: string;
  /** The person is told on a day, because a law says so; without it at once. */
  readonly putOff?: { readonly until: Instant; readonly basis: string };
};

export type HandedOver = { readonly contact: Contact; readonly steward: Signer; readonly second: Signer };

/** By this role an authority looks; it is no post, and nobody signs in as it. */
const AUTHORITY = 'authority';

/**
 * Who is behind a number, for an authority that may ask by law (PIPL 13, 35): on the word of two persons, as a mass export is. The person reads
 * of the look at once, or on the day that the law allows it to be put off to; until then it counts in public.
 *
 * Refuses `no-document`, `two-persons`, `no-such-post`, `no-power`, `own-approval`, `not-put-off`, and what `readContact` refuses.
 */
export async function handToAuthority(
  town: Town,
  { number, document, steward, second, putOff }: AuthorityOrder,
  now: Instant,
): Promise<HandedOver | Refusal> {
  if (document.trim() === '') return refuse('no-document', 'Name who asks, and by which document.');
  const signers = twoSigners(town, { steward, second }, now);
  if (isRefusal(signers)) return signers;
  const reason = `${document.trim()} · ${signers.steward.post} · ${signers.second.post}`;
  const look = { number, purpose: AUTHORITY, by: { post: AUTHORITY }, reason };
  const contact = await readContact(town, { ...look, ...(putOff ? { putOff } : {}) }, now);
  return isRefusal(contact) ? contact : { contact, ...signers };
}
