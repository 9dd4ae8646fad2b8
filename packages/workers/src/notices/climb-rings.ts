import { type Instant, MINUTE } from '@gezhi/basis';
import { ringLadder } from '@gezhi/duty';
import type { RingRule } from '@gezhi/scene';
import {
  insertNotices,
  inTransaction,
  lockDueRings,
  moveRing,
  type NewNotice,
  type RingRow,
} from '@gezhi/storage';
import { findNoticeRule, type Town } from '@gezhi/town';
import { laneOf, noticeId } from './notices-follower.ts';

const BATCH = 200;

/**
 * Takes the steps of all ladders that are due: whom to ring is asked of the roster, and noted once for each step, whatever dies in
 * between. Answers how many rings were noted. Call it only when the log has been followed to its head: what was signed meanwhile rings no
 * more.
 */
export async function climbRings(town: Town, now: Instant): Promise<number> {
  let noted = 0;
  for (;;) {
    const step = await inTransaction(town.db.pool, async (client) => {
      const due = await lockDueRings(client, town.district, now, BATCH);
      let made = 0;
      for (const ring of due) {
        const found = findNoticeRule(town, ring.rule);
        const { notices, next } = found?.kind === 'ring' ? climb(town, ring, found.rule, now) : GONE;
        made += await insertNotices(client, town.district, notices);
        await moveRing(client, town.district, ring, next);
      }
      return { rings: due.length, made };
    });
    noted += step.made;
    if (step.rings < BATCH) return noted;
  }
}

type Climbed = {
  readonly notices: readonly NewNotice[];
  readonly next: { readonly step: number; readonly at: Instant } | undefined;
};

const GONE: Climbed = { notices: [], next: undefined };

/** The steps between the one that comes next and now. Where a whole ladder reaches nobody, that is noted too. */
function climb(town: Town, ring: RingRow, rule: RingRule, now: Instant): Climbed {
  const { ladder } = rule;
  const steps = ringLadder(town.roster, ring.unit, ring.startedAt, ladder, now);
  const upTo = ladder.filter((step) => ring.startedAt + step.after * MINUTE <= now).length;
  const due = ladder.slice(ring.step, upTo).map((step) => step.after);
  const notices = steps
    .filter((step) => due.includes(step.after))
    .map((step) => {
      const number = ladder.findIndex(({ after }) => after === step.after) + 1;
      return ringNotice(ring, rule, number, { target: 'post' as const, code: step.post }, now);
    });
  const following = ladder[upTo];
  if (following) {
    return { notices, next: { step: upTo, at: ring.startedAt + following.after * MINUTE } };
  }
  if (steps.length > 0) return { notices, next: undefined };
  const nobody = ringNotice(ring, rule, ladder.length, { target: 'unit' as const, code: ring.unit }, now);
  return { notices: [{ ...nobody, state: 'noWay', reason: 'nobodyOnDuty' }], next: undefined };
}

function ringNotice(
  ring: RingRow,
  rule: RingRule,
  step: number,
  told: { readonly target: 'post' | 'unit'; readonly code: string },
  now: Instant,
): NewNotice {
  return {
    id: noticeId(String(ring.position), ring.rule, step, told),
    position: ring.position,
    caseId: ring.caseId,
    rule: ring.rule,
    step,
    target: told.target,
    targetCode: told.code,
    lane: laneOf(told, true),
    ways: rule.ways,
    urgent: true,
    madeAt: now,
  };
}
