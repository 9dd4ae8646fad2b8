import type { Instant } from '@gezhi/basis';
import type { Town } from '@gezhi/town';
import { takeUpAdopted, trainTown } from './kinds-trainer.ts';
import type { Leader } from './leader.ts';
import { learnNamesAtNight } from './names-learner.ts';
import { learnSameAtNight, takeUpSamePolicy } from './same-learner.ts';

/** What a town learns by itself: one process trains its model of kinds and calibrates chances, all take up what was adopted and the names of places. */
export async function learnTown(
  town: Town,
  now: Instant,
  leader: Leader,
  stopping: () => boolean,
): Promise<void> {
  await takeUpSamePolicy(town);
  if (await leader.leads(`kinds ${town.district}`)) {
    await trainTown(town, now, { stopping });
    await learnSameAtNight(town, now);
  } else await takeUpAdopted(town);
  await learnNamesAtNight(town, now);
}
