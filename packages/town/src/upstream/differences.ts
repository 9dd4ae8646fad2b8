import type { Instant } from '@gezhi/basis';
import { type Case, clocksOf, replay } from '@gezhi/cases';
import { listUpstreamOrders, loadFacts, type UpstreamOrderRow } from '@gezhi/storage';
import { dueIn } from '../context.ts';
import { processOf, type Town } from '../town.ts';

/** An order where they and we do not say the same. */
export type UpstreamDifference = {
  readonly order: UpstreamOrderRow;
  readonly ours: { readonly state: string; readonly phase: string; readonly dueAt?: Instant };
  readonly what: readonly DifferenceCode[];
};

/** `endedHere`, `endedThere`, `withdrawnThere`, `termThere` (theirs ends before ours would), `termHere` (ours ends before theirs). */
export type DifferenceCode = 'endedHere' | 'endedThere' | 'withdrawnThere' | 'termThere' | 'termHere';

const ENDED_THERE = /已办结|已结案|回复完成|已回复|不予受理|closed|answered|declined/;
/** Less than that apart, two terms are one. */
const TERM_MS = 60_000;

/** Where the newest orders differ from our cases, their state against ours and their term against ours. Two reads. */
export async function upstreamDifferences(town: Town, limit: number): Promise<readonly UpstreamDifference[]> {
  const orders = await listUpstreamOrders(town.db.pool, town.district, limit);
  const histories = await loadFacts(
    town.db.pool,
    town.district,
    orders.map(({ caseId }) => caseId),
  );
  return orders.flatMap((order) => {
    const c = replay(histories.get(order.caseId) ?? []);
    const found = c && differenceOf(town, order, c);
    return found && found.what.length > 0 ? [found] : [];
  });
}

function differenceOf(town: Town, order: UpstreamOrderRow, c: Case): UpstreamDifference {
  const own = ownTerm(town, c);
  const isEndedHere = c.endedAt !== undefined;
  const isEndedThere = order.status !== null && ENDED_THERE.test(order.status);
  const what: DifferenceCode[] = [];
  if (isEndedHere && !isEndedThere && !order.withdrawn) what.push('endedHere');
  if (isEndedThere && !isEndedHere) what.push('endedThere');
  if (order.withdrawn && !isEndedHere) what.push('withdrawnThere');
  if (!isEndedHere && own !== undefined && order.term !== null) {
    if (order.term < own - TERM_MS) what.push('termThere');
    if (order.term > own + TERM_MS) what.push('termHere');
  }
  return {
    order,
    ours: { state: c.state, phase: c.phase, ...(own === undefined ? {} : { dueAt: own }) },
    what,
  };
}

/** What our own scene would give, without the term from above. */
function ownTerm(town: Town, c: Case): Instant | undefined {
  const alone = { ...c, externals: [] };
  return clocksOf(processOf(town, c), alone, (stage, of, at) => dueIn(town, stage, of, at)).find(
    ({ clock }) => clock === 'handle',
  )?.due?.dueAt;
}
