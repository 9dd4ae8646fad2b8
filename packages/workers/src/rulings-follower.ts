import type { CaseId } from '@gezhi/basis';
import { addRuling, countRuling, factsBetween, historiesUpTo } from '@gezhi/storage';
import { readRulings, type Town } from '@gezhi/town';
import { type Follower, follow } from './follow.ts';

/** Rulings as rows: what an upheld objection decided, numbered in the order of the log, and how often each was applied since. */
export const rulingsFollower: Follower = {
  name: 'rulings',
  batchMax: 10_000,
  yardstick: () => '',
  advance: async (client, town, { after, upTo }) => {
    const facts = await factsBetween(client, town.district, after, upTo);
    const touched = new Set<CaseId>();
    for (const { type, data, caseId } of facts)
      if (type === 'dispatched' && data.reads.includes('ruling')) touched.add(caseId);
    const histories = await historiesUpTo(client, town.district, [...touched], upTo);
    const read = [...histories.values()].map((history) => readRulings(town, history, after));
    const made = read.flatMap((one) => one.made).sort((a, b) => a.position - b.position);
    for (const ruling of made) await addRuling(client, town.district, ruling);
    for (const { applied } of read)
      for (const [number, times] of applied) await countRuling(client, town.district, number, times);
  },
};

/** Brings the rulings of a town up to the head of its log, and what routing knows of them. */
export async function followRulings(
  town: Town,
  options: { readonly stopping?: () => boolean } = {},
): Promise<void> {
  await follow(town, rulingsFollower, options);
  await town.rulings.refresh();
}
