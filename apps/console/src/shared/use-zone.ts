import { type Zone, zoneOf } from '@gezhi/clock';
import { useCall } from '@gezhi/ui';

/** The wall clock of the town; `undefined` until the town has answered. */
export function useZone(): Zone | undefined {
  const town = useCall('getTown', {}, { staleTime: 600_000 });
  return town.data && zoneOf(town.data.zone);
}
