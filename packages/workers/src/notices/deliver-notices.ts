import { createHmac } from 'node:crypto';
import { type Instant, isoInstant, isRefusal, type RequestNumber } from '@gezhi/basis';
import { ATTEMPTS_MAX, backoffMs, type Gateway, type NoticeMessage, post } from '@gezhi/connectors';
import {
  claimNotices,
  inTransaction,
  type NoticeRow,
  type Settled,
  settleNotices,
  shelveNotices,
  wordsById,
} from '@gezhi/storage';
import {
  answerLink,
  type FoundRule,
  findNoticeRule,
  type NoticeSubject,
  noticeSubjects,
  noticeText,
  type Person,
  reachedOf,
  readContact,
  type Town,
  wordsOf,
} from '@gezhi/town';
import { type Addressed, addressOf, type NotNow } from './address-notice.ts';
import { addressSubscriber, noteSubscriberTold } from './tell-subscribers.ts';

export type Delivered = { readonly claimed: number; readonly sent: number };

/** Notices on their way at once. Each is of another lane. */
export const DELIVER_BATCH = 50;
/** How much longer than one call a claim holds: who is silent that long has died. */
const LEASE_MARGIN_MS = 20_000;

/**
 * Sends what is due, one batch, in each lane only the first: what the gateway takes is sent, what it refuses goes by the next way or is
 * refused, everything else is tried again later, until it has failed. A process that dies between sending and noting sends again under
 * the same key. Without a gateway what is due stays in the house.
 */
export async function deliverNotices(
  town: Town,
  gateway: Gateway | undefined,
  now: () => Instant,
): Promise<Delivered> {
  const { pool } = town.db;
  const { district } = town;
  if (!gateway) {
    await shelveNotices(pool, district, now());
    return { claimed: 0, sent: 0 };
  }
  const lease = gateway.timeoutMs + LEASE_MARGIN_MS;
  const claimed = await inTransaction(pool, (client) =>
    claimNotices(client, district, now(), lease, DELIVER_BATCH),
  );
  if (claimed.length === 0) return { claimed: 0, sent: 0 };
  const subjects = await noticeSubjects(town, claimed);
  const settled = await Promise.all(
    claimed.map(async (notice) => {
      const one = await deliverOne(town, gateway, notice, subjects.get(notice.id), now);
      await settleNotices(pool, district, [one]);
      return one;
    }),
  );
  return { claimed: claimed.length, sent: settled.filter(({ state }) => state === 'sent').length };
}

async function deliverOne(
  town: Town,
  gateway: Gateway,
  notice: NoticeRow,
  subject: NoticeSubject | undefined,
  now: () => Instant,
): Promise<Settled> {
  const ready = await readyToSend(town, gateway, notice, subject, now());
  if ('state' in ready) return settle(notice, ready.state, now(), ready.reason);
  // Waiting for somebody's hours is no try.
  if ('waitUntil' in ready)
    return { ...settle(notice, 'waiting', ready.waitUntil, ready.reason), attempts: notice.attempts - 1 };
  const { text, ...addressed } = ready;
  const message = messageOf(town, notice, addressed, text);
  const body = JSON.stringify(message);
  const posted = await post(gateway, message.id, body, now());
  const common = {
    ways: addressed.ways,
    way: addressed.at,
    ...(posted.status === undefined ? {} : { httpStatus: posted.status }),
  };
  if (posted.outcome === 'taken') {
    if (notice.target === 'subscriber') await noteSubscriberTold(town, notice, now());
    return {
      ...settle(notice, 'sent', now()),
      ...common,
      sentAt: now(),
      ...(addressed.to.kind === 'post' ? { sentPost: addressed.to.post } : {}),
      sentHash: createHmac('sha256', town.secret).update(body).digest(),
    };
  }
  const isSpent = posted.outcome === 'refused' || notice.attempts >= ATTEMPTS_MAX;
  const reason = posted.problem ?? String(posted.status);
  if (!isSpent) {
    const waitMs = Math.max(backoffMs(message.id, notice.attempts), posted.retryAfterMs ?? 0);
    return { ...settle(notice, 'waiting', now() + waitMs, reason), ...common };
  }
  if (addressed.at + 1 < addressed.ways.length)
    return { ...settle(notice, 'waiting', now(), reason), ...common, way: addressed.at + 1, attempts: 0 };
  return { ...settle(notice, posted.outcome === 'refused' ? 'refused' : 'failed', now(), reason), ...common };
}

/** To whom a notice goes at this moment, and what it says; or why not now. */
async function readyToSend(
  town: Town,
  { pages }: Gateway,
  notice: NoticeRow,
  subject: NoticeSubject | undefined,
  now: Instant,
): Promise<(Addressed & { readonly text: string }) | NotNow> {
  if (notice.target === 'subscriber') return await addressSubscriber(town, notice, pages, now);
  const found = findNoticeRule(town, notice.rule);
  if (!found || !subject) return { state: 'noWay', reason: 'noRule' };
  const addressed = addressOf(town, notice, found.notices.quiet, await contactOf(town, notice, now), now);
  if (!('to' in addressed)) return addressed;
  return { ...addressed, text: await textOf(town, found, subject, notice, { ...addressed, now, pages }) };
}

function settle({ id }: NoticeRow, state: Settled['state'], nextAt: Instant, reason?: string): Settled {
  return { id, state, nextAt, ...(reason === undefined ? {} : { reason }) };
}

/** Whom to reach for a request: the contact that was named, else the requester. Read now, and kept nowhere. */
async function contactOf(town: Town, notice: NoticeRow, now: Instant): Promise<Person | undefined> {
  if (notice.target !== 'requester') return undefined;
  const order = { number: notice.targetCode as RequestNumber, purpose: 'notify', by: { post: 'system' } };
  const read = await readContact(town, order, now);
  if (isRefusal(read)) return undefined;
  return reachedOf(read);
}

async function textOf(
  town: Town,
  { rule }: FoundRule,
  subject: NoticeSubject,
  notice: NoticeRow,
  { language, now, pages }: Addressed & { readonly now: Instant; readonly pages: string | undefined },
): Promise<string> {
  const template = rule.say[language];
  const id =
    template.includes('{words}') && notice.target === 'requester' ? wordsOf(subject.fact) : undefined;
  const said = id === undefined ? undefined : (await wordsById(town.db.pool, town.district, [id])).get(id);
  const isOwn = template.includes('{link}') && notice.target === 'requester' && pages !== undefined;
  const link = isOwn ? await answerLink(town, notice.targetCode, pages, now) : undefined;
  return noticeText(town, template, subject, language, { said, link });
}

function messageOf(town: Town, notice: NoticeRow, addressed: Addressed, text: string): NoticeMessage {
  const way = addressed.ways[addressed.at]!;
  return {
    version: 1,
    id: `${town.district}.${notice.id}.${way}${addressed.at}`,
    district: town.district,
    way,
    to: addressed.to,
    language: addressed.language,
    text,
    urgent: notice.urgent,
    madeAt: isoInstant(notice.madeAt),
  };
}
