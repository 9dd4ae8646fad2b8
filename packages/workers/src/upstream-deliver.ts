import { createHmac } from 'node:crypto';
import type { Instant } from '@gezhi/basis';
import { ATTEMPTS_MAX, backoffMs, cellsOf, type Gateway, loadProfile, post } from '@gezhi/connectors';
import {
  claimReplies,
  inTransaction,
  type SettledReply,
  settleReply,
  shelveReplies,
  type UpstreamReplyRow,
} from '@gezhi/storage';
import { replyRecord, type Town, UPSTREAM_PROFILE } from '@gezhi/town';

const BATCH = 20;
const LEASE_MARGIN_MS = 20_000;

/**
 * Sends what is due upward, of each order one at a time and in order: signed, under a key that stays the same at every try, retried with
 * growing waits until it has failed. Without an address it stays in the house, to be exported.
 */
export async function deliverReplies(
  town: Town,
  gateway: Gateway | undefined,
  now: () => Instant,
): Promise<number> {
  const { pool } = town.db;
  if (!gateway) {
    await shelveReplies(pool, town.district, now());
    return 0;
  }
  const lease = gateway.timeoutMs + LEASE_MARGIN_MS;
  const claimed = await inTransaction(pool, (client) =>
    claimReplies(client, town.district, now(), lease, BATCH),
  );
  await Promise.all(
    claimed.map(
      async (reply) => await settleReply(pool, town.district, await deliverOne(town, gateway, reply, now)),
    ),
  );
  return claimed.length;
}

async function deliverOne(
  town: Town,
  gateway: Gateway,
  reply: UpstreamReplyRow,
  now: () => Instant,
): Promise<SettledReply> {
  const { id, attempts } = reply;
  const body = await replyBody(town, reply);
  if (body === undefined) return { id, state: 'failed', nextAt: now(), reason: 'gone' };
  const posted = await post(gateway, id, body, now());
  const status = posted.status === undefined ? {} : { httpStatus: posted.status };
  if (posted.outcome === 'taken') {
    const sentHash = createHmac('sha256', town.secret).update(body).digest();
    return { id, state: 'sent', nextAt: now(), ...status, sentAt: now(), sentHash };
  }
  const reason = posted.problem ?? String(posted.status);
  if (posted.outcome === 'refused') return { id, state: 'refused', nextAt: now(), reason, ...status };
  if (attempts >= ATTEMPTS_MAX) return { id, state: 'failed', nextAt: now(), reason, ...status };
  const waitMs = Math.max(backoffMs(id, attempts), posted.retryAfterMs ?? 0);
  return { id, state: 'waiting', nextAt: now() + waitMs, reason, ...status };
}

/** `{version, id, district, system, number, what, row}`; `row` has the hotline-zh columns that say something. */
export async function replyBody(town: Town, reply: UpstreamReplyRow): Promise<string | undefined> {
  const record = await replyRecord(town, reply);
  if (!record) return undefined;
  const { id, system, number, what } = reply;
  const row = cellsOf(loadProfile(UPSTREAM_PROFILE), record);
  return JSON.stringify({ version: 1, id, district: town.district, system, number, what, row });
}
