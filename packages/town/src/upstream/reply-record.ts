import { type Instant, SECOND } from '@gezhi/basis';
import { type Case, type Fact, LABELS, replay } from '@gezhi/cases';
import type { Imported } from '@gezhi/connectors';
import { historiesUpTo, type UpstreamReplyRow, upstreamOrders, wordsById } from '@gezhi/storage';
import type { Town } from '../town.ts';

/**
 * What a reply says, as a record of the hotline-zh columns: their number, what was done, what was answered, and the answers of the
 * callback. As the case stood at the fact that is told, whenever it is sent; without name, number or words of whoever asked. `undefined`
 * where the case or its order is gone.
 */
export async function replyRecord(town: Town, reply: UpstreamReplyRow): Promise<Imported | undefined> {
  const { pool } = town.db;
  const { caseId, position, system, number } = reply;
  const facts = (await historiesUpTo(pool, town.district, [caseId], position)).get(caseId);
  const c = facts && replay(facts);
  const [order] = await upstreamOrders(pool, town.district, { system, numbers: [number] });
  if (!facts || !c || !order) return undefined;
  const done = facts.findLast((fact) => fact.type === 'done');
  const said = done?.type === 'done' ? done.data.words : undefined;
  const words = said && (await wordsById(pool, town.district, [said.id])).get(said.id);
  return {
    source: `gezhi/${town.district}`,
    id: number,
    occurredAt: wholeSecond(c.openedAt),
    statusLabel: c.phase === 'closed' ? '已办结' : '办理中',
    ...(c.lead ? { unit: town.units.get(c.lead.unit)?.name ?? c.lead.unit } : {}),
    ...(words === undefined ? {} : { reply: words }),
    ...(done ? { replyAt: wholeSecond(done.occurredAt), closedAt: wholeSecond(done.occurredAt) } : {}),
    ...(c.outcome ? { extra: { outcome: LABELS.outcomes[c.outcome].zh } } : {}),
    ...callbackOf(c, order.request),
    external: { system, number, ...(order.term === null ? {} : { dueAt: order.term }) },
  };
}

function callbackOf(c: Case, request: string): Pick<Imported, 'callback'> {
  const answer = c.voices[request]?.callback?.answer;
  if (!answer) return {};
  if (answer === 'unreachable') return { callback: { valid: 'no' } };
  const { contacted, solved, satisfied } = answer;
  const isWhole = contacted !== 'noAnswer' && solved !== 'noAnswer' && satisfied !== 'noAnswer';
  return { callback: { valid: isWhole ? 'yes' : 'no', contacted, solved, satisfied } };
}

function wholeSecond(at: Instant): Instant {
  return at - (at % SECOND);
}

/** Which facts are answered upward, and as what. */
export function repliedAs(fact: Fact): UpstreamReplyRow['what'] | undefined {
  switch (fact.type) {
    case 'done':
      return 'done';
    case 'checked':
      return fact.data.passed ? 'checked' : undefined;
    case 'calledBack':
    case 'unreachable':
      return 'callback';
    default:
      return undefined;
  }
}
