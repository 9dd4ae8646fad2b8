import { DAY, HOUR, type Instant, isRefusal } from '@gezhi/basis';
import {
  findSubscription,
  insertNotices,
  inTransaction,
  type NoticeRow,
  noteTold,
  type StirredSubscription,
  stirredCases,
  stirSubscriptions,
  takeStirred,
} from '@gezhi/storage';
import {
  digestOf,
  endOldSubscriptions,
  PUBLIC_STEPS,
  personOf,
  publicKinds,
  SUBSCRIBE,
  subscriberId,
  type Town,
  withAbove,
} from '@gezhi/town';
import type pg from 'pg';
import type { Range } from '../follow.ts';
import type { Addressed, NotNow } from './address-notice.ts';
import { mayTellAt } from './quiet-hours.ts';
import { reachRequester } from './reach-requester.ts';

const BATCH = 200;
/** What happened longer ago is history, as it is for notices. */
const STIRS_FOR_MS = 72 * HOUR;
/** Of a place one message a day; of a case one an hour, so that what follows at once is one message. */
const REST = { placeMs: DAY, caseMs: HOUR };
const WAYS = ['sms', 'mail'];

/** Notes for whom this stretch of the log has something to tell: who follows a public case's place, one above it, or a case. */
export async function stirSubscribers(
  client: pg.ClientBase,
  town: Town,
  range: Range,
  now: Instant,
): Promise<void> {
  const of = { types: PUBLIC_STEPS, kinds: publicKinds(town) };
  const cases = await stirredCases(client, town.district, range, now - STIRS_FOR_MS, of);
  const stirred = cases.flatMap(({ caseId, place, position, isPublic }) => {
    const codes = [caseId, ...(isPublic ? withAbove(town, place) : [])];
    return codes.map((code) => ({ of: code, caseId, position }));
  });
  await stirSubscriptions(client, town.district, stirred);
}

/** Makes a notice for each subscriber who has rested and has something to be told; ends what is over. Answers how many. */
export async function noticeSubscribers(town: Town, now: Instant): Promise<number> {
  await endOldSubscriptions(town, now);
  return await inTransaction(town.db.pool, async (client) => {
    const due = await takeStirred(client, town.district, now, REST, BATCH);
    const notices = due.map((one) => noticeFor(one, now));
    return await insertNotices(client, town.district, notices);
  });
}

function noticeFor({ id, isCase, position, caseId }: StirredSubscription, now: Instant) {
  return {
    id: `${position}.subscription.${id}`,
    position,
    caseId,
    step: 0,
    urgent: false,
    madeAt: now,
    rule: isCase ? 'subscription.case' : 'subscription.place',
    ways: WAYS,
    target: 'subscriber' as const,
    targetCode: id,
    lane: `subscriber ${id}`,
  };
}

/** How a subscriber is reached now, and what they are told: both read and made at this moment, and kept nowhere. */
export async function addressSubscriber(
  town: Town,
  notice: NoticeRow,
  pages: string | undefined,
  now: Instant,
): Promise<(Addressed & { readonly text: string }) | NotNow> {
  const subscription = await findSubscription(town.db.pool, town.district, notice.targetCode);
  if (!subscription) return { state: 'lapsed', reason: 'unsubscribed' };
  const tellAt = mayTellAt(town.profile.zone, town.pack.notices.quiet, undefined, now);
  if (tellAt > now) return { waitUntil: tellAt, reason: 'quietHours' };
  const text = await digestOf(town, subscription, pages ?? '', now);
  if (text === undefined) return { state: 'lapsed', reason: 'nothingPublic' };
  const reading = { purpose: SUBSCRIBE, by: { post: 'system' }, at: now };
  const fields = await inTransaction(town.db.pool, (client) =>
    town.vault.getFields(client, town.district, subscriberId(subscription.id), reading),
  );
  if (isRefusal(fields)) return { state: 'noWay', reason: fields.code };
  const language = subscription.language === 'en' ? 'en' : 'zh';
  const reached = reachRequester(personOf(fields), WAYS, language);
  const reach = 'ways' in reached ? reached.ways[0] : undefined;
  if (!reach) return { state: 'noWay', reason: 'noContact' };
  const to = { kind: 'contact', address: reach.address } as const;
  return { ways: [reach.way], at: 0, to, language, text };
}

/** Notes that a subscriber was told everything up to now. */
export async function noteSubscriberTold(town: Town, notice: NoticeRow, at: Instant): Promise<void> {
  await noteTold(town.db.pool, town.district, notice.targetCode, at);
}
