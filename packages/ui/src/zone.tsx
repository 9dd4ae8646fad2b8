import { cloneElement, isValidElement, type ReactNode } from 'react';
import { useCall } from './calls.ts';

const KEY = 'gezhi.zone';
let known: string | undefined;

/** Learns the town's zone for everything that says a moment; kept on the device, so that it is right at once the next time and without a network. */
export function ZoneProvider({ children }: { readonly children: ReactNode }): ReactNode {
  const { data } = useCall('getTown', { query: {} }, { staleTime: 3_600_000 });
  if (!data || data.zone === townZone()) return children;
  known = data.zone;
  localStorage.setItem(KEY, data.zone);
  // A new element, so that moments said before the zone was known are said again.
  return isValidElement(children) ? cloneElement(children) : children;
}

/** The town's zone; the device's own until the town was asked for the first time. */
export function townZone(): string | undefined {
  known ??= localStorage.getItem(KEY) ?? undefined;
  return known;
}
