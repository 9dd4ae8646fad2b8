import { isStreetLevel } from '@gezhi/duty';
import type { CountedRequest } from '@gezhi/measures';
import type { Town } from '../town.ts';

/** Whether a unit speaks for a request: it leads it, it is the unit measured, or the government of the street measured. */
export function speaksFor(
  town: Town,
  unit: string,
  request: Pick<CountedRequest, 'subject' | 'unit'>,
): boolean {
  return unit === request.unit || isMeasured(town, unit, request.subject);
}

/** Whether a unit is the one a row is of: itself, or the street's own government. */
export function isMeasured(town: Town, unit: string, subject: string): boolean {
  if (unit === subject) return true;
  const found = town.units.get(unit);
  return found !== undefined && isStreetLevel(found.kind) && found.place === subject;
}
