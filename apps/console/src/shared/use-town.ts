import { type Zone, zoneOf } from '@gezhi/clock';
import { useCall } from '@gezhi/ui';

/** The town as everybody may know it: one question for all screens, in the same words as the frame asks it for its zone. */
export function useTown() {
  return useCall('getTown', { query: {} }, { staleTime: 600_000 });
}

/** The wall clock of the town; `undefined` until the town has answered. */
export function useZone(): Zone | undefined {
  const town = useTown();
  return town.data && zoneOf(town.data.zone);
}
