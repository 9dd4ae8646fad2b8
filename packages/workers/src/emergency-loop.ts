import type { Instant } from '@gezhi/basis';
import { endDue, type Town } from '@gezhi/town';
import type { Leader } from './leader.ts';
import { type Loop, startLoop } from './loop.ts';

/** Every process learns what was declared elsewhere; one of them notes what is over. */
export function emergencyLoop(options: {
  readonly eachTown: (work: (town: Town) => Promise<void>) => Promise<void>;
  readonly leader: Leader;
  readonly now: () => Instant;
  readonly log: (line: string) => void;
  readonly everyMs: number;
}): Loop {
  const { eachTown, leader, now, log, everyMs } = options;
  const step = (): Promise<void> =>
    eachTown(async (town) => {
      await town.emergencies.refresh();
      if (await leader.leads(`emergencies ${town.district}`)) await endDue(town, now());
    });
  return startLoop({ name: 'Minding emergencies', everyMs, step, log });
}
