import { type CaseId, DAY, type Instant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { replay } from '@gezhi/cases';
import {
  deleteSubscriptions,
  endedSubscriptions,
  findRequest,
  findSubscription,
  insertSubscription,
  inTransaction,
  loadFacts,
  type SubscriptionRow,
  subscriptionsOfPersons,
  subscriptionsOf as subscriptionsTo,
} from '@gezhi/storage';
import { insertSealed } from '../contacts/insert-sealed.ts';
import { openMattersByMark } from '../contacts/open-matters.ts';
import { keyedHash, sameText } from '../keyed-hash.ts';
import type { Language } from '../notices/notice-text.ts';
import { placeOf } from '../place-of.ts';
import { publicCases } from '../portal/public-cases.ts';
import { isSecret } from '../secret.ts';
import type { Town } from '../town.ts';
import { newId } from '../words.ts';

/** A subscription ends by itself after so long: nobody is written to for good because they once said yes. */
export const SUBSCRIBED_DAYS = 365;
/** Why a subscriber's address is read; a row of `purposes.yaml`. */
export const SUBSCRIBE = 'subscribe';
const SUBSCRIPTIONS_MAX = 20;

/** What is subscribed to, and where it is told. */
export type Subscribing = {
  readonly of: { readonly place: string } | { readonly caseId: CaseId };
  readonly address: string;
  readonly language: Language;
};

/** Who is behind a subscription in the vault. */
export function subscriberId(id: string): string {
  return `${id}/subscriber`;
}

/**
 * Tells an address from now on of what is public at a place, or of a case. `mark` says whose address was proved: it must be the same. Harmless twice.
 *
 * Refuses `no-subscriptions` (the town has no purpose for them), `not-your-address`, `unknown-place`, `not-public` (a case that is not public and not
 * theirs, or that is kept secret), `too-many-subscriptions`.
 */
export async function subscribe(
  town: Town,
  mark: Buffer,
  { of, address, language }: Subscribing,
  now: Instant,
): Promise<{ readonly id: string } | Refusal> {
  const { district, db } = town;
  if (!town.purposes.has(SUBSCRIBE))
    return refuse(
      'no-subscriptions',
      'This town has no purpose for which it would keep an address for that.',
    );
  if (!(await town.vault.markOf(district, address))?.equals(mark))
    return refuse('not-your-address', 'The code was for another address.');
  const own = 'caseId' in of ? await refuseCase(town, mark, of.caseId, now) : undefined;
  if (isRefusal(own)) return own;
  if ('place' in of && !placeOf(town, of.place))
    return refuse('unknown-place', `There is no place "${of.place}".`);
  const code = 'place' in of ? of.place : of.caseId;
  const there = await subscriptionsTo(db.pool, district, mark);
  const same = there.find((one) => one.of === code);
  if (same) return { id: same.id };
  if (there.length >= SUBSCRIPTIONS_MAX)
    return refuse('too-many-subscriptions', `One address has ${SUBSCRIPTIONS_MAX} at most.`);
  const id = newId(now);
  const reach = [{ way: address.includes('@') ? 'mail' : 'sms', address: address.trim() }];
  const field = { person: subscriberId(id), field: 'reach', value: JSON.stringify(reach) };
  const sealed = await town.vault.sealNew(district, [field]);
  const row = { ...{ id, of: code, isCase: 'caseId' in of, number: own ?? null, language }, madeAt: now };
  await inTransaction(db.pool, async (client) => {
    const isNew = await insertSubscription(client, district, mark, {
      ...row,
      endsAt: now + SUBSCRIBED_DAYS * DAY,
    });
    if (isNew) await insertSealed(client, district, sealed);
  });
  return { id };
}

/** Nothing where everybody may see the case; their own number where it is theirs. */
async function refuseCase(
  town: Town,
  mark: Buffer,
  caseId: CaseId,
  now: Instant,
): Promise<string | undefined | Refusal> {
  if ((await publicCases(town, { ids: [caseId] }, 1, now)).length > 0) return undefined;
  const mine = await openMattersByMark(town, mark, now);
  for (const number of isRefusal(mine) ? [] : mine) {
    if ((await findRequest(town.db.pool, town.district, number)) !== caseId) continue;
    const c = replay((await loadFacts(town.db.pool, town.district, [caseId])).get(caseId) ?? []);
    if (c && !isSecret(town, c)) return number;
  }
  return refuse('not-public', 'This case is not public.');
}

/** What goes to the address behind a mark. */
export async function subscriptionsOf(town: Town, mark: Buffer): Promise<readonly SubscriptionRow[]> {
  return await subscriptionsTo(town.db.pool, town.district, mark);
}

/** Ends subscriptions, and destroys how their subscribers are reached; no older database brings them back. Harmless twice. */
export async function endSubscriptions(town: Town, ids: readonly string[], now: Instant): Promise<void> {
  if (ids.length === 0) return;
  const { district } = town;
  const persons = ids.map(subscriberId);
  await town.keeping.erasures.add(
    district,
    persons.map((person) => ({ person, at: now })),
  );
  await inTransaction(town.db.pool, async (client) => {
    for (const person of persons) await town.vault.erase(client, district, person, { now });
    await deleteSubscriptions(client, district, ids);
  });
}

/** Ends what goes to the addresses of the people behind a number: with a person go their subscriptions. Before their fields are erased. */
export async function endSubscriptionsOf(
  town: Town,
  number: string,
  persons: readonly string[],
  now: Instant,
): Promise<void> {
  const ids = await subscriptionsOfPersons(town.db.pool, town.district, number, persons);
  await endSubscriptions(town, ids, now);
}

/** Ends those whose year is over. Answers how many. */
export async function endOldSubscriptions(town: Town, now: Instant): Promise<number> {
  const ids = await endedSubscriptions(town.db.pool, town.district, now, 500);
  await endSubscriptions(town, ids, now);
  return ids.length;
}

const SEAL_CHARS = 16;

/** What stands at the end of the link by which a subscription is ended, without any sign-in. */
export function endToken(town: Town, id: string): string {
  return `${id}.${keyedHash(town.secret, `unsubscribe\n${id}`).toString('base64url').slice(0, SEAL_CHARS)}`;
}

/** The subscription that a link ends; refuses `bad-link`. One that has ended already is not there: nothing is left to do. */
export async function openEndToken(town: Town, token: string): Promise<SubscriptionRow | 'ended' | Refusal> {
  const [id = ''] = token.split('.');
  if (!/^[0-9a-f-]{36}$/.test(id) || !sameText(token, endToken(town, id)))
    return refuse('bad-link', 'This link is not one of ours.');
  return (await findSubscription(town.db.pool, town.district, id)) ?? 'ended';
}
