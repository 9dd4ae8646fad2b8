import { type Instant, isRefusal, type Refusal, type RequestNumber, refuse } from '@gezhi/basis';
import { type Actor, type Case, isOpenPhase, replay } from '@gezhi/cases';
import { type PurposeSource, readsContact } from '@gezhi/scene';
import { breakGlassOf, findRequest, firstNumber, inTransaction, loadFacts } from '@gezhi/storage';
import { noteLook } from '../emergency/mind-emergencies.ts';
import { mayIn } from '../may.ts';
import { statesAt } from '../powers/dated-states.ts';
import { maySee } from '../powers/sight.ts';
import type { Town } from '../town.ts';
import { type Contact, partsOf, personId, personOf, ROLES } from './contact-fields.ts';
import { isConcerned } from './is-concerned.ts';
import { raiseAlarm } from './raise-alarm.ts';
import { tellGlass } from './tell-glass.ts';

/** Who wants to see who is behind a number, and for what. */
export type ContactOrder = {
  readonly number: RequestNumber;
  readonly purpose: string;
  readonly by: Actor;
  /** In their own words, where the purpose asks for it. */
  readonly reason?: string;
  /** The person is told later, because a law says so; only for purposes of an authority. */
  readonly putOff?: { readonly until: Instant; readonly basis: string };
};

/**
 * The one door to who is behind a number: the fields that the purpose names, once the look is written down as a row for the person and an
 * event of the ledger. Five round trips.
 *
 * Refuses `no-purpose`, `reason-missing`, `no-such-request`, `concerned` (the matter is about their unit or one above it, and it is
 * written down that they tried), `not-yours`,
 * `not-in-force` (an emergency), `case-ended`, `not-allowed-yet` (break-glass without a second person), `not-put-off`, `storage-only` with the reason.
 */
export async function readContact(town: Town, order: ContactOrder, now: Instant): Promise<Contact | Refusal> {
  const first = await firstNumber(town.db.pool, town.district, order.number);
  const refused = await refuseLook(town, { ...order, number: first }, now);
  if (refused) return refused;
  const contacts = await openContacts(town, [first], order, now);
  return isRefusal(contacts) ? contacts : (contacts.get(first) ?? {});
}

/**
 * The same for many numbers, for a role that is no post and needs no power over the cases (the shell's export). Numbers of whom nothing is
 * kept, or only for the law, are left out.
 */
export async function readContacts(
  town: Town,
  numbers: readonly RequestNumber[],
  order: Omit<ContactOrder, 'number'>,
  now: Instant,
): Promise<ReadonlyMap<string, Contact> | Refusal> {
  const purpose = town.purposes.get(order.purpose);
  if (!purpose || !readsContact(purpose)) return noPurpose(order.purpose);
  if (purpose.while !== 'any' || !holdsRole(town, purpose, order.by)) return notYours(purpose);
  return await openContacts(town, numbers, order, now, true);
}

async function openContacts(
  town: Town,
  numbers: readonly RequestNumber[],
  { purpose, by, reason, putOff }: Omit<ContactOrder, 'number'>,
  now: Instant,
  skipsStored = false,
): Promise<ReadonlyMap<string, Contact> | Refusal> {
  const persons = numbers.flatMap((number) => ROLES.map((role) => personId(number, role)));
  const reading = { purpose, by, at: now, ...(reason && { reason }), ...(putOff && { putOff }) };
  // Told only once the look is committed.
  const read = await inTransaction(town.db.pool, async (client) => {
    const fields = await town.vault.getMany(client, town.district, persons, reading);
    if (isRefusal(fields) || fields.size === 0) return fields;
    const { breakGlass, during } = town.purposes.get(purpose) ?? {};
    for (const number of numbers) {
      if (breakGlass) await tellGlass(client, town, number, now);
      if (during && (await noteLook(client, town, number)) === 0) return notInForce(during);
    }
    return fields;
  });
  if (isRefusal(read)) return read;
  const contacts = new Map<string, Contact>();
  for (const [person, fields] of read) {
    if (isRefusal(fields)) {
      if (skipsStored) continue;
      return fields;
    }
    const { number, role } = partsOf(person);
    if (Object.keys(fields).length > 0)
      contacts.set(number, { ...contacts.get(number), [role]: personOf(fields) });
  }
  return contacts;
}

/** Why somebody may not look at who is behind a number, for a purpose; nothing where they may. */
async function refuseLook(town: Town, order: ContactOrder, now: Instant): Promise<Refusal | undefined> {
  const { by } = order;
  const purpose = town.purposes.get(order.purpose);
  if (!purpose || !readsContact(purpose)) return noPurpose(order.purpose);
  if (purpose.asksReason && !order.reason?.trim())
    return refuse('reason-missing', 'This purpose asks for a reason in your own words.');
  if (
    order.putOff &&
    !(purpose.roles.includes('authority') && order.putOff.until > now && order.putOff.basis)
  )
    return refuse('not-put-off', 'Only a legal basis puts it off that the person is told, and until a day.');
  if (purpose.while === 'any' && holdsRole(town, purpose, by)) return undefined;
  const caseId = await findRequest(town.db.pool, town.district, order.number);
  const facts = caseId && (await loadFacts(town.db.pool, town.district, [caseId])).get(caseId);
  const c = facts && replay(facts);
  if (c) await raiseAlarm(town, c, order, now);
  if (!c || !maySee(town, c, by))
    return refuse('no-such-request', `There is no request ${order.number} here.`);
  const refused = refusePurpose(town, purpose, c, by);
  if (refused || !purpose.breakGlass) return refused;
  return await refuseGlass(town, order, now);
}

/** The same of a case that is at hand: which purposes somebody may name for it is asked this way too. */
export function refusePurpose(town: Town, purpose: PurposeSource, c: Case, by: Actor): Refusal | undefined {
  if (isConcerned(town, c, by))
    return refuse('concerned', 'Who complained is hidden from the unit that the matter is about.');
  const holds =
    holdsRole(town, purpose, by) ||
    purpose.powers.some((power) =>
      power === '*' ? town.posts.has(by.post) : mayIn(town, power, c, by).allowed,
    );
  if (!holds) return notYours(purpose);
  if (purpose.during && !statesAt(town, c.place.code).includes(purpose.during))
    return notInForce(purpose.during);
  if (purpose.while === 'open' && !isOpenPhase(c.phase))
    return refuse(
      'case-ended',
      'The case has ended; for this purpose contacts are seen only while it is open.',
    );
  return undefined;
}

/** The purposes for which somebody may look at the contacts of a case now, or may ask a second person to. */
export function purposesFor(town: Town, c: Case, by: Actor): readonly PurposeSource[] {
  return [...town.purposes.values()].filter(
    (purpose) => readsContact(purpose) && !refusePurpose(town, purpose, c, by),
  );
}

/** A role is one only for whoever sits on no post of that name. */
function holdsRole(town: Town, { roles }: PurposeSource, by: Actor): boolean {
  return roles.includes(by.post) && !town.posts.has(by.post);
}

async function refuseGlass(
  town: Town,
  { number, by }: ContactOrder,
  now: Instant,
): Promise<Refusal | undefined> {
  const rows = await breakGlassOf(town.db.pool, town.district, { number });
  const allowed = rows.some(
    (row) =>
      row.asked_post === by.post && row.asked_staff === by.person && row.until !== null && row.until > now,
  );
  return allowed
    ? undefined
    : refuse('not-allowed-yet', 'A second person has not allowed this look, or its time is over.');
}

function notInForce(state: string): Refusal {
  return refuse('not-in-force', `No ${state} is declared where this is.`, { state });
}

function noPurpose(id: string): Refusal {
  return refuse('no-purpose', `"${id}" is no purpose for which this may be read.`, { purpose: id });
}

function notYours({ id }: PurposeSource): Refusal {
  return refuse('not-yours', `You hold no power over this case for the purpose "${id}".`, { purpose: id });
}
