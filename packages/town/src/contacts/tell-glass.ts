import type { Instant, RequestNumber } from '@gezhi/basis';
import { findRequest, insertNotices, loadFacts } from '@gezhi/storage';
import { findNoticeRule } from '../notices/notice-rules.ts';
import type { Town } from '../town.ts';

const RULE = 'hotline.looked-in-emergency';

/** Has whoever was looked at in an emergency told by a message, in the transaction of the look; nothing where the town has no such message. */
export async function tellGlass(
  client: Parameters<typeof insertNotices>[0],
  town: Town,
  number: RequestNumber,
  now: Instant,
): Promise<void> {
  const found = findNoticeRule(town, RULE);
  const caseId = found && (await findRequest(client, town.district, number));
  const last = caseId && (await loadFacts(client, town.district, [caseId])).get(caseId)?.at(-1);
  if (found?.kind !== 'rule' || !last) return;
  await insertNotices(client, town.district, [
    {
      id: `look-${number}-${now}`,
      position: last.position,
      caseId: last.caseId,
      rule: RULE,
      step: 0,
      target: 'requester',
      ...{
        targetCode: number,
        lane: `requester:${number}`,
        ways: found.rule.ways,
        urgent: false,
        madeAt: now,
      },
    },
  ]);
}
