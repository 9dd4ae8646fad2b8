import { isoInstant, isRefusal, type Refusal, refuse } from '@gezhi/basis';
import { countUpstream, listReplies, retryReply as sendAgain, type UpstreamReplyRow } from '@gezhi/storage';
import {
  mayEdition,
  readOrdersIn,
  takeOrders as take,
  type UpstreamDifference,
  upstreamDifferences,
} from '@gezhi/town';
import type { FastifyInstance } from 'fastify';
import type { RouteAnswer, Turn } from '../mount-route.ts';

/** Files as they are, beside JSON. */
export function readOrderFiles(server: FastifyInstance): void {
  const types = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];
  server.addContentTypeParser(types, { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
}

/** Takes orders in; sending them again is harmless. */
export async function takeOrders(turn: Turn<'takeOrders'>): Promise<RouteAnswer | Refusal> {
  const { town, query, request, actor, now, language, app } = turn;
  const allowed = mayEdition(town, 'upstream.take', actor!);
  if (isRefusal(allowed)) return allowed;
  const { body } = request;
  if (!Array.isArray(body) && !Buffer.isBuffer(body))
    return refuse('bad-input', 'Send a list of orders, or a file.', { field: 'body' });
  const { rows, refused } = await readOrdersIn(body as Buffer | readonly unknown[], now);
  const orders = await take(town, query.system, rows, now);
  if (isRefusal(orders)) return orders;
  app.writes.count += 1;
  const unread = refused.map(({ row, because }) => ({ row, because: because[language] }));
  return { status: 200, body: { orders, refused: unread } };
}

export async function getUpstream(turn: Turn<'getUpstream'>): Promise<RouteAnswer | Refusal> {
  const { town, query, actor } = turn;
  const allowed = mayEdition(town, 'upstream.read', actor!);
  if (isRefusal(allowed)) return allowed;
  const { pool } = town.db;
  const { orders, replies: counts } = await countUpstream(pool, town.district);
  const differences = (await upstreamDifferences(town, query.limit)).map(wireDifference);
  const replies = (await listReplies(pool, town.district, undefined, query.limit)).map(wireReply);
  return { status: 200, body: { orders, counts, differences, replies } };
}

export async function retryReply(turn: Turn<'retryReply'>): Promise<RouteAnswer | Refusal> {
  const { town, params, actor, now } = turn;
  const allowed = mayEdition(town, 'upstream.retry', actor!);
  if (isRefusal(allowed)) return allowed;
  return { status: 200, body: { again: await sendAgain(town.db.pool, town.district, params.id, now) } };
}

function wireDifference({ order, ours, what }: UpstreamDifference): object {
  const { system, number, caseId, status, term } = order;
  return {
    system,
    number,
    caseId,
    what,
    theirs: { ...(status ? { status } : {}), ...(term === null ? {} : { dueAt: isoInstant(term) }) },
    ours: { state: ours.state, ...(ours.dueAt === undefined ? {} : { dueAt: isoInstant(ours.dueAt) }) },
  };
}

function wireReply({
  id,
  system,
  number,
  what,
  state,
  reason,
  madeAt,
  sentAt,
  attempts,
}: UpstreamReplyRow): object {
  return {
    id,
    system,
    number,
    what,
    state,
    ...(reason === null ? {} : { reason }),
    madeAt: isoInstant(madeAt),
    ...(sentAt === null ? {} : { sentAt: isoInstant(sentAt) }),
    attempts,
  };
}
